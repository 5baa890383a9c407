"""A series taken over into another year."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.meeting import Status
from scheduler.planning.duplication import in_year, latest_year, same_weekday
from scheduler.rules.deadlines import derive
from tests.support.meetings import a_deadline, a_meeting, a_rule


@pytest.mark.parametrize(
    ("day", "year", "found"),
    [
        ("2027-03-16", 2028, "2028-03-21"),  # third Tuesdays
        ("2027-03-02", 2028, "2028-03-07"),  # first Tuesdays
        ("2027-03-30", 2028, "2028-03-28"),  # the fifth, of which 2028 has none: the last
        ("2028-02-29", 2029, "2029-02-27"),
        ("2027-12-31", 2029, "2029-12-28"),
    ],
)
def test_a_day_keeps_its_weekday_and_place_in_the_month(day, year, found):
    assert same_weekday(dt.date.fromisoformat(day), year) == dt.date.fromisoformat(found)


def test_standing_meetings_are_taken_over_as_tentative_with_deadlines_by_their_rules():
    meeting = a_meeting("2027-03-16", label="i", status=Status.CONFIRMED, uid="u")
    ruled = derive([a_rule(-7)], meeting)
    dated = replace(meeting, deadlines=(*ruled, a_deadline("2027-03-10", kind="slides")))
    gone = a_meeting("2027-04-20", status=Status.CANCELLED)
    (found,) = in_year([dated, gone], 2028)
    assert (found.date, found.status, found.label) == (dt.date(2028, 3, 21), "tentative", "i")
    assert [d.moment.day for d in found.deadlines] == [dt.date(2028, 3, 14)]
    assert (found.uid, found.stamp, found.start) == ("", None, dt.time(13))


def test_the_latest_year_with_standing_meetings_is_taken():
    meetings = [
        a_meeting("2026-03-17"),
        a_meeting("2027-03-16", status=Status.CANCELLED),
        a_meeting("2028-03-21"),
    ]
    assert [latest_year(meetings, year) for year in (2029, 2028, 2026)] == [2028, 2026, None]
