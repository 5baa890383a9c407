import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.deadline import Anchor, IfClosed, Unit
from scheduler.model.moment import Reading, exact
from scheduler.rules.deadlines import apply, end_of_day
from tests.support.meetings import a_meeting, a_rule


@pytest.mark.parametrize(
    ("rule", "utc"),
    [
        (a_rule(-7), "2027-03-18T22:59:59Z"),  # the clocks change on 28 March: still a wall week
        (a_rule(-7, at="16:00", zone="UTC"), "2027-03-18T16:00:00Z"),
        (a_rule(-1, Unit.WEEK), "2027-03-18T22:59:59Z"),
        (a_rule(-1, Unit.MONTH), "2027-02-25T22:59:59Z"),
        (a_rule(-5, Unit.WORKING_DAY), "2027-03-18T22:59:59Z"),
        (a_rule(-4, Unit.WORKING_DAY), "2027-03-19T22:59:59Z"),
        (a_rule(-48, Unit.HOUR, Anchor.MEETING_START), "2027-03-23T12:00:00Z"),
        (a_rule(-7, zone="Etc/GMT+12"), "2027-03-19T11:59:59Z"),
        (a_rule(10, anchor=Anchor.MEETING_END_DATE, kind="minutes"), "2027-04-04T21:59:59Z"),
        (a_rule(24, Unit.HOUR, Anchor.MEETING_END), "2027-03-26T13:30:00Z"),
    ],
)
def test_offsets_are_counted_on_the_wall_calendar_and_hours_as_elapsed(rule, utc):
    deadline = apply(rule, a_meeting("2027-03-25"))
    assert str(exact(deadline.moment)) == utc


CLOSED = {dt.date(2017, 12, day) for day in (25, 26)}
IN_FEBRUARY = a_meeting("2018-02-26", "09:30", "17:30", end_date=dt.date(2018, 3, 2))


@pytest.mark.parametrize(
    ("rule", "utc"),
    [
        (a_rule(-12), "2018-02-14T22:59:59Z"),
        (replace(a_rule(-12), clear_days=True), "2018-02-13T22:59:59Z"),
        (
            replace(a_rule(10, anchor=Anchor.MEETING_END_DATE), clear_days=True),
            "2018-03-13T22:59:59Z",
        ),
        (replace(a_rule(-3, Unit.WORKING_DAY), clear_days=True), "2018-02-20T22:59:59Z"),
        (replace(a_rule(-2, Unit.WEEK), clear_days=True), "2018-02-12T22:59:59Z"),
        (a_rule(-2, Unit.MONTH), "2017-12-26T22:59:59Z"),
        (replace(a_rule(-2, Unit.MONTH), if_closed=IfClosed.EARLIER), "2017-12-22T22:59:59Z"),
        (replace(a_rule(-2, Unit.MONTH), if_closed=IfClosed.LATER), "2017-12-27T22:59:59Z"),
        (replace(a_rule(-15), if_closed=IfClosed.LATER), "2018-02-12T22:59:59Z"),
        (replace(a_rule(-10, at="10:00"), same_clock=True), "2018-02-16T08:30:00Z"),
        (
            replace(a_rule(7, anchor=Anchor.MEETING_END), same_clock=True),
            "2018-03-09T16:30:00Z",
        ),
        (replace(a_rule(-7, at="17:00"), weekday=3), "2018-02-15T16:00:00Z"),
        (replace(a_rule(1, at="17:00"), weekday=3), "2018-03-01T16:00:00Z"),
        (
            replace(a_rule(-1, Unit.WEEK, at="17:00", zone="America/New_York"), weekday=3),
            "2018-02-15T22:00:00Z",
        ),
    ],
)
def test_clear_days_weekdays_closed_days_and_the_meetings_own_hour(rule, utc):
    deadline = apply(rule, IN_FEBRUARY, CLOSED)
    assert str(exact(deadline.moment)) == utc


def test_ten_days_before_at_the_same_hour_is_that_hour_across_a_clock_change():
    meeting = a_meeting("2024-03-14", "10:00", "16:00", zone="America/New_York")
    deadline = apply(replace(a_rule(-10), same_clock=True), meeting)
    assert str(exact(deadline.moment)) == "2024-03-04T15:00:00Z"
    assert str(meeting.start_instant) == "2024-03-14T14:00:00Z"


def test_an_hour_that_is_taken_over_from_a_meeting_without_one_gives_nothing():
    meeting = a_meeting("2024-03-14", start=None, end=None)
    assert apply(replace(a_rule(-10), same_clock=True), meeting) is None


def test_hours_before_a_meeting_on_the_night_of_a_clock_change_are_elapsed_hours():
    meeting = a_meeting("2027-03-28", "13:00", "14:00")
    deadline = apply(a_rule(-24, Unit.HOUR, Anchor.MEETING_START), meeting)
    assert (deadline.moment.day, deadline.moment.clock) == (dt.date(2027, 3, 27), dt.time(12, 0))


def test_a_rule_for_one_meeting_gives_others_nothing():
    rule = replace(a_rule(-7), only_for=("ii",))
    assert apply(rule, a_meeting("2027-03-25", label="i")) is None
    assert apply(rule, a_meeting("2027-03-25", label="ii")) is not None


@pytest.mark.parametrize("rule", [a_rule(-24, Unit.HOUR), a_rule(-9_999_999)])
def test_what_cannot_be_counted_gives_nothing(rule):
    assert apply(rule, a_meeting("2027-03-25", start=None, end=None)) is None


def test_a_repeated_last_second_of_a_day_is_the_later_one():
    # Havana sets its clocks back at 01:00 to 00:00; Amman's and others' days end twice in a year.
    wall = end_of_day(dt.date(2021, 10, 28), "Asia/Amman")
    assert wall.reading in (None, Reading.LATER)
    assert exact(wall).in_zone("Asia/Amman").date() == dt.date(2021, 10, 28)
