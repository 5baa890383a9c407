"""What lists tell of a group: what its feeds hold, in words of one language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scheduler.model.change import Comparison
from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.tombstone import Tombstone
from scheduler.planning.comparison import compare, stands
from scheduler.planning.events import EventChange, event_changes
from scheduler.publication.letting_in import public_plan
from scheduler.publication.standing import (
    standing_deadlines,
    standing_events,
    standing_meetings,
)
from scheduler.publication.tidying import tidy_group, tidy_plan

MOST_REVISIONS = 20  # whose changes are told


@dataclass(frozen=True, slots=True)
class Past:
    """What became of a group's entries: its last revisions, oldest first, and those that left."""

    plans: tuple[Plan, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """What one revision of a plan changed, and when it was made."""

    number: int
    made: Instant
    changes: Comparison
    events: tuple[EventChange, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A group as its lists tell of it; `deadlines` come each with its meeting.

    `revisions` are the last ones, newest first; `tombstones` tell what left the feeds.
    """

    group: Group
    plan: Plan
    meetings: tuple[Meeting, ...]
    deadlines: tuple[tuple[Meeting, Deadline], ...]
    events: tuple[Event, ...]
    revisions: tuple[Revision, ...]
    tombstones: tuple[Tombstone, ...]

    def deadlines_of(self, meeting: Meeting) -> tuple[Deadline, ...]:
        """Return those deadlines of a meeting that are told."""
        return tuple(deadline for owner, deadline in self.deadlines if owner.uid == meeting.uid)


def told(group: Group, plan: Plan, past: Past, today: Instant) -> Told:
    """Return what lists tell of a group on a day, without what only members see."""
    plans = [_shown(one, group) for one in past.plans]
    plan, group = _shown(plan, group), tidy_group(group)
    return Told(
        group,
        plan,
        tuple(sorted(standing_meetings(plan, group, today), key=_order)),
        tuple(standing_deadlines(plan, group, today)),
        tuple(sorted(standing_events(plan, group, today), key=lambda e: (e.date, e.uid))),
        tuple(reversed(tuple(_revisions(plans)))),
        past.tombstones,
    )


def _shown(plan: Plan, group: Group) -> Plan:
    return tidy_plan(public_plan(plan, group))


def _revisions(plans: Sequence[Plan]) -> Iterator[Revision]:
    """What each plan changed of the one before it; the first of all changed everything."""
    first = plans[:1] if plans and plans[0].revision == 1 else []
    pairs = [*((None, plan) for plan in first), *pairwise(plans)]
    for before, after in pairs[-MOST_REVISIONS:]:
        if after.made is not None:
            changes = compare(before, after), event_changes(before, after)
            yield Revision(after.revision, after.made, *changes)


def deadline_status(deadline: Deadline, meeting: Meeting) -> Status:
    """Return where a deadline stands: as its meeting, or cancelled."""
    return meeting.status if stands(deadline, meeting) else Status.CANCELLED


def event_status(event: Event) -> Status:
    """Return where an event stands."""
    return Status.CANCELLED if event.withdrawn else Status.CONFIRMED


def _order(meeting: Meeting) -> tuple[object, ...]:
    starts = meeting.start_instant
    return (meeting.date, str(starts) if starts else "", meeting.uid)


Groups = Sequence[Told]
