"""What lies around a group's plan: the meetings of other groups, and outside calendars."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scheduler.model.busy import BusyTime, OtherMeeting, OutsideState, OutsideTimes
from scheduler.model.group import Group, group_named
from scheduler.model.meeting import Meeting, Mode, Status
from scheduler.model.plan import Plan
from scheduler.model.problem import Problem
from scheduler.rules.timetable import Timetable, timetable
from scheduler.store.protocol import Memory

NOTHING_OUTSIDE = OutsideTimes()
NOTHING_HELD: Timetable[BusyTime] = timetable(())


class Outside(Protocol):
    """The calendars that others keep, as the groups' files name them."""

    def times(self, group: Group, first: dt.date, last: dt.date) -> OutsideTimes:
        """Return what the group's calendars hold between two days; a fault is a problem."""

    def states(self, group: Group, first: dt.date, last: dt.date) -> tuple[OutsideState, ...]:
        """Return how each of the group's calendars stands."""

    def refresh(self, groups: Iterable[Group], *, everything: bool) -> tuple[Problem, ...]:
        """Fetch the calendars that are due, or all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The meetings of all groups, and what the calendars of some groups hold, by acronym."""

    meetings: Timetable[BusyTime] = NOTHING_HELD
    outside: Mapping[str, OutsideTimes] = field(default_factory=dict)

    def elsewhere(self, group: str) -> tuple[Timetable[BusyTime], ...]:
        """Return what a group's meetings are held against; its own are passed over there."""
        own = self.outside.get(group, NOTHING_OUTSIDE)
        held = (self.meetings, timetable(own.busy))
        return tuple(one for one in held if one.spans)

    def doubts(self, group: str) -> tuple[Problem, ...]:
        """Return what kept the group's calendars from being read."""
        return self.outside.get(group, NOTHING_OUTSIDE).problems


ALONE = Surroundings()


def survey(
    memory: Memory, groups: Mapping[str, Group], chosen: Iterable[str], outside: Outside | None
) -> Surroundings:
    """Return what lies around the plans of the chosen groups, drafts before plans that stand."""
    plans = plans_of(memory)
    days = [day for name in chosen for day in days_of(plans.get(name))]
    asking = [groups[name] for name in chosen if name in groups and groups[name].calendars]
    found = {}
    if outside and days:
        first, last = min(days), max(days)
        found = {group.acronym: outside.times(group, first, last) for group in asking}
    return Surroundings(meetings=timetable(meetings_held(plans, groups)), outside=found)


def plans_of(memory: Memory) -> dict[str, Plan]:
    """Return each group's draft, or the plan that stands."""
    found = {name: memory.draft(name) or memory.current(name) for name in memory.groups()}
    return {name: plan for name, plan in found.items() if plan}


def days_of(plan: Plan | None) -> list[dt.date]:
    """Return the first and last days of a plan's meetings."""
    meetings = plan.meetings if plan else ()
    return [day for meeting in meetings for day in (meeting.date, meeting.end_date)]


def _all(group: str, meeting: Meeting) -> bool:  # noqa: ARG001 - one of several choices
    return True


def meetings_held(
    plans: Mapping[str, Plan],
    groups: Mapping[str, Group],
    counts: Callable[[str, Meeting], bool] = _all,
) -> Iterator[BusyTime]:
    """Yield the meetings that take place and whose hours are known, as other groups see them."""
    for name, plan in plans.items():
        group = group_named(name, groups)
        for meeting in plan.meetings:
            start, end = meeting.start_instant, meeting.end_instant
            if meeting.status is Status.CANCELLED or not start or not end or end <= start:
                continue
            if counts(name, meeting):
                seen = _as_seen(group, meeting)
                yield BusyTime(title=name, start=start, end=end, meeting=seen)


def _as_seen(group: Group, meeting: Meeting) -> OtherMeeting:
    return OtherMeeting(
        group=group.acronym,
        parent=group.parent,
        people=group.people,
        rooms=group.rooms,
        topics=meeting.topics,
        place=None if meeting.mode is Mode.VIRTUAL else meeting.place,
    )
