"""The figures of a group: each contribution counts once, where it was first for."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.model.period import StudyPeriod, calendar_year
from scheduler.planning.metrics import Carrying, Counts, figures, periods_of
from tests.support.agendas import PLANNED
from tests.support.contributions import AFTER_THE_FIRST_DEADLINE, CONTRIBUTIONS, a_contribution
from tests.support.plans import FIRST, FOURTH, PLAN, SECOND

YEAR = calendar_year(2026)
STUDY = StudyPeriod(name="2025-2028", start=dt.date(2024, 10, 25), end=dt.date(2028, 12, 31))
(WHOLE,) = figures(PLANNED, CONTRIBUTIONS, [YEAR])


def test_a_period_tells_what_became_of_its_contributions():
    assert WHOLE.counts == Counts(
        contributions=8,
        announced=1,
        on_time=5,
        late=2,
        admitted=1,
        withdrawn=1,
        redirected=1,
        treated=2,
        noted=1,
        on_table=5,
        carried=(
            Carrying(contribution="ADVISORY-C31", calls=1, days=33),
            Carrying(contribution="ADVISORY-C40", calls=1, days=None),
            Carrying(contribution="ADVISORY-TD82", calls=1, days=33),
        ),
    )
    assert WHOLE.counts.share == Fraction(3, 5)


def test_each_call_has_those_that_were_first_for_it():
    assert [call.counts.contributions for call in WHOLE.calls] == [6, 1, 0, 1]
    assert [(c.counts.on_time, c.counts.late) for c in WHOLE.calls] == [
        (4, 2),
        (0, 0),
        (0, 0),
        (1, 0),
    ]


def test_sources_and_countries_are_counted_once_a_contribution_most_first():
    assert WHOLE.sources == (("Northern Telecom Lab", 7), ("Southern Carriers", 2))
    assert WHOLE.countries == (("Norway", 7), ("Chile", 2))


@pytest.mark.parametrize(
    ("now", "held"),
    [("2026-02-12T14:29:59Z", 0), ("2026-02-12T14:30:00Z", 1), ("2027-01-01T00:00:00Z", 4)],
)
def test_a_meeting_is_held_once_it_is_over(now: str, held: int):
    assert WHOLE.held(Instant.parse(now)) == held


def test_a_meeting_that_does_not_take_place_is_counted_apart_and_has_no_contributions():
    off = replace(FIRST, status=Status.CANCELLED)
    (found,) = figures(replace(PLAN, meetings=(off, SECOND)), [a_contribution(1)], [YEAR])
    assert (found.called_off, len(found.calls)) == (1, 1)
    assert found.calls[0].counts.contributions == 1


def test_without_an_agenda_a_contribution_is_for_the_next_call_after_its_receipt():
    after = Instant.parse("2026-02-12T14:30:01Z")
    (found,) = figures(PLAN, [a_contribution(1, after)], [YEAR])
    assert [call.counts.contributions for call in found.calls] == [0, 1, 0, 0]


def test_a_treatment_at_a_later_call_is_a_carrying():
    late = a_contribution(1, AFTER_THE_FIRST_DEADLINE, meeting=FIRST.uid)
    treatment = replace(CONTRIBUTIONS[1].treatment, meeting=FOURTH.uid)
    (found,) = figures(PLAN, [replace(late, treatment=treatment)], [YEAR])
    assert found.counts.carried == (Carrying(contribution="ADVISORY-C1", calls=3, days=124),)


def test_what_came_after_all_calls_counts_where_it_was_received():
    after = a_contribution(1, Instant.parse("2026-12-31T23:59:59Z"))
    this, following = figures(PLAN, [after], [YEAR, calendar_year(2027)])
    assert (this.counts.contributions, following.counts.contributions) == (1, 0)
    assert following.counts.share is None


@pytest.mark.parametrize(
    ("known", "names"),
    [((), ["2026"]), ((STUDY,), ["2025-2028"]), ((calendar_year(2020),), ["2026"])],
)
def test_periods_are_those_of_the_body_or_calendar_years(known, names: list[str]):
    assert [period.name for period in periods_of(PLAN, known)] == names


@given(order=st.permutations(CONTRIBUTIONS))
def test_the_order_of_entry_is_irrelevant(order):
    assert figures(PLANNED, order, [YEAR]) == (WHOLE,)


@given(cuts=st.lists(st.dates(dt.date(2026, 1, 2), dt.date(2026, 12, 31)), unique=True))
def test_periods_that_share_no_day_share_no_contribution_and_lose_none(cuts: list[dt.date]):
    starts = [dt.date(2026, 1, 1), *sorted(cuts)]
    ends = [*(day - dt.timedelta(1) for day in starts[1:]), dt.date(2026, 12, 31)]
    parts = [StudyPeriod(name="", start=s, end=e) for s, e in zip(starts, ends, strict=True)]
    found = figures(PLANNED, CONTRIBUTIONS, parts)
    assert sum(part.counts.contributions for part in found) == len(CONTRIBUTIONS)
    assert sum(len(part.calls) for part in found) == len(PLANNED.meetings)
