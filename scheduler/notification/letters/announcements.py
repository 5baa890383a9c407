"""The announcement of a group's meetings as a message to a list."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from calendars.invitations import Method
from scheduler.model.attendee import MailingList
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.letters.calendar_parts import put_calendar
from scheduler.notification.letters.envelopes import envelope, put_words, sealed
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.letters.meeting_news import deadline_lines, moved_since
from scheduler.notification.letters.reminders import MeetingShown, meeting_shown
from scheduler.planning.calls import takes_place
from scheduler.wording.languages import Speaker, marked_many, speaker
from scheduler.wording.lines import one_line
from scheduler.wording.meetings import called_off, priority_in_words
from scheduler.wording.templates import environment

TEMPLATE = "announcement"
_HELD = marked_many("%(count)s meeting", "%(count)s meetings")
_CANCELLED = marked_many("%(count)s meeting cancelled", "%(count)s meetings cancelled")
_POSTPONED = marked_many("%(count)s meeting postponed", "%(count)s meetings postponed")


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting as the letter shows it, with its deadlines.

    `called_off` says that it does not take place, `moved` from when it moved that the list knows.
    """

    called_off: str
    moved: str
    meeting: MeetingShown
    deadlines: tuple[str, ...]


def compose_announcement(
    letter: Letter,
    meetings: Collection[Meeting],
    plan: Plan,
    group: Group,
    mailing_list: MailingList,
    *,
    letterhead: Letterhead,
    calendar: bytes,
    known: Mapping[str, Meeting],
    now: Instant,
) -> bytes:
    """Return the message, with CRLF; the same bytes for the same arguments.

    Times are those of the group's zone, and of UTC. `calendar` is what is published (RFC 5546),
    `known` has the meetings as the list was told of them, by UID.
    """
    voice, name = speaker(mailing_list.language), one_line(group.acronym)
    subject = header_text(
        voice.say(
            "[%(group)s] Announcement: %(meetings)s", group=name, meetings=_counted(meetings, voice)
        )
    )
    leave = letterhead.mailing_list_url(mailing_list.id)
    message = envelope(letter, letterhead, subject, name=name, leave=leave, now=now)
    said = {
        "heading": voice.say("Meetings of %(group)s", group=name),
        "group_name": one_line(group.name) if group.name else name,
        "announced": _shown(meetings, known, plan, group, voice),
        "priority": one_line(priority_in_words(plan.priority_rule, voice)),
        "subject": subject,
        "letterhead": letterhead,
        "recipient": letter.recipient,
        "leave": leave,
    }
    templates = (f"mail/{TEMPLATE}.{form}" for form in ("txt", "html"))
    text, html = (environment(voice).get_template(one).render(said) for one in templates)
    put_words(message, text, html)
    put_calendar(message, calendar, Method.PUBLISH)
    return sealed(message, letter, voice.language)


def _counted(meetings: Collection[Meeting], voice: Speaker) -> str:
    """Return how many meetings take place, and how many do not: some read subjects alone."""
    by_status = Counter(meeting.status for meeting in meetings)
    cancelled, postponed = by_status[Status.CANCELLED], by_status[Status.POSTPONED]
    counts = (
        (_HELD, len(meetings) - cancelled - postponed),
        (_CANCELLED, cancelled),
        (_POSTPONED, postponed),
    )
    return voice.enumerated(voice.say_many(*forms, count) for forms, count in counts if count)


def _shown(
    meetings: Collection[Meeting],
    known: Mapping[str, Meeting],
    plan: Plan,
    group: Group,
    voice: Speaker,
) -> tuple[Announced, ...]:
    return tuple(
        Announced(
            called_off(meeting, group, voice),
            moved_since(known.get(meeting.uid), meeting, group.zone, voice),
            meeting_shown(meeting, plan, group.zone, voice),
            deadline_lines(meeting, group.zone, voice) if takes_place(meeting) else (),
        )
        for meeting in meetings
    )
