"""Which invitations are due: to whom a meeting has become another one than they were told."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.model.attendee import Asked, Attendance, Attendee
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.rungs import start_of_day
from scheduler.notification.standing import Withdrawal
from scheduler.planning.calls import over_at, takes_place

INVITATION = "invitation"
INVITATION_UPDATE = "invitation_update"
# A change of a meeting that is near, told at once, whatever else the person was sent.
INVITATION_UPDATE_NEAR = "invitation_update_near"
INVITATION_CANCEL = "invitation_cancel"
INVITATION_KINDS = (INVITATION, INVITATION_UPDATE, INVITATION_UPDATE_NEAR, INVITATION_CANCEL)
NEAR = dt.timedelta(days=1)
_MAY_HAVE_ARRIVED = (LetterState.SENDING, LetterState.SENT, LetterState.AMBIGUOUS)
_KEY_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Told:
    """A letter that is due, and its attendee with that letter on record."""

    letter: Letter
    attendee: Attendee


def sequence_of(meeting: Meeting, attendee: Attendee) -> int:
    """Return the SEQUENCE of what an attendee is sent: the feed's, and how far they are ahead."""
    return (meeting.stamp.sequence if meeting.stamp else 0) + attendee.ahead


def is_wanted(meeting: Meeting, attendee: Attendee) -> bool:
    """Tell whether the meeting takes place with the attendee, so that it is no CANCEL."""
    return attendee.attendance is Attendance.INVITED and takes_place(meeting)


def behind(plan: Plan, attendees: Iterable[Attendee], now: Instant) -> tuple[Attendee, ...]:
    """Return whom the plan makes differ from what they were told, of meetings that are not over."""
    meetings = {meeting.uid: meeting for meeting in plan.meetings if over_at(meeting) > now}
    return tuple(
        attendee
        for attendee in attendees
        if (meeting := meetings.get(attendee.meeting)) is not None
        and _version(meeting, attendee) != attendee.told
    )


def due_invitations(
    plan: Plan, attendees: Iterable[Attendee], letters: Iterable[Letter], now: Instant, domain: str
) -> tuple[Told, ...]:
    """Return a letter for each who is `behind` the plan and has to be told.

    `letters` are the invitations queued before: who was reached by none is not told that a
    meeting is off. `domain` is the right side of each Message-ID.
    """
    meetings = {meeting.uid: meeting for meeting in plan.meetings}
    reached = _reached(letters)
    found = []
    for attendee in behind(plan, attendees, now):
        meeting = meetings[attendee.meeting]
        kind = _kind(meeting, attendee, reached.get(attendee.id, ()), now)
        if kind is not None:
            found.append(_told(kind, meeting, attendee, now, domain))
    return tuple(found)


def untrue(
    letter: Letter, attendee: Attendee | None, plan: Plan | None, now: Instant
) -> Withdrawal | None:
    """Return why an invitation must not be sent at `now`, or None where it may.

    `attendee` is the one it was queued for, `plan` the group's current one, None where there is
    none any more.
    """
    if attendee is None or attendee.address != letter.recipient:
        return Withdrawal(LetterState.CANCELLED, "no longer invited")
    if attendee.attendance is Attendance.LEFT:
        return Withdrawal(LetterState.CANCELLED, "asked for no more since it was queued")
    meetings = plan.meetings if plan else ()
    meeting = next((found for found in meetings if found.uid == attendee.meeting), None)
    if meeting is None or not _is_newest(letter, attendee, meeting):
        return Withdrawal(LetterState.CANCELLED, "changed since it was queued")
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    return None


def _is_newest(letter: Letter, attendee: Attendee, meeting: Meeting) -> bool:
    """Tell whether a letter says what holds: it is on record for that, or is only to be queued."""
    version = _version(meeting, attendee)
    if attendee.told == version:
        return letter.key == attendee.letter
    return letter.key == _key(letter.kind, attendee, version)


