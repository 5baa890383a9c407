import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.deadline import Anchor, Unit
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
