"""What became of a group's entries, as lists tell it: its last revisions, and what left."""

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.departures import departures
from scheduler.publication.lists.told import MOST_REVISIONS, Past
from scheduler.store.protocol import Memory


def past_of(memory: Memory, group: Group, plan: Plan, now: Instant) -> Past:
    """Return what became of the entries of a plan up to now.

    What was recorded when an entry left holds on, whatever the group's file says since, unless
    the entry stands again.
    """
    known = {stone.uid: stone for stone in memory.tombstones(plan.group)}
    gone = departures(plan, group, now)
    stones = sorted(
        (known.get(stone.uid, stone) for stone in gone), key=lambda s: (s.left.utc, s.uid)
    )
    return Past(memory.revisions(plan.group, MOST_REVISIONS + 1), tuple(stones))
