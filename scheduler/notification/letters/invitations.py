"""Invitations as messages: what they say to one attendee, around the entry for their calendar."""

from dataclasses import dataclass, replace

from scheduler.model.attendee import Attendance, Attendee, Participation
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.answers import ANSWER_REMINDER, standing_answer
from scheduler.notification.changes import Aspect, MeetingAltered
from scheduler.notification.invitations import INVITATION, is_wanted
from scheduler.notification.letters.aspects import Eyes, Shown, differing_aspects
from scheduler.notification.letters.calendar_parts import put_calendar
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.letters.reminders import MeetingShown, meeting_shown
from scheduler.notification.standing import standing_deadlines
from scheduler.planning.calls import takes_place
from scheduler.wording.deadlines import deadline_name
from scheduler.wording.languages import Speaker, marked, speaker
from scheduler.wording.lines import one_line
from scheduler.wording.moments import day_in_words, moment_in_words, utc_in_words
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
    """All that an invitation says; `deadlines` are lines, `off` is for a CANCEL.

    `moved` says from when the meeting moved that its reader knows, and is empty where it did not;
    `changed` is what else is another. `answering` says in sentences what was answered, or how to
    answer.
    """

    heading: str
    group: str
    group_name: str | None
    meeting: MeetingShown
    moved: str
    changed: tuple[Shown, ...]
    deadlines: tuple[str, ...]
    off: bool
    answering: tuple[str, ...]
    since: str


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
    now: Instant,
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    `calendar` is what is sent by `method` (RFC 5546): the meeting's entry, for this attendee.
    `altered` is what is news of the meeting to them.
    """
    voice = speaker(attendee.language)
    heading, subject_line = _occasion(letter, meeting, attendee)
    name, shown = one_line(group.acronym), _shown(meeting, plan, attendee, voice)
    moment = shown.times.yours if shown.times else shown.day
    subject = header_text(voice.say(subject_line, group=name, moment=moment))
    leave, comes = letterhead.invitation_url(attendee.id), is_wanted(meeting, attendee)
    invitation = Invitation(
        heading=voice.say(heading, group=name),
        group=name,
        group_name=one_line(group.name) if group.name else None,
        meeting=shown,
        moved=_moved(altered, meeting, attendee.zone, voice) if altered else "",
        changed=_changed(altered, plan, attendee, voice) if altered and comes else (),
        deadlines=deadline_lines(meeting, plan, attendee.zone, voice) if comes else (),
        off=not comes,
        answering=_answering(letter, meeting, group, attendee, letterhead, voice) if comes else (),
        since=day_in_words(attendee.invited.in_zone(attendee.zone).date(), voice),
    )
    message = envelope(letter, letterhead, subject, name=name, leave=leave, now=now)
    put_words(message, *_words(invitation, subject, letterhead, leave, letter.recipient, voice))
    put_calendar(message, calendar, method)
    return sealed(message, letter, voice.language)


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


def _answering(
    letter: Letter,
    meeting: Meeting,
    group: Group,
    attendee: Attendee,
    letterhead: Letterhead,
    voice: Speaker,
) -> tuple[str, ...]:
    answer = standing_answer(meeting, attendee)
    if answer is not None:
        return (voice.say(_ANSWERED[answer.participation]),)
    anew = (voice.say(_TIME_CHANGED),) if attendee.answer else ()
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


def _moved(altered: MeetingAltered, meeting: Meeting, zone: str, voice: Speaker) -> str:
    """Return from when a meeting moved that begins at another time than known, and why."""
    known = altered.before
    if known is None or known.starts is None or not _begins_anew(altered):
        return ""
    shifted = altered.shift.started if altered.shift else None
    instant = shifted or known.start_instant
    moment = moment_in_words(instant, zone, voice) if instant else str(known.starts)
    why = meeting.former[-1].reason if meeting.former else None
    if not why or shifted:
        return voice.say("Moved from %(moment)s", moment=moment)
    return voice.say("Moved from %(moment)s: %(reason)s", moment=moment, reason=one_line(why))


def _begins_anew(altered: MeetingAltered) -> bool:
    """Tell whether a meeting begins at another instant than somebody knows."""
    before, after = altered.before, altered.after
    if before is None or after is None or Aspect.TIME not in altered.aspects:
        return False
    return altered.shift is not None or before.start_instant != after.start_instant


def _changed(
    altered: MeetingAltered, plan: Plan, attendee: Attendee, voice: Speaker
) -> tuple[Shown, ...]:
    """Return old beside new of what the first lines of a letter do not say."""
    before, after = altered.before, altered.after
    if before is None or after is None or not takes_place(before):
        return ()
    said = {Aspect.TIME} if _begins_anew(altered) else set()
    eyes = Eyes(before=plan, plan=plan, zone=attendee.zone, speaker=voice)
    rest = replace(altered, aspects=altered.aspects - said)
    return tuple(differing_aspects(rest, before, after, eyes))


def deadline_lines(meeting: Meeting, plan: Plan, zone: str, voice: Speaker) -> tuple[str, ...]:
    """Return the deadlines that stand for a meeting, each with its moment in a zone and in UTC."""
    return tuple(
        voice.say(
            "%(deadline)s: %(moment)s = %(utc)s",
            deadline=one_line(deadline_name(found.deadline.kind, voice)),
            moment=moment_in_words(found.instant, zone, voice),
            utc=utc_in_words(found.instant, voice),
        )
        for found in standing_deadlines(plan)
        if found.meeting.uid == meeting.uid
    )