def _version(meeting: Meeting, attendee: Attendee) -> str:
    """Return a digest of what an attendee is to be told, or what they were told where nothing is.

    Agenda and deadlines are not in it: they change often, and feeds and letters tell them.
    """
    if attendee.attendance is Attendance.LEFT:
        return attendee.told
    if attendee.attendance is Attendance.UNINVITED:
        said: tuple[object, ...] = (attendee.attendance, attendee.ahead)
    else:
        where = (meeting.mode, meeting.place, meeting.link)
        said = (sequence_of(meeting, attendee), meeting.status, where, meeting.topics)
    return hashlib.sha256(repr(tuple(map(_plain, said))).encode()).hexdigest()


def _plain(said: object) -> object:
    """Return a value whose text is the same in every version of Python."""
    if isinstance(said, tuple):
        return tuple(map(_plain, said))
    return None if said is None else str(said)


def _kind(
    meeting: Meeting, attendee: Attendee, before: Sequence[Letter], now: Instant
) -> str | None:
    since = [letter for letter in before if letter.due >= attendee.invited]
    if not is_wanted(meeting, attendee):
        return INVITATION_CANCEL if since else None
    if not since:
        return INVITATION
    starts = (since[-1].told[0], begins(meeting))
    near = any(abs(start.utc - now.utc) < NEAR for start in starts)
    return INVITATION_UPDATE_NEAR if near else INVITATION_UPDATE


def may_have_arrived(letter: Letter) -> bool:
    """Tell whether a letter may be in its recipient's mailbox."""
    return letter.state in _MAY_HAVE_ARRIVED or letter.doubts > 0


def _reached(letters: Iterable[Letter]) -> Mapping[int, Sequence[Letter]]:
    """Return the letters that may have arrived, by the attendee they went to, oldest first."""
    found: dict[int, list[Letter]] = defaultdict(list)
    for letter in sorted(letters, key=lambda letter: (letter.due, letter.key)):
        if may_have_arrived(letter):
            found[letter.subscription].append(letter)
    return found


def _told(kind: str, meeting: Meeting, attendee: Attendee, now: Instant, domain: str) -> Told:
    version = _version(meeting, attendee)
    key = _key(kind, attendee, version)
    letter = Letter(
        key=key,
        kind=kind,
        recipient=attendee.address,
        subscription=attendee.id,
        group=attendee.group,
        subjects=(meeting.uid,),
        told=(begins(meeting),),
        message_id=f"<{key}@{domain}>",
        due=now,
        not_after=over_at(meeting),
    )
    newer = replace(
        attendee,
        told=version,
        letter=key,
        letters=attendee.letters + 1,
        asked=_asked(meeting, attendee, now) if is_wanted(meeting, attendee) else None,
    )
    return Told(letter, newer)


def asks_for_now(meeting: Meeting, asked: Asked) -> bool:
    """Tell whether the time that somebody was asked for is the one that the meeting has."""
    return (asked.starts, asked.ends) == (begins(meeting), over_at(meeting))


def _asked(meeting: Meeting, attendee: Attendee, now: Instant) -> Asked:
    """Return the time that a letter asks for: as before unless that is another one."""
    if attendee.asked is not None and asks_for_now(meeting, attendee.asked):
        return attendee.asked
    return Asked(
        sequence=sequence_of(meeting, attendee),
        at=now,
        starts=begins(meeting),
        ends=over_at(meeting),
    )


def _key(kind: str, attendee: Attendee, version: str) -> str:
    """Return a digest that shows no address; what is changed and changed back is told again."""
    who = (attendee.address, str(attendee.id), attendee.meeting)
    parts = (kind, *who, version, str(attendee.letters))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def begins(meeting: Meeting) -> Instant:
    """Return when a meeting starts; where its hour is not known, when its first day does."""
    return meeting.start_instant or start_of_day(meeting.date, meeting.zone)
