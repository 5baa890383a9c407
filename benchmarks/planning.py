"""How long planning takes: for one group with many candidates, and for more and more groups.

A body of N groups: four meetings each in a window of 22 weeks, five days a week at three hours,
members in four of nine zones, and eight people each, of whom many sit in other groups too.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/planning.py`.
"""

import argparse
from datetime import date, time
from itertools import pairwise
from math import log
from random import Random
from time import perf_counter

from scheduler.intake.packs import read_packs
from scheduler.model.deadline import DeadlineRule, Unit
from scheduler.model.group import Group
from scheduler.model.mandate import Mandate, Membership, Preferences, Spacing
from scheduler.model.meeting import Mode
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.recurrence import Slot
from scheduler.model.report import DocumentHeader, ParentMeeting
from scheduler.planning.bidders import Bidder
from scheduler.planning.body import choose_for_all
from scheduler.planning.candidates import Allowed, field_of
from scheduler.planning.choosing import board_of, choose
from scheduler.planning.explanation import explain
from scheduler.rules.engine import judging
from scheduler.rules.law import law_of
from scheduler.zonedata import pin_zone_data

ZONES = (
    "Europe/Zurich", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
    "Africa/Nairobi", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
HOURS = (Slot(time(7), 90), Slot(time(13), 90), Slot(time(15), 90))
NOW = Instant.parse("2026-10-01T00:00:00Z")
PARENTS = (
    ParentMeeting(name="TSAG", date=date(2026, 11, 23), end_date=date(2026, 11, 27)),
    ParentMeeting(name="TSAG", date=date(2027, 7, 5), end_date=date(2027, 7, 9)),
)
GROUP = Group(acronym="RG", body="ITU-T", parent_meetings=PARENTS, member_zones=ZONES[:5])
RULE = DeadlineRule(kind="contribution", offset=-7, unit=Unit.CALENDAR_DAY, zone="Europe/Zurich")
LAW = law_of(GROUP, read_packs())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--groups", type=int, nargs="+", default=[10, 40, 160])
    options.add_argument(
        "--people", type=int, default=1, help="people per group; fewer, more clashes"
    )
    chosen = options.parse_args()
    pin_zone_data()
    one_group()
    print(f"\n{'groups':>7}{'candidates s':>14}{'choice s':>10}{'growth':>8}{'rounds':>8}"
          f"{'score':>10}{'bound':>10}{'distance %':>12}")  # fmt: skip
    before: tuple[int, float] | None = None
    for count in chosen.groups:
        before = one_body(count, chosen.people, before)


def one_group() -> None:
    """Print how long ten thousand candidates take, by step."""
    slots = tuple(Slot(time(hour, minute), 90) for hour in range(6, 20) for minute in (0, 30))
    wishes = Preferences(
        meetings=6, first=date(2027, 1, 1), last=date(2027, 12, 31), weekdays=tuple(range(7)),
        slots=slots, spacing=Spacing(ideal_days=56, least_days=28, most_days=90),
        members=tuple(Membership(zone=zone) for zone in ZONES[:5]),
    )  # fmt: skip
    mandate = a_mandate(wishes, "RG")
    marks = [perf_counter()]
    field = field_of(mandate, wishes, allowed())
    marks.append(perf_counter())
    picked = choose(board_of(field, wishes))
    marks.append(perf_counter())
    explain(picked, field.candidates, wishes)
    marks.append(perf_counter())
    steps = [after - before for before, after in pairwise(marks)]
    names = ("judged by the law and scored", "chosen", "explained")
    print(f"{len(field.candidates):,} candidates of one group")
    for name, spent in zip(names, steps, strict=True):
        print(f"  {name:32}{spent:>8.3f} s")
    print(f"  {'together':32}{sum(steps):>8.3f} s")


def one_body(count: int, people: int, before: tuple[int, float] | None) -> tuple[int, float]:
    """Plan a body and print a row; growth is the exponent of time over groups."""
    started = perf_counter()
    rng = Random(count)
    bidders = [bidder(number, count * people, rng) for number in range(count)]
    made = perf_counter()
    plan = choose_for_all(bidders)
    spent = perf_counter() - made
    growth = log(spent / before[1]) / log(count / before[0]) if before else None
    print(f"{count:>7}{made - started:>14.2f}{spent:>10.2f}"
          f"{f'{growth:.2f}' if growth is not None else '-':>8}{plan.rounds:>8}"
          f"{plan.score:>10,}{plan.bound:>10,}{plan.distance_percent:>12.4f}")  # fmt: skip
    return count, spent


def bidder(number: int, people: int, rng: Random) -> Bidder:
    wishes = Preferences(
        meetings=4, first=date(2027, 2, 1), last=date(2027, 7, 2), weekdays=(0, 1, 2, 3, 4),
        slots=HOURS, spacing=Spacing(ideal_days=35, least_days=14, most_days=70),
        members=tuple(
            Membership(zone=zone, count=rng.randint(1, 5)) for zone in rng.sample(ZONES, 4)
        ),
        people=tuple(f"person {rng.randrange(people)}" for _ in range(8)), seed=number,
    )  # fmt: skip
    mandate = a_mandate(wishes, f"G{number:03}")
    board = board_of(field_of(mandate, wishes, allowed()), wishes)
    return Bidder(group=mandate.group, board=board, people=wishes.people)


def a_mandate(wishes: Preferences, group: str) -> Mandate:
    return Mandate(
        group=group,
        document=DocumentHeader(),
        zone="Europe/Zurich",
        mode=Mode.VIRTUAL,
        parents=PARENTS,
        deadline_rules=(RULE,),
        preferences=wishes,
    )


def allowed() -> Allowed:
    plan = Plan(group=GROUP.acronym, parent_meeting=PARENTS[0])
    return judging(LAW, plan, NOW, GROUP)


if __name__ == "__main__":
    main()
