"""Many years of each pack, frozen: a diff shows what a change of law or code does.

Each line is one meeting: its day, mode and kind of group, the deadlines that the law gives it, and
what the law finds. Every year has a meeting of the parent at the beginning of February, and every
meeting is announced 25 days ahead.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from scheduler.intake.holidays import read_hosts, with_known_days
from scheduler.intake.packs import read_pack
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Mode
from scheduler.model.moment import GENEVA, Instant, exact
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.report import Authorization, ParentMeeting
from scheduler.model.stamp import Stamp
from scheduler.packs import pack_files
from scheduler.rules.cutoffs import supplied
from scheduler.rules.engine import judge
from scheduler.rules.law import law_of
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "packs"
YEARS = range(2015, 2031)
# The Tuesday on or after each: in winter, between the clock changes, before May, in the autumn gap.
SEASONS = ((2, 17), (3, 14), (5, 2), (10, 27))
NOTICE = dt.timedelta(days=25)
PARENT_DAYS = dt.timedelta(days=4)


def tuesday_from(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(1 - day.weekday()) % 7)


def a_group(pack: Pack, kind: str | None) -> Group:
    group = Group(
        acronym="RG-NAV",
        body=pack.body,
        kind=kind,
        host="ITU",
        supply=True,
        member_zones=("America/New_York", "Asia/Tokyo"),
    )
    return with_known_days(group, read_hosts())


def meetings_of(year: int, mode: Mode) -> Iterator[Meeting]:
    for number, (month, day) in enumerate(SEASONS):
        date = tuesday_from(dt.date(year, month, day))
        known = Instant(dt.datetime.combine(date - NOTICE, dt.time(9), dt.UTC))
        yield Meeting(
            group="RG-NAV",
            date=date,
            end_date=date,
            start=dt.time(13),
            end=dt.time(14, 30),
            zone=GENEVA,
            mode=mode,
            uid=f"{year}-{number}",
            stamp=Stamp(sequence=0, created=known, modified=known),
        )


def a_plan(year: int, mode: Mode) -> Plan:
    first = tuesday_from(dt.date(year, 2, 1)) - dt.timedelta(days=1)
    return Plan(
        group="RG-NAV",
        meetings=tuple(meetings_of(year, mode)),
        parent_meeting=ParentMeeting(name="P", date=first, end_date=first + PARENT_DAYS),
        authorization=Authorization(count=3),
    )


def lines(pack: Pack) -> Iterator[str]:
    kinds = sorted({kind for call in pack.rules for kind in call.kinds}) or [None]
    for kind, mode, year in product(kinds, (Mode.VIRTUAL, Mode.PHYSICAL), YEARS):
        group = a_group(pack, kind)
        law = law_of(group, [pack])
        plan = with_deadlines(a_plan(year, mode), law, group)
        new_year = Instant(dt.datetime(year, 1, 1, tzinfo=dt.UTC))
        found = judge(law, plan, new_year, group)
        for meeting in plan.meetings:
            given = [f"{own.kind} {exact(own.moment)}" for own in meeting.deadlines]
            said = [told(one) for one in found if one.meeting == meeting.uid]
            kept = " ".join(filter(None, (meeting.date.isoformat(), mode, kind)))
            yield f"{kept} | {'; '.join(given)} | {'; '.join(said)}".rstrip()


def with_deadlines(plan: Plan, law: tuple[Pack, ...], group: Group) -> Plan:
    meetings = (replace(own, deadlines=supplied(law, group, own)) for own in plan.meetings)
    return replace(plan, meetings=tuple(meetings))


def told(finding: Finding) -> str:
    facts = [
        f"{name}={value}"
        for name, value in finding.facts
        if name in ("days", "kind", "limit", "local", "zone", "after", "rank", "minutes", "date")
    ]
    return f"{finding.severity} {finding.rule}: {' '.join((finding.code, *facts))}"


@pytest.mark.parametrize("name", [name for name, _ in pack_files()])
def test_many_years_of_a_pack(name: str, write_golden: bool):
    pack = read_pack(dict(pack_files())[name].read_bytes(), name)
    made = "\n".join(lines(pack)) + "\n"
    path = GOLDEN / f"{name}.txt"
    if write_golden:
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made


def test_no_table_is_left_of_a_pack_that_is_gone():
    assert {path.stem for path in GOLDEN.iterdir()} == {name for name, _ in pack_files()}
