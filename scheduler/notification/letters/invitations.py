"""Invitations as messages: what they say to one attendee, around the entry for their calendar."""

from dataclasses import dataclass, replace

from scheduler.model.attendee import Attendance, Attendee, Participation
from scheduler.model.change import ChangeKind
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.answers import ANSWER_REMINDER, standing_answer
from scheduler.notification.changes import MeetingAltered
from scheduler.notification.invitations import INVITATION, is_wanted
from scheduler.notification.letters.besides import Besides, BesidesShown
from scheduler.notification.letters.calendar_parts import put_calendar
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.letters.meeting_news import News, news_shown
from scheduler.notification.letters.reminders import MeetingShown, meeting_shown
from scheduler.planning.calls import takes_place
from scheduler.wording.changes import change_in_words
from scheduler.wording.languages import Speaker, marked, speaker
from scheduler.wording.lines import one_line
from scheduler.wording.meetings import title
from scheduler.wording.moments import day_in_words
from scheduler.wording.templates import environment

TEMPLATE = "invitation"

# What a letter says first, and its subject.
_INVITED = (
    marked("%(group)s: you are invited to a meeting"),
    marked("[%(group)s] Invitation: %(moment)s"),
)
_CHANGED = (
    marked("%(group)s: a meeting you are invited to has changed"),
    marked("[%(group)s] Changed: %(moment)s"),
)
_CANCELLED = (
    marked("%(group)s: a meeting you were invited to is cancelled"),
    marked("[%(group)s] Cancelled: %(moment)s"),
)
_POSTPONED = (
    marked("%(group)s: a meeting you were invited to is postponed"),
    marked("[%(group)s] Postponed: %(moment)s"),
)
_WITHDRAWN = (
    marked("%(group)s: your invitation to a meeting is withdrawn"),
    marked("[%(group)s] Invitation withdrawn: %(moment)s"),
)
_UNANSWERED = (
    marked("%(group)s: you have not answered an invitation to a meeting"),
    marked("[%(group)s] Please answer: %(moment)s"),
)

