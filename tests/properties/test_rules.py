"""Laws of the rules: what holds for any meeting, any rule and any order."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.packs import read_packs
from scheduler.model.deadline import Anchor, DeadlineRule, IfClosed, Unit
from scheduler.model.group import Group
from scheduler.model.holiday import Holiday
from scheduler.model.meeting import Meeting, Mode
from scheduler.model.moment import settled
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.model.report import ParentMeeting
from scheduler.rules.cutoffs import supplied
from scheduler.rules.deadlines import apply
from scheduler.rules.engine import judge, judging
from scheduler.rules.law import law_of
from scheduler.rules.moments import INPUTS
from scheduler.rules.workdays import is_working_day
from tests.support.meetings import NOON

PACKS = read_packs()
KINDS = sorted(
    {(p.body, kind) for p in PACKS for c in p.rules for kind in (*c.kinds, None)}, key=str
)
ZONES = ("Europe/Zurich", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "UTC")
DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2035, 12, 31))
PARENT = ParentMeeting(name="P", date=dt.date(2027, 2, 1), end_date=dt.date(2027, 2, 5))


@st.composite
def meetings(draw: st.DrawFn, uid: str = "a") -> Meeting:
    day = draw(DAYS)
    hour = draw(st.integers(0, 21))
    return Meeting(
        group="RG-NAV",
        date=day,
        end_date=day + dt.timedelta(days=draw(st.integers(0, 4))),
        start=dt.time(hour),
        end=dt.time(hour + 2),
        zone=draw(st.sampled_from(ZONES)),
        mode=draw(st.sampled_from([None, *Mode])),
        uid=uid,
    )


@given(meeting=meetings(), kind=st.sampled_from(KINDS), clear_days=st.booleans())
def test_no_pack_puts_an_input_or_registration_deadline_after_the_start(
    meeting: Meeting, kind: tuple[str, str | None], clear_days: bool
):
    group = Group(acronym="RG-NAV", body=kind[0], kind=kind[1], clear_days=clear_days, supply=True)
    law = law_of(group, PACKS)
    start = meeting.start_instant
    given_to_it = supplied(law, group, meeting)
    moments = [settled(own.moment) for own in given_to_it if own.kind in INPUTS]
    assert start is None or all(moment is None or moment < start for moment in moments)
    whole = Plan(group="RG-NAV", meetings=(replace(meeting, deadlines=given_to_it),))
    found = judge(law, whole, NOON, group)
    codes = {one.code for one in found if one.severity is Severity.ERROR}
    assert not codes & {"deadline_after_start", "deadline_too_late"}


@given(
    series=st.lists(meetings(), min_size=2, max_size=6),
    kind=st.sampled_from(KINDS),
    data=st.data(),
)
def test_the_order_of_meetings_changes_no_finding(series, kind, data):
    named = [replace(meeting, uid=str(place)) for place, meeting in enumerate(series)]
    shuffled = data.draw(st.permutations(named))
    group = Group(acronym="RG-NAV", body=kind[0], kind=kind[1], member_zones=ZONES[:2])
    law = law_of(group, PACKS)
    found = [
        judge(law, Plan(group="RG-NAV", meetings=tuple(order), parent_meeting=PARENT), NOON, group)
        for order in (named, shuffled)
    ]
    assert sorted(map(repr, found[0])) == sorted(map(repr, found[1]))


@given(meeting=meetings(), days=st.integers(1, 400), before=st.booleans())
def test_clear_days_leave_out_one_day_more(meeting: Meeting, days: int, before: bool):
    offset = -days if before else days
    rule = DeadlineRule(
        kind="minutes",
        offset=offset,
        unit=Unit.CALENDAR_DAY,
        anchor=Anchor.MEETING_DATE,
        zone="UTC",
    )
    plain, clear = apply(rule, meeting), apply(replace(rule, clear_days=True), meeting)
    assert plain is not None
    assert clear is not None
    assert clear.moment.day - plain.moment.day == dt.timedelta(days=-1 if before else 1)


@given(
    meeting=meetings(),
    days=st.integers(1, 60),
    closed=st.sets(DAYS, max_size=40),
    wanted=st.sampled_from([IfClosed.EARLIER, IfClosed.LATER]),
)
def test_a_deadline_goes_to_the_nearest_working_day_of_its_side(meeting, days, closed, wanted):
    rule = DeadlineRule(kind="contribution", offset=-days, unit=Unit.CALENDAR_DAY, zone="UTC")
    near = frozenset(closed) | {meeting.date - dt.timedelta(days=days)}
    left = apply(rule, meeting, near)
    moved = apply(replace(rule, if_closed=wanted), meeting, near)
    assert left is not None
    assert moved is not None
    first, last = sorted((left.moment.day, moved.moment.day))
    assert (moved.moment.day < left.moment.day) == (wanted is IfClosed.EARLIER)
    assert is_working_day(moved.moment.day, near)
    between = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    assert [day for day in between if is_working_day(day, near)] == [moved.moment.day]


@given(day=DAYS)
def test_a_holiday_is_told_of_a_meeting_on_it_and_of_no_other(day: dt.date):
    group = Group(
        acronym="RG-NAV",
        member_countries=("FR",),
        holidays=(Holiday(date=day, name="A day", countries=("FR",)),),
    )
    told = [
        (meeting.date - day).days
        for shift in (-1, 0, 1)
        for meeting in [
            Meeting(
                group="RG-NAV",
                date=day + dt.timedelta(days=shift),
                end_date=day + dt.timedelta(days=shift),
                zone="UTC",
            )
        ]
        for found in judge(law_of(group, PACKS), Plan(group="X", meetings=(meeting,)), NOON, group)
        if found.code == "meeting_on_holiday"
    ]
    assert told == [0]


@given(meeting=meetings(), kind=st.sampled_from(KINDS), holiday=DAYS)
def test_a_judge_of_single_meetings_finds_what_a_plan_of_that_meeting_alone_has(
    meeting: Meeting, kind: tuple[str, str | None], holiday: dt.date
):
    kept = Holiday(date=holiday, name="H", host="O")
    group = Group(acronym="RG-NAV", body=kind[0], kind=kind[1], holidays=(kept,), host="O")
    plan = Plan(group="RG-NAV", parent_meeting=PARENT)
    law = law_of(group, PACKS)
    judged = judging(law, replace(plan, meetings=(meeting, meeting)), NOON, group)
    for one in (meeting, replace(meeting, date=holiday, end_date=holiday)):
        assert judged(one) == judge(law, replace(plan, meetings=(one,)), NOON, group)
