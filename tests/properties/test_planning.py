"""Laws of drafts, stamps and derived deadlines."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.deadline import Anchor, Unit
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant, settled
from scheduler.model.report import Authorization, DocumentHeader, GroupName, Report
from scheduler.planning.adoption import adopt
from scheduler.planning.comparison import compare
from scheduler.planning.editing import Move, Scope, cancelled, moved
from scheduler.planning.stamping import stamped
from scheduler.rules.deadlines import apply, derive
from tests.support.meetings import a_meeting, a_rule

ZONES = ["Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))
UNITS = st.sampled_from(list(Unit))
LATER = Instant.parse("2061-01-01T00:00:00Z")
NOW = Instant.parse("2019-01-01T00:00:00Z")


@st.composite
def meetings(draw, day=DAYS):
    date = draw(day)
    hour = draw(st.integers(4, 20))
    meeting = a_meeting(
        date.isoformat(),
        f"{hour:02}:00",
        f"{hour + 1:02}:30",
        zone=draw(st.sampled_from(ZONES)),
        label=draw(st.sampled_from(["i", "ii", "iii", None])),
        topics=tuple(draw(st.lists(st.text(max_size=5), max_size=2))),
    )
    rules = draw(st.lists(st.builds(a_rule, st.integers(-40, -1)), max_size=2))
    return replace(meeting, deadlines=derive(rules, meeting))


SERIES = st.lists(meetings(), min_size=1, max_size=5, unique_by=lambda m: (m.date, m.start))


def a_report(series):
    return Report(
        document=DocumentHeader(number="TD1"),
        group=GroupName(acronym="RG-NAV"),
        authorization=Authorization(),
        meetings=tuple(series),
    )


def draft_of(series, base=None, published=None):
    adoption = adopt(
        a_report(series),
        group="RG-NAV",
        source="TD1",
        as_of=dt.date(2020, 1, 1),
        base=base,
        published=published,
    )
    return adoption.draft


@given(SERIES)
def test_a_plan_compared_with_itself_yields_nothing(series):
    plan = stamped(None, draft_of(series), NOW)
    assert not compare(plan, plan)
    assert stamped(plan, plan, LATER).meetings == plan.meetings


@given(SERIES, st.randoms())
def test_the_order_of_input_is_irrelevant_to_dates_and_hours(series, random):
    shuffled = list(series)
    random.shuffle(shuffled)
    by_time = {(m.date, m.start): m.uid for m in draft_of(series).meetings}
    assert {(m.date, m.start): m.uid for m in draft_of(shuffled).meetings} == by_time


@given(SERIES)
def test_identities_are_unique_and_reading_again_keeps_them(series):
    draft = draft_of(series)
    uids = [m.uid for m in draft.meetings] + [d.uid for m in draft.meetings for d in m.deadlines]
    assert len(set(uids)) == len(uids)
    assert draft_of(series, base=draft) == draft


@given(SERIES, st.data())
def test_cancelling_and_moving_raise_each_sequence_at_most_once(series, data):
    plan = stamped(None, draft_of(series), NOW)
    uid = data.draw(st.sampled_from([m.uid for m in plan.meetings]))
    scope = data.draw(st.sampled_from(list(Scope)))
    if data.draw(st.booleans()):
        draft = cancelled(plan, uid, scope=scope, reason=None)
    else:
        draft = moved(plan, uid, Move(date=data.draw(DAYS)), scope=scope, reason=None)
    after = stamped(plan, draft, LATER)
    before = {m.uid: m for m in plan.meetings}
    for meeting in after.meetings:
        old = before[meeting.uid]
        assert meeting.stamp.sequence - old.stamp.sequence in (0, 1)
        assert (meeting.status is Status.CANCELLED) <= (meeting.stamp.cancelled is not None)


@given(meetings(), st.integers(1, 400), UNITS)
def test_no_input_deadline_lies_after_its_meeting_starts(meeting, offset, unit):
    deadline = apply(a_rule(-offset, unit, Anchor.MEETING_START), meeting)
    instant = settled(deadline.moment) if deadline else None
    # A whole day before may end, in a zone further west, during the meeting's own day.
    spare = dt.timedelta(hours=26) if unit is not Unit.HOUR else dt.timedelta(0)
    assert instant is None or instant.utc - spare < meeting.start_instant.utc


@given(meetings(), st.integers(1, 60))
def test_days_before_are_the_same_wall_time_on_an_earlier_day(meeting, days):
    deadline = apply(a_rule(-days, zone=meeting.zone), meeting)
    assert deadline.moment.day == meeting.date - dt.timedelta(days=days)
    assert deadline.moment.clock == dt.time(23, 59, 59)
