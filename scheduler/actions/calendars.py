"""`calendars`: how the outside calendars of groups stand, fetched anew where that is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from scheduler.actions.plan import known_group
from scheduler.actions.surroundings import Outside, days_of, plans_of
from scheduler.model.busy import OutsideState
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.problem import Problem
from scheduler.store.protocol import Store

AHEAD = timedelta(days=366)  # what is looked at where a group has no meetings yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The outside calendars of groups, by acronym, and what kept copies from being written."""

    states: tuple[tuple[str, OutsideState], ...]
    problems: tuple[Problem, ...]


def calendars(
    store: Store,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    outside: Outside,
    refresh: bool,
    now: Instant,
) -> Listed:
    """Return how the calendars of one group or of all stand, in the days of its plan.

    Raises `UnknownGroup`.
    """
    with store.reading() as memory:
        asked = [known_group(group, memory, groups)] if group else list(groups.values())
        plans = plans_of(memory)
    asking = [one for one in asked if one.calendars]
    problems = outside.refresh(asking, everything=True) if refresh else ()
    today = now.utc.date()
    states = []
    for one in asking:
        days = days_of(plans.get(one.acronym)) or [today, today + AHEAD]
        found = outside.states(one, min(days), max(days))
        states += [(one.acronym, state) for state in found]
    return Listed(states=tuple(states), problems=problems)


def refreshed(
    groups: Mapping[str, Group], chosen: Iterable[str], outside: Outside
) -> tuple[Problem, ...]:
    """Fetch what is due of the chosen groups' calendars; returns what kept it from being kept."""
    asking = [groups[name] for name in chosen if name in groups and groups[name].calendars]
    return outside.refresh(asking, everything=False) if asking else ()
