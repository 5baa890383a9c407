"""Entries that calendars had and that have left the feeds, for their time is over."""

import datetime as dt
from collections.abc import Iterator

from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, WallTime, candidates
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.model.tombstone import Holding, Tombstone
from scheduler.planning.comparison import is_called_off, stands
from scheduler.publication.standing import leaves_on


def departures(plan: Plan, group: Group, today: Instant) -> tuple[Tombstone, ...]:
    """Return a tombstone for each approved entry of a plan that is not kept any more.

    An entry leaves at the first moment of its day, by the group's clock.
    """
    found = (*_of_meetings(plan, group), *_of_events(plan, group))
    return tuple(stone for stone in found if stone.left <= today)


def _of_meetings(plan: Plan, group: Group) -> Iterator[Tombstone]:
    for meeting in plan.meetings:
        if meeting.stamp and is_called_off(meeting):
            left = _left(meeting.end_date, meeting.stamp, group)
            yield _stone(meeting.uid, group, Holding.MEETING, left, meeting.reason)
        yield from _of_deadlines(meeting, group)


def _of_deadlines(meeting: Meeting, group: Group) -> Iterator[Tombstone]:
    reason = meeting.reason if is_called_off(meeting) else None
    for deadline in meeting.deadlines:
        if deadline.stamp and not stands(deadline, meeting):
            left = _left(deadline.moment.day, deadline.stamp, group)
            yield _stone(deadline.uid, group, Holding.DEADLINE, left, reason)


def _of_events(plan: Plan, group: Group) -> Iterator[Tombstone]:
    for event in plan.former_events:
        if event.stamp and event.withdrawn:
            left = _left(event.end_date, event.stamp, group)
            yield _stone(event.uid, group, Holding.EVENT, left, None)


def _left(day: dt.date, stamp: Stamp, group: Group) -> Instant:
    first = WallTime(leaves_on(day, stamp, group), dt.time(), group.zone)
    return candidates(first)[0]


def _stone(
    uid: str, group: Group, holding: Holding, left: Instant, reason: str | None
) -> Tombstone:
    return Tombstone(uid=uid, group=group.acronym, holding=holding, left=left, reason=reason)
