"""How fast packs of law are evaluated, beside the same with the zones of pytz and dateutil.

The judgements are the same, word for word; what differs is how a local time becomes an instant.
Each way finds the hours that a clock change skips or repeats. `instants/s` is that step alone,
each moment once; `meetings/s` is the whole evaluation, in which rules ask for them repeatedly:
we remember what we found, pytz and dateutil are asked each time. In the last two rows they are
given our memory as well.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/packs.py`.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from time import perf_counter
from zoneinfo import ZoneInfo

import pytz
from dateutil import tz  # noqa: TID251  # what is measured against

from scheduler.intake.packs import read_packs
from scheduler.model import moment
from scheduler.model.deadline import DeadlineRule, Unit
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Mode
from scheduler.model.moment import Instant, WallTime
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.rules.deadlines import derive
from scheduler.rules.engine import judge
from scheduler.rules.law import law_of
from scheduler.zonedata import pin_zone_data

ZONES = ("Europe/Zurich", "America/New_York", "Asia/Tokyo", "Australia/Sydney")
GROUP = Group(acronym="RG-NAV", body="ITU-T")
NOW = Instant.parse("2026-01-01T00:00:00Z")
RULE = DeadlineRule(kind="contribution", offset=-7, unit=Unit.CALENDAR_DAY, zone="Europe/Zurich")
Readings = Callable[[date, time, ZoneInfo], tuple[Instant, ...]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--meetings", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    pin_zone_data()
    ways = {
        "ours": moment._readings,  # noqa: SLF001  # the one place that is put in question
        "pytz": by_pytz,
        "dateutil": by_dateutil,
        "pytz, remembered": lru_cache(65_536)(by_pytz),
        "dateutil, remembered": lru_cache(65_536)(by_dateutil),
    }
    plan = Plan(group=GROUP.acronym, meetings=tuple(map(meeting, range(chosen.meetings))))
    walls = [wall for one in plan.meetings for wall in (one.starts, one.ends) if wall]
    same_findings(ways, plan)
    print(f"{'':24}{'instants/s':>14}{'ratio':>8}{'meetings/s':>14}{'ratio':>8}")
    # in turns, so that a busy machine slows all; the best round of each counts
    rounds = [
        [(seconds(convert, way, walls), seconds(evaluate, way, plan)) for way in ways.values()]
        for _ in range(chosen.rounds)
    ]
    best = [[min(times) for times in zip(*way, strict=True)] for way in zip(*rounds, strict=True)]
    for name, (converting, evaluating) in zip(ways, best, strict=True):
        print(
            f"{name:24}{len(walls) / converting:>14,.0f}{converting / best[0][0]:>8.1f}"
            f"{chosen.meetings / evaluating:>14,.0f}{evaluating / best[0][1]:>8.1f}"
        )


def meeting(number: int) -> Meeting:
    """Return a meeting like those of busy groups, some in hours that clocks skip or repeat."""
    day = date(2026, 2, 2) + timedelta(days=number % 1500)
    made = Meeting(
        group=GROUP.acronym,
        date=day,
        end_date=day,
        start=time(2 + number % 18, 30),
        end=time(4 + number % 18, 0),
        zone=ZONES[number % len(ZONES)],
        mode=Mode.VIRTUAL,
        uid=f"{number:06}",
    )
    return made if number % 2 else with_deadline(made)


def with_deadline(made: Meeting) -> Meeting:
    return replace(made, deadlines=derive([RULE], made))


def seconds(work: Callable[[Readings, object], object], way: Readings, given: object) -> float:
    if hasattr(way, "cache_clear"):
        way.cache_clear()  # each round begins as a new process would
    started = perf_counter()
    work(way, given)
    return perf_counter() - started


def convert(way: Readings, walls: list[WallTime]) -> list[tuple[Instant, ...]]:
    return [way(wall.day, wall.clock, ZoneInfo(wall.zone)) for wall in walls]


def evaluate(way: Readings, plan: Plan) -> tuple[Finding, ...]:
    """Judge the plan with local times made exact in one of the ways."""
    ours, moment._readings = moment._readings, way  # noqa: SLF001
    try:
        return judge(law(), plan, NOW, GROUP)
    finally:
        moment._readings = ours  # noqa: SLF001


@cache
def law() -> tuple[Pack, ...]:
    return law_of(GROUP, read_packs())


def same_findings(ways: dict[str, Readings], plan: Plan) -> None:
    found = {evaluate(way, plan) for way in ways.values()}
    if len(found) != 1:
        raise SystemExit("the ways do not judge alike")
    print(f"{len(plan.meetings):,} meetings, {len(found.pop()):,} findings, the same each way")


@cache
def pytz_zone(name: str) -> pytz.BaseTzInfo:
    return pytz.timezone(name)


def by_pytz(day: date, clock: time, place: ZoneInfo) -> tuple[Instant, ...]:
    zone, naive = pytz_zone(place.key), datetime.combine(day, clock)
    try:
        return (Instant(zone.localize(naive, is_dst=None)),)
    except pytz.InvalidTimeError:
        readings = {Instant(zone.localize(naive, is_dst=summer)) for summer in (True, False)}
        return tuple(sorted(readings))


@cache
def dateutil_zone(name: str) -> tz.tzfile:
    return tz.gettz(name)


def by_dateutil(day: date, clock: time, place: ZoneInfo) -> tuple[Instant, ...]:
    local = datetime.combine(day, clock, dateutil_zone(place.key))
    if tz.datetime_exists(local) and not tz.datetime_ambiguous(local):
        return (Instant(local),)
    return tuple(sorted({Instant(local.replace(fold=fold)) for fold in (0, 1)}))


if __name__ == "__main__":
    main()
