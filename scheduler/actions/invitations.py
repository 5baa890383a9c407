"""The invitations that are due, found in what is remembered, and queued."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.actions.publish import standing
from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.invitations import INVITATION_KINDS, Told, behind, due_invitations
from scheduler.store.protocol import Memory

_A_MOMENT = dt.timedelta(microseconds=1)


def invitations_due(
    memory: Memory, groups: Mapping[str, Group], domain: str, now: Instant
) -> tuple[Told, ...]:
    """Return the invitations of all groups that are due at `now`; `domain` as in all letters."""
    return tuple(
        told
        for group, plan in standing(memory, groups)
        for told in invitations_of(memory, plan, memory.attendees(group.acronym), domain, now)
    )


def invitations_of(
    memory: Memory, plan: Plan, attendees: Iterable[Attendee], domain: str, now: Instant
) -> tuple[Told, ...]:
    """Return the invitations to a plan's meetings that are due to some of its attendees."""
    late = behind(plan, attendees, now)
    if not late:
        return ()
    first = min(attendee.invited for attendee in late).plus(-_A_MOMENT)
    letters = [one for kind in INVITATION_KINDS for one in memory.letters_since(kind, first)]
    return due_invitations(plan, late, letters, now, domain)


def queue_told(memory: Memory, due: Iterable[Told]) -> tuple[Letter, ...]:
    """Queue letters with what they tell on record; return those that were not queued before."""
    queued = []
    for told in due:
        memory.save_attendee(told.attendee)
        if memory.queue(told.letter):
            queued.append(told.letter)
    return tuple(queued)


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
