"""Which invitations are due: to whom a meeting has become another one than they were told."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.model.attendee import Asked, Attendance, Attendee
from scheduler.model.letter import CALLED_OFF, Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.beliefs import History
from scheduler.notification.known_meetings import meeting_of, news_due_at, news_since
from scheduler.notification.rungs import start_of_day
from scheduler.notification.standing import Withdrawal
from scheduler.planning.calls import over_at, takes_place

INVITATION = "invitation"
INVITATION_UPDATE = "invitation_update"
# A change of a meeting that is near, told at once, whatever else the person was sent.
INVITATION_UPDATE_NEAR = "invitation_update_near"
INVITATION_CANCEL = "invitation_cancel"
INVITATION_KINDS = (INVITATION, INVITATION_UPDATE, INVITATION_UPDATE_NEAR, INVITATION_CANCEL)
MISSED = "missed"  # in the place of the digest of what an attendee was told, who was not after all
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
        and version_of(meeting, attendee) != attendee.told
    )


def due_invitations(
    history: History,
    attendees: Iterable[Attendee],
    letters: Iterable[Letter],
    now: Instant,
    domain: str,
    wait: dt.timedelta,
) -> tuple[Told, ...]:
    """Return a letter for each who is `behind` the plan and has to be told, due when it may go.

    That is at once for who was told nothing yet or is uninvited; what changes is gathered for
    `wait` first. `letters` are all invitations queued before: who was reached by none is not told
    that a meeting is off. `domain` is the right side of each Message-ID.
    """
    meetings = {meeting.uid: meeting for meeting in history.plan.meetings}
    theirs = by_attendee(letters)
    found = []
    for attendee in behind(history.plan, attendees, now):
        meeting = meetings[attendee.meeting]
        before = told_before(attendee, theirs.get(attendee.id, ()))
        kind = _kind(meeting, attendee, before, theirs.get(attendee.id, ()), now)
        due = _due(history, attendee, before, now, wait)
        if kind is not None and due is not None:
            found.append(_told(kind, meeting, attendee, due, domain))
    return tuple(found)


def _due(
    history: History,
    attendee: Attendee,
    before: Sequence[Letter],
    now: Instant,
    wait: dt.timedelta,
) -> Instant | None:
    """Return when an attendee is told what is news to them, None where nothing is."""
    revision = revision_told(history, attendee, before)
    if revision is None:
        return now
    news = news_since(history, revision, attendee.meeting, now)
    if not news.changes:
        return None
    return news_due_at(news, history, revision, attendee.meeting, wait, now)


def told_before(attendee: Attendee, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters by which an attendee knows of their invitation, the newest last.

    What a person called off counts as told.
    """
    since = (one for one in letters if one.due >= attendee.invited)
    return _in_order(attendee, filter(_is_known, since))


def _in_order(attendee: Attendee, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    return tuple(sorted(letters, key=lambda one: (one.due, one.key == attendee.letter, one.key)))


def revision_told(history: History, attendee: Attendee, before: Sequence[Letter]) -> int | None:
    """Return the newest revision of which the last of some letters told, None where none is known.

    Who is uninvited was told by no revision.
    """
    if not before or attendee.attendance is not Attendance.INVITED:
        return None
    last = before[-1]
    for number in range(history.plan.revision, 0, -1):
        meeting = meeting_of(history, number, attendee.meeting)
        if meeting is not None and _may_tell(last, meeting, attendee):
            return number
    return None


def _may_tell(letter: Letter, meeting: Meeting, attendee: Attendee) -> bool:
    version = version_of(meeting, attendee)
    return any(
        letter.key == _key(letter.kind, attendee, version, number)
        for number in range(attendee.letters)
    )


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
        out = attendee.attendance is Attendance.UNINVITED
        why = "uninvited" if out and letter.kind != INVITATION_CANCEL else "changed"
        return Withdrawal(LetterState.CANCELLED, f"{why} since it was queued")
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    return None


def _is_newest(letter: Letter, attendee: Attendee, meeting: Meeting) -> bool:
    """Tell whether a letter says what holds: it is on record for that, or is only to be queued."""
    version = version_of(meeting, attendee)
    if attendee.told == version:
        return letter.key == attendee.letter
    return letter.key == _key(letter.kind, attendee, version, attendee.letters)


def version_of(meeting: Meeting, attendee: Attendee) -> str:
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
    meeting: Meeting,
    attendee: Attendee,
    before: Sequence[Letter],
    ever: Iterable[Letter],
    now: Instant,
) -> str | None:
    reached = tuple(filter(may_have_arrived, before))
    if not is_wanted(meeting, attendee):
        return INVITATION_CANCEL if _has_entry(attendee, reached, ever) else None
    if not reached or not attendee.told:
        return INVITATION
    starts = (reached[-1].told[0], begins(meeting))
    near = any(abs(start.utc - now.utc) < NEAR for start in starts)
    return INVITATION_UPDATE_NEAR if near else INVITATION_UPDATE


