"""How fast rules of series are expanded, beside dateutil.rrule finding the same days.

Each rule runs for a year; days are compared as days, and as instants in the series' own zone.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/expansion.py`.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from dateutil import rrule

from scheduler.model.moment import WallTime, candidates
from scheduler.model.recurrence import DayOfWeek, Frequency, Recurrence
from scheduler.planning.expansion import recurring_days
from scheduler.zonedata import pin_zone_data

ZONES = ("Europe/Zurich", "America/New_York", "Asia/Tokyo", "Australia/Sydney")
WEEKS = 52
NOON = time(12)
KINDS = ("52 weeks", "third weekday")
Work = Callable[[str, int], object]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--series", type=int, default=1_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    pin_zone_data()
    print(f"{'':28}{'ours':>12}{'dateutil':>12}{'ratio':>8}   series/s")
    for kind in KINDS:
        for unit, ours, theirs in (
            ("days", our_days, their_days),
            ("instants", our_instants, their_instants),
        ):
            row(f"{kind}, {unit}", kind, (ours, theirs), chosen.series, chosen.rounds)


def row(name: str, kind: str, ways: tuple[Work, Work], series: int, rounds: int) -> None:
    ours, theirs = ways
    if any(ours(kind, number) != theirs(kind, number) for number in range(series)):
        raise SystemExit(f"{name}: the ways do not agree")
    # in turns, so that a busy machine slows both; the best round of each counts
    turns = [[seconds(way, kind, series) for way in ways] for _ in range(rounds)]
    mine, other = (min(times) for times in zip(*turns, strict=True))
    print(f"{name:28}{series / mine:>12,.0f}{series / other:>12,.0f}{other / mine:>8.1f}")


def seconds(way: Work, kind: str, series: int) -> float:
    started = perf_counter()
    for number in range(series):
        way(kind, number)
    return perf_counter() - started


def first_day(number: int) -> date:
    return date(2026, 1, 1) + timedelta(days=number % 365)


def last_day(number: int) -> date:
    return first_day(number) + timedelta(weeks=WEEKS - 1)


def our_days(kind: str, number: int) -> list[date]:
    weekday = number % 5
    recurrence = (
        Recurrence(frequency=Frequency.WEEKLY)
        if kind == "52 weeks"
        else Recurrence(frequency=Frequency.MONTHLY, days=(DayOfWeek(weekday, 3),))
    )
    return list(recurring_days(recurrence, first_day(number), last_day(number)))


def their_days(kind: str, number: int) -> list[date]:
    return [moment.date() for moment in their_rule(kind, number)]


def our_instants(kind: str, number: int) -> list[datetime]:
    zone = ZONES[number % len(ZONES)]
    return [candidates(WallTime(day, NOON, zone))[0].utc for day in our_days(kind, number)]


def their_instants(kind: str, number: int) -> list[datetime]:
    zone = ZoneInfo(ZONES[number % len(ZONES)])
    return [moment.replace(tzinfo=zone).astimezone(UTC) for moment in their_rule(kind, number)]


def their_rule(kind: str, number: int) -> rrule.rrule:
    bounds = {
        "dtstart": datetime.combine(first_day(number), NOON),
        "until": datetime.combine(last_day(number), NOON),
    }
    if kind == "52 weeks":
        return rrule.rrule(rrule.WEEKLY, **bounds)
    return rrule.rrule(rrule.MONTHLY, byweekday=rrule.weekday(number % 5, 3), **bounds)


if __name__ == "__main__":
    main()
