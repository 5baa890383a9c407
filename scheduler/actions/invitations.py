"""The invitations that are due, found in what is remembered, and queued."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.actions.publish import standing
from scheduler.actions.telling import coalescing, history_of, seen_by
from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.group import Group
from scheduler.model.letter import SUPPRESSED, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.beliefs import History
from scheduler.notification.brakes import Brakes
from scheduler.notification.invitations import (
    INVITATION_KINDS,
    MISSED,
    Told,
    behind,
    due_invitations,
    revision_told,
    told_before,
)
from scheduler.notification.known_meetings import news_since
from scheduler.notification.recalling import recalled
from scheduler.store.protocol import Memory

AT_ONCE = dt.timedelta(0)
_A_MOMENT = dt.timedelta(microseconds=1)
_EVER = Instant.parse("1970-01-01T00:00:00Z")


def invitations_due(
    memory: Memory, groups: Mapping[str, Group], brakes: Brakes, domain: str, now: Instant
) -> tuple[Told, ...]:
    """Return the invitations of all groups that are due at `now`; `domain` as in all letters."""
    found = invitations_to_come(memory, groups, brakes, domain, now)
    return tuple(told for told in found if told.letter.due <= now)


def invitations_to_come(
    memory: Memory, groups: Mapping[str, Group], brakes: Brakes, domain: str, now: Instant
) -> tuple[Told, ...]:
    """Return what is due at `now`, and what will be once edits have been gathered long enough."""
    return tuple(
        told
        for group, plan in standing(memory, groups)
        for told in invitations_of(
            memory,
            group,
            plan,
            memory.attendees(group.acronym),
            domain,
            now,
            wait=coalescing(group, brakes.coalescing),
        )
    )


def invitations_of(
    memory: Memory,
    group: Group,
    plan: Plan,
    attendees: Iterable[Attendee],
    domain: str,
    now: Instant,
    *,
    wait: dt.timedelta = AT_ONCE,
) -> tuple[Told, ...]:
    """Return what some attendees have to be told of a plan's meetings, due when it may go.

    Edits are gathered for `wait`.
    """
    return tuple(
        told
        for late in _late(memory, group, plan, attendees, now)
        for told in due_invitations(late.history, late.attendees, late.letters, now, domain, wait)
    )


def recall_invitations(memory: Memory, groups: Mapping[str, Group], now: Instant) -> None:
    """Take back what is on record of letters that did not go and tell nothing any more."""
    for group, plan in standing(memory, groups):
        for late in _late(memory, group, plan, memory.attendees(group.acronym), now):
            for attendee in tuple(recalled(late.history, late.attendees, late.letters, now)):
                memory.save_attendee(attendee)


@dataclass(frozen=True, slots=True)
class _Late:
    """Who has not been told how a plan stands that they see alike, and their invitations."""

    history: History
    attendees: Sequence[Attendee]
    letters: Sequence[Letter]


def _late(
    memory: Memory, group: Group, plan: Plan, attendees: Iterable[Attendee], now: Instant
) -> Iterator[_Late]:
    history, attendees = history_of(memory, plan), tuple(attendees)
    for member in (True, False):
        seen = seen_by(history, group, member=member)
        late = behind(seen.plan, (one for one in attendees if one.member is member), now)
        if late:
            yield _Late(seen, late, _invitations_before(memory, late))


def _invitations_before(memory: Memory, attendees: Collection[Attendee]) -> list[Letter]:
    """Return the invitations queued for some attendees, those of an earlier invitation too."""
    first = min(attendee.invited for attendee in attendees).plus(-_A_MOMENT)
    found = [one for kind in INVITATION_KINDS for one in memory.letters_since(kind, first)]
    counts, keys = Counter(one.subscription for one in found), {one.key for one in found}
    with_earlier = {one.address for one in attendees if counts[one.id] < one.letters}
    earlier = memory.letters_to(with_earlier, _EVER)
    found += (one for one in earlier if one.kind in INVITATION_KINDS and one.key not in keys)
    return found


def told_to_attendee(
    memory: Memory, attendee: Attendee, letter: Letter, group: Group, plan: Plan, now: Instant
) -> Plan | None:
    """Return what somebody believes of a meeting before a letter, None where they know nothing.

    That is a plan with that meeting alone, and only what invitations tell of it.
    """
    letters = memory.letters_to({attendee.address}, attendee.invited)
    theirs = (one for one in letters if one.subscription == attendee.id and one.key != letter.key)
    earlier = told_before(attendee, (one for one in theirs if one.kind in INVITATION_KINDS))
    history = seen_by(history_of(memory, plan), group, member=attendee.member)
    revision = revision_told(history, attendee, earlier)
    if revision is None:
        return None
    return news_since(history, revision, attendee.meeting, now).told


def queue_told(memory: Memory, due: Iterable[Told]) -> tuple[Letter, ...]:
    """Queue letters with what they tell on record; return those that were not queued before."""
    queued = []
    for told in due:
        memory.save_attendee(told.attendee)
        if memory.queue(told.letter):
            queued.append(told.letter)
    return tuple(queued)


def tell_what_was_missed(memory: Memory, address: str) -> None:
    """Let invitations tell an address that is suppressed no longer what they did not meanwhile."""
    for name in memory.groups():
        for attendee in memory.attendees(name):
            if attendee.address != address:
                continue
            letter = memory.letter(attendee.letter)
            reason = (letter and letter.last_error) or ""
            if letter and letter.state is LetterState.CANCELLED and reason.startswith(SUPPRESSED):
                memory.save_attendee(replace(attendee, told=MISSED))


def leave_invitations(memory: Memory, address: str, group: str | None) -> int:
    """Send an address nothing more of a group's invitations, or of all; return of how many."""
    of = memory.groups() if group is None else (group,)
    theirs = [
        one
        for name in of
        for one in memory.attendees(name)
        if one.address == address and one.attendance is not Attendance.LEFT
    ]
    for one in theirs:
        memory.save_attendee(replace(one, attendance=Attendance.LEFT))
    return len(theirs)