def _has_entry(attendee: Attendee, reached: Sequence[Letter], ever: Iterable[Letter]) -> bool:
    """Tell whether a CANCEL says anything new to somebody whom some letters reached.

    `ever` are those of an earlier invitation as well, of which the end may not have reached them.
    """
    arrived = _in_order(attendee, filter(may_have_arrived, ever))
    if arrived and arrived[-1].kind != INVITATION_CANCEL:
        return True
    return bool(reached) and attendee.attendance is not Attendance.UNINVITED


def may_have_arrived(letter: Letter) -> bool:
    """Tell whether a letter may be in its recipient's mailbox."""
    return letter.state in _MAY_HAVE_ARRIVED or letter.doubts > 0


def _is_known(letter: Letter) -> bool:
    called_off = letter.state is LetterState.CANCELLED and letter.last_error == CALLED_OFF
    return called_off or may_have_arrived(letter)


def by_attendee(letters: Iterable[Letter]) -> Mapping[int, Sequence[Letter]]:
    """Return invitations by the `id` of the attendee they are for."""
    found: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        found[letter.subscription].append(letter)
    return found


def _told(kind: str, meeting: Meeting, attendee: Attendee, due: Instant, domain: str) -> Told:
    version = version_of(meeting, attendee)
    key = _key(kind, attendee, version, attendee.letters)
    letter = Letter(
        key=key,
        kind=kind,
        recipient=attendee.address,
        subscription=attendee.id,
        group=attendee.group,
        subjects=(meeting.uid,),
        told=(begins(meeting),),
        message_id=f"<{key}@{domain}>",
        due=due,
        not_after=over_at(meeting),
    )
    newer = replace(
        attendee,
        told=version,
        letter=key,
        letters=attendee.letters + 1,
        asked=_asked(meeting, attendee, due) if is_wanted(meeting, attendee) else None,
    )
    return Told(letter, newer)


def asks_for_now(meeting: Meeting, asked: Asked) -> bool:
    """Tell whether the time that somebody was asked for is the one that the meeting has."""
    return (asked.starts, asked.ends) == (begins(meeting), over_at(meeting))


def _asked(meeting: Meeting, attendee: Attendee, at: Instant) -> Asked:
    """Return the time that a letter asks for: as before unless that is another one."""
    if attendee.asked is not None and asks_for_now(meeting, attendee.asked):
        return attendee.asked
    return Asked(
        sequence=sequence_of(meeting, attendee),
        at=at,
        starts=begins(meeting),
        ends=over_at(meeting),
    )


def _key(kind: str, attendee: Attendee, version: str, number: int) -> str:
    """Return a digest that shows no address, for the letter after so many to the attendee.

    So what is changed, told, and changed back is told again.
    """
    who = (attendee.address, str(attendee.id), attendee.meeting)
    parts = (kind, *who, version, str(number))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def begins(meeting: Meeting) -> Instant:
    """Return when a meeting starts; where its hour is not known, when its first day does."""
    return meeting.start_instant or start_of_day(meeting.date, meeting.zone)
