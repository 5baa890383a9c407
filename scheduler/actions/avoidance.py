"""What a generated series has to keep away from: others' meetings, and outside calendars."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from scheduler.actions.surroundings import Outside, meetings_held, plans_of
from scheduler.model.busy import BusyTime, OutsideTimes
from scheduler.model.group import Group, group_named
from scheduler.model.mandate import Mandate, Preferences
from scheduler.model.meeting import Meeting
from scheduler.model.pack import Level, Pack
from scheduler.model.problem import Problem
from scheduler.planning.series import meeting_at
from scheduler.rules.clashes import causes, is_waived, telling
from scheduler.rules.law import law_of
from scheduler.rules.timetable import Timetable, timetable
from scheduler.store.protocol import Store

BESIDE = timedelta(days=2)  # a day in one zone touches its neighbours in others


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoiding:
    """Mandates with the busy times around them, and what kept calendars from being read."""

    mandates: tuple[Mandate, ...]
    problems: tuple[Problem, ...]


def avoiding(
    store: Store,
    mandates: Sequence[Mandate],
    *,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    outside: Outside | None,
) -> Avoiding:
    """Return mandates whose chosen dates keep away from what is held elsewhere.

    What the group's law says with `must` or `normally` bars a date, what it only notes costs
    points. Meetings that the same mandates made before are passed over, since they are made anew.
    """
    packs = tuple(packs)
    made = {mandate.group: mandate.document.number or mandate.group for mandate in mandates}

    def counts(group: str, meeting: Meeting) -> bool:
        return not made.get(group, "").startswith(meeting.source or "\0")

    if not any(mandate.preferences for mandate in mandates):
        return Avoiding(mandates=tuple(mandates), problems=())
    with store.reading() as memory:
        held = timetable(meetings_held(plans_of(memory), groups, counts))
    found: list[Mandate] = []
    problems: list[Problem] = []
    for mandate in mandates:
        if mandate.preferences is None:
            found.append(mandate)
            continue
        group = group_named(mandate.group, groups)
        times = _outside(group, mandate.preferences, outside)
        problems.extend(times.problems)
        found.append(_kept_away(mandate, mandate.preferences, group, packs, held, times))
    return Avoiding(mandates=tuple(found), problems=tuple(problems))


def _outside(group: Group, wishes: Preferences, outside: Outside | None) -> OutsideTimes:
    if outside is None or not group.calendars:
        return OutsideTimes()
    return outside.times(group, wishes.first, wishes.last)


def _kept_away(
    mandate: Mandate,
    wishes: Preferences,
    group: Group,
    packs: tuple[Pack, ...],
    held: Timetable[BusyTime],
    times: OutsideTimes,
) -> Mandate:
    """The mandate with every busy time of its window that its law speaks of."""
    start = datetime.combine(wishes.first - BESIDE, time.min, UTC)
    end = datetime.combine(wishes.last + BESIDE, time.min, UTC)
    people = tuple(dict.fromkeys((*group.people, *wishes.people)))
    group = replace(group, people=people)
    near = (*held.across(start, end), *times.busy)
    busy = tuple(_weighed(mandate, wishes, group, packs, near))
    return replace(mandate, preferences=replace(wishes, busy=(*wishes.busy, *busy)))


def _weighed(
    mandate: Mandate,
    wishes: Preferences,
    group: Group,
    packs: tuple[Pack, ...],
    near: Iterable[BusyTime],
) -> Iterator[BusyTime]:
    calls = [call for pack in law_of(group, packs) for call in pack.rules]
    topics = tuple(topic for topics in mandate.topics for topic in topics)
    meeting = replace(meeting_at(mandate, wishes.first, wishes.slots[0]), topics=topics)
    for busy in near:
        shared = causes(group, meeting, busy)
        call = telling(calls, group.waivers, meeting, shared) if shared else None
        if call is not None:
            noted = call.level is Level.NOTE or is_waived(call, group.waivers, meeting)
            yield replace(busy, hard=not noted)
