"""`metrics`: how each group's work went, period by period, by the plan that stands."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.group import Group
from scheduler.model.pack import Pack
from scheduler.model.period import StudyPeriod
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures, figures, periods_of
from scheduler.store.protocol import Memory, Store


class PeriodBackwards(InterimError):
    """A period that would end before it starts."""

    exit_status = 2

    def __init__(self, since: dt.date, until: dt.date) -> None:
        super().__init__(
            f"the period would end on {until}, before it starts on {since}; give --from a day that "
            "is not after --until"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMetrics:
    """A group's figures in each period; none where no plan of it stands."""

    group: str
    figures: tuple[Figures, ...]


def metrics(
    store: Store,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> tuple[GroupMetrics, ...]:
    """Return the figures of one group, or of all with a plan that stands.

    With `since` or `until`, of the one period from the first of these days to the last; else of
    each period the plan lies in. Raises `UnknownGroup` and `PeriodBackwards`.
    """
    chosen = _chosen(since, until)
    packs = tuple(packs)
    with store.reading() as memory:
        names = [known_group(group, memory, groups).acronym] if group else memory.groups()
        found = []
        for name in names:
            plan = memory.current(name)
            own = known_group(name, memory, groups)
            if plan or group:
                told = _figures(memory, own, plan, packs, chosen) if plan else ()
                found.append(GroupMetrics(group=name, figures=told))
    return tuple(found)


def published_figures(
    memory: Memory, plans: Iterable[tuple[Group, Plan]], packs: Iterable[Pack]
) -> Mapping[str, tuple[Figures, ...]]:
    """Return the figures that the pages show, of the groups that have contributions."""
    packs = tuple(packs)
    return {
        group.acronym: _figures(memory, group, plan, packs, None)
        for group, plan in plans
        if memory.contributions(group.acronym)
    }


def _figures(
    memory: Memory,
    group: Group,
    plan: Plan,
    packs: Iterable[Pack],
    chosen: StudyPeriod | None,
) -> tuple[Figures, ...]:
    known = (period for pack in packs if pack.body == group.body for period in pack.study_periods)
    periods = (chosen,) if chosen else periods_of(plan, known)
    return figures(plan, memory.contributions(group.acronym), periods)


def _chosen(since: dt.date | None, until: dt.date | None) -> StudyPeriod | None:
    if since is None and until is None:
        return None
    start, end = since or dt.date.min, until or dt.date.max
    if end < start:
        raise PeriodBackwards(start, end)
    name = " ".join([f"from {since}"] * bool(since) + [f"until {until}"] * bool(until))
    return StudyPeriod(name=name, start=start, end=end)