_ANSWERED = {
    Participation.ACCEPTED: marked("Your answer was: you come."),
    Participation.DECLINED: marked("Your answer was: you do not come."),
    Participation.TENTATIVE: marked("Your answer was: perhaps you come."),
}
_TIME_CHANGED = marked("Your answer was to another time; please answer again.")
_ASKED_BY_CALENDAR = marked("Please answer with the buttons that your calendar program shows.")
_ASKED_BY_MAIL = marked("Please tell %(address)s whether you come.")
_NOT_ASKED = marked("No answer is awaited: nobody reads what your calendar would send.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """All that an invitation says; `off` is for a CANCEL.

    `answering` says in sentences what was answered, or how to answer, `besides` what is told to
    who follows the group as well.
    """

    heading: str
    group: str
    group_name: str | None
    meeting: MeetingShown
    news: News
    off: bool
    answering: tuple[str, ...]
    since: str
    besides: BesidesShown | None


def answers_are_read(letterhead: Letterhead) -> bool:
    """Tell whether somebody reads what calendars answer to an invitation.

    They answer to the organizer, the sender; that is a mailbox only where it is the one that
    answers are asked to.
    """
    return letterhead.reply_to == letterhead.sender


def compose_invitation(
    letter: Letter,
    meeting: Meeting,
    plan: Plan,
    group: Group,
    attendee: Attendee,
    *,
    letterhead: Letterhead,
    calendar: bytes,
    method: str,
    altered: MeetingAltered | None,
    besides: Besides | None = None,
    now: Instant,
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    `calendar` is what is sent by `method` (RFC 5546): the meeting's entry, for this attendee.
    `altered` is what is news of the meeting to them, `besides` of the group.
    """
    voice = speaker(attendee.language)
    leave = letterhead.invitation_url(attendee.id)
    shown = _shown(meeting, plan, attendee, voice)
    heading, subject = _headlines(letter, altered, meeting, group, attendee, shown, voice)
    invitation = Invitation(
        heading=heading,
        group=one_line(group.acronym),
        group_name=one_line(group.name) if group.name else None,
        meeting=shown,
        news=news_shown(altered, besides, meeting, plan, attendee, voice),
        off=not is_wanted(meeting, attendee),
        answering=_answering(letter, altered, meeting, group, attendee, letterhead, voice),
        since=day_in_words(attendee.invited.in_zone(attendee.zone).date(), voice),
        besides=besides.shown(meeting.uid, letterhead, voice) if besides else None,
    )
    message = envelope(letter, letterhead, subject, name=invitation.group, leave=leave, now=now)
    put_words(message, *_words(invitation, subject, letterhead, leave, letter.recipient, voice))
    put_calendar(message, calendar, method)
    if besides:
        besides.attach(message)
    return sealed(message, letter, voice.language)


def _headlines(
    letter: Letter,
    altered: MeetingAltered | None,
    meeting: Meeting,
    group: Group,
    attendee: Attendee,
    shown: MeetingShown,
    voice: Speaker,
) -> tuple[str, str]:
    """Return what a letter says first, and its subject."""
    name, moment = one_line(group.acronym), shown.times.yours if shown.times else shown.day
    if _stands_again(altered, meeting, attendee):
        again = change_in_words(ChangeKind.RESTORED, moment, voice)
        heading = change_in_words(ChangeKind.RESTORED, title(meeting, group, voice), voice)
        subject = voice.say("[%(group)s] %(change)s", group=name, change=again)
        return one_line(heading), header_text(subject)
    heading, subject = _occasion(letter, meeting, attendee)
    said = voice.say(subject, group=name, moment=moment)
    return voice.say(heading, group=name), header_text(said)


def _words(
    invitation: Invitation,
    subject: str,
    letterhead: Letterhead,
    leave: str,
    recipient: str,
    voice: Speaker,
) -> tuple[str, str]:
    """Return the letter's text and its HTML."""
    text, html = (
        environment(voice)
        .get_template(f"mail/{TEMPLATE}.{form}")
        .render(
            invitation=invitation,
            subject=subject,
            letterhead=letterhead,
            recipient=recipient,
            leave=leave,
        )
        for form in ("txt", "html")
    )
    return text, html


def _occasion(letter: Letter, meeting: Meeting, attendee: Attendee) -> tuple[str, str]:
    if letter.kind == ANSWER_REMINDER:
        return _UNANSWERED
    if attendee.attendance is not Attendance.INVITED:
        return _WITHDRAWN
    if meeting.status is Status.CANCELLED:
        return _CANCELLED
    if meeting.status is Status.POSTPONED:
        return _POSTPONED
    return _INVITED if letter.kind == INVITATION else _CHANGED


def _stands_again(altered: MeetingAltered | None, meeting: Meeting, attendee: Attendee) -> bool:
    """Tell whether a meeting takes place that somebody knows as called off."""
    known = altered.before if altered else None
    return known is not None and not takes_place(known) and is_wanted(meeting, attendee)


def _answering(
    letter: Letter,
    altered: MeetingAltered | None,
    meeting: Meeting,
    group: Group,
    attendee: Attendee,
    letterhead: Letterhead,
    voice: Speaker,
) -> tuple[str, ...]:
    answer = standing_answer(meeting, attendee)
    if answer is not None:
        return (voice.say(_ANSWERED[answer.participation]),)
    # What was answered before a meeting was called off may have been to the time that it has.
    again = _stands_again(altered, meeting, attendee)
    anew = (voice.say(_TIME_CHANGED),) if attendee.answer and not again else ()
    if answers_are_read(letterhead):
        return (*anew, voice.say(_ASKED_BY_CALENDAR))
    if letter.kind == ANSWER_REMINDER or group.answer_rungs:
        address = letterhead.reply_to or letterhead.sender
        return (*anew, voice.say(_ASKED_BY_MAIL, address=address))
    return (voice.say(_NOT_ASKED),)


def _shown(meeting: Meeting, plan: Plan, attendee: Attendee, voice: Speaker) -> MeetingShown:
    shown = meeting_shown(meeting, plan, attendee.zone, voice)
    if is_wanted(meeting, attendee):
        return shown
    doubt = "" if takes_place(meeting) else shown.doubt
    return replace(shown, link=None, agenda=None, doubt=doubt)
