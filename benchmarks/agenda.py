"""How long the agendas of a long series take, and how that grows with contributions and calls.

Twenty contributions a call, on twelve topics. With five minutes each most calls can treat what is
before them; with fifteen, two thirds find no room, and what waits grows to the end of the series.
The last column is the time over n log n, as a share of that of the first row: it stays near 1 where
the growth is no worse.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/agenda.py`.
"""

import argparse
from dataclasses import replace
from datetime import date, time, timedelta
from math import log
from random import Random
from time import process_time

from scheduler.model.agenda import AgendaSettings
from scheduler.model.contribution import Contribution
from scheduler.model.deadline import CONTRIBUTION, DeadlineRule, Unit
from scheduler.model.meeting import Meeting
from scheduler.model.moment import GENEVA, Instant
from scheduler.model.plan import Plan
from scheduler.planning.agenda import agendas
from scheduler.rules.deadlines import derive
from scheduler.zonedata import pin_zone_data

SIZES = ((1_000, 50), (3_000, 150), (10_000, 500))
TOPICS = tuple(f"{name} {kind}" for name in ("routing", "naming", "numbering", "charging")
               for kind in ("mechanism", "terminology", "metric"))  # fmt: skip
FIRST = date(2027, 1, 5)
RULE = DeadlineRule(kind=CONTRIBUTION, offset=-7, unit=Unit.CALENDAR_DAY, zone=GENEVA)
START = Instant.parse("2026-12-01T00:00:00Z")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="the fastest of so many is shown")
    rounds = options.parse_args().rounds
    pin_zone_data()
    print(f"{'minutes':>8}{'moment':>10}{'papers':>8}{'calls':>7}{'on agendas':>12}{'parent':>8}"
          f"{'seconds':>9}{'per n log n':>13}")  # fmt: skip
    for minutes in (5, 15):
        for half_over in (False, True):
            first: float | None = None
            for papers, calls in SIZES:
                first = one(papers, calls, minutes, rounds, first, half_over=half_over)


def one(
    papers: int, calls: int, minutes: int, rounds: int, first: float | None, *, half_over: bool
) -> float:
    """Print a row, and return the time per n log n that the rows below are held against."""
    plan, contributions = a_plan(calls), some_papers(papers, calls)
    now = START.plus(timedelta(weeks=calls // 2)) if half_over else START
    spent = []
    for _ in range(rounds):
        started = process_time()
        found = agendas(plan, contributions, AgendaSettings(minutes_per_item=minutes), (), now)
        spent.append(process_time() - started)
    unit = min(spent) / (papers * log(papers))
    seated = sum(len(agenda.items) for agenda in found.by_meeting.values())
    print(f"{minutes:>8}{'half over' if half_over else 'before':>10}{papers:>8,}{calls:>7}"
          f"{seated:>12,}{len(found.parent):>8,}{min(spent):>9.3f}"
          f"{unit / (first or unit):>13.2f}")  # fmt: skip
    return first or unit


def a_plan(calls: int) -> Plan:
    return Plan(group="RG", meetings=tuple(a_call(number) for number in range(calls)))


def a_call(number: int) -> Meeting:
    day = FIRST + timedelta(weeks=number)
    meeting = Meeting(
        group="RG", date=day, end_date=day, zone=GENEVA, start=time(13), end=time(14, 30),
        topics=(TOPICS[number % len(TOPICS)],), uid=f"call-{number:04}",
    )  # fmt: skip
    return replace(meeting, deadlines=derive([RULE], meeting))


def some_papers(papers: int, calls: int) -> tuple[Contribution, ...]:
    """Contributions that come in all through the series, in no order."""
    rng = Random(papers)
    return tuple(
        Contribution(
            group="RG", id=f"RG-C{number}", document_group="RG", series="C", number=number,
            title=f"Proposal for the {rng.choice(TOPICS)} of part {number}",
            received=START.plus(timedelta(minutes=rng.randrange(calls * 7 * 24 * 60))),
        )
        for number in rng.sample(range(papers), papers)
    )  # fmt: skip


if __name__ == "__main__":
    main()
