"""Only settled, approved entries are published, and cancelled ones leave after their time."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, Reading
from scheduler.model.plan import Plan
from scheduler.publication.standing import standing_deadlines, standing_meetings
from tests.support.plans import CHANGED, FIRST, PLAN, RG_NAV, TODAY, cancelled

LATE = Instant.parse("2027-01-01T00:00:00Z")


def plan(*meetings: Meeting) -> Plan:
    return replace(PLAN, meetings=meetings)


@pytest.mark.parametrize(
    ("today", "meetings", "deadlines"),
    [
        ("2026-03-07T22:59:59Z", 1, 1),  # the deadline was on 5 February
        ("2026-03-07T23:00:00Z", 1, 0),  # midnight in Geneva
        ("2026-03-14T22:59:59Z", 1, 0),  # the meeting was on 12 February
        ("2026-03-14T23:00:00Z", 0, 0),
    ],
)
def test_a_cancelled_entry_stays_thirty_days(today: str, meetings: int, deadlines: int):
    called_off, now = plan(cancelled(FIRST, "no room")), Instant.parse(today)
    assert len(tuple(standing_meetings(called_off, RG_NAV, now))) == meetings
    assert len(tuple(standing_deadlines(called_off, RG_NAV, now))) == deadlines


def test_who_cancels_afterwards_is_heard_as_long():
    past = replace(FIRST, date=dt.date(2025, 11, 1), end_date=dt.date(2025, 11, 1))
    assert CHANGED.utc.date() == dt.date(2026, 2, 2)
    kept = standing_meetings(plan(cancelled(past, "never held")), RG_NAV, TODAY)
    assert len(tuple(kept)) == 1


def test_what_took_place_stays_for_ever():
    assert tuple(standing_meetings(PLAN, RG_NAV, LATE)) == PLAN.meetings


@pytest.mark.parametrize(("reading", "published"), [(None, 0), (Reading.LATER, 1)])
def test_a_local_time_that_occurs_twice_waits_for_its_reading(
    reading: Reading | None, published: int
):
    twice = replace(
        FIRST,
        date=dt.date(2026, 10, 25),
        end_date=dt.date(2026, 10, 25),
        start=dt.time(2, 30),
        end=dt.time(4),
        reading=reading,
    )
    assert len(tuple(standing_meetings(plan(twice), RG_NAV, TODAY))) == published
    assert len(tuple(standing_deadlines(plan(twice), RG_NAV, TODAY))) == published


def test_a_draft_is_not_published():
    draft = replace(FIRST, stamp=None)
    assert tuple(standing_meetings(plan(draft), RG_NAV, TODAY)) == ()
    assert tuple(standing_deadlines(plan(draft), RG_NAV, TODAY)) == ()
