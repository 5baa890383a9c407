"""Offsets of deadlines, their anchors and hours."""

import datetime as dt

import pytest

from scheduler.intake.moments import Context, Convention, DateFound, OffsetFound, TimeFound, scan
from scheduler.model.deadline import Anchor, TimeSource, Unit

CONTEXT = Context(speaks_on=dt.date(2024, 1, 23), zone="Europe/Zurich")
DATE, START, END, END_DATE = (
    Anchor.MEETING_DATE,
    Anchor.MEETING_START,
    Anchor.MEETING_END,
    Anchor.MEETING_END_DATE,
)
DAY, WORKING, WEEK, MONTH, HOUR = (
    Unit.CALENDAR_DAY,
    Unit.WORKING_DAY,
    Unit.WEEK,
    Unit.MONTH,
    Unit.HOUR,
)


def only(text: str) -> OffsetFound:
    (found,) = scan(text, CONTEXT)
    assert isinstance(found, OffsetFound)
    return found


@pytest.mark.parametrize(
    ("text", "offset", "unit", "anchor"),
    [
        ("7 days before the respective meeting", -7, DAY, DATE),
        ("seven (7) calendar days prior to each meeting", -7, DAY, DATE),
        ("at least two weeks in advance", -2, WEEK, DATE),
        ("12 calendar days before the opening", -12, DAY, DATE),
        ("12 clear days before the meeting", -13, DAY, DATE),
        ("5 working days before", -5, WORKING, DATE),
        ("three business days ahead of the call", -3, WORKING, DATE),
        ("48 hours before the start", -48, HOUR, START),
        ("24h prior", -24, HOUR, START),
        ("13 days before the meeting starts", -13, DAY, START),
        ("one month before", -1, MONTH, DATE),
        ("a week before", -1, WEEK, DATE),
        ("a fortnight before the meeting", -2, WEEK, DATE),
        ("no later than 7 days before the first day", -7, DAY, DATE),
        ("twenty-one days before the TSAG meeting", -21, DAY, DATE),
        ("10 days after the meeting", 10, DAY, END_DATE),
        ("48 hours after the meeting", 48, HOUR, END),
        ("4 weeks after the end of the meeting", 4, WEEK, END),
        ("within four weeks of the meeting", 4, WEEK, END_DATE),
        ("two weeks after the closing date", 2, WEEK, END_DATE),
        ("two weeks after the last day of the meeting", 2, WEEK, END_DATE),
        ("the day before the meeting", -1, DAY, DATE),
        ("J-7", -7, DAY, DATE),
        ("J+10", 10, DAY, END_DATE),
        ("7 jours avant la réunion", -7, DAY, DATE),
        ("5 jours ouvrables avant l’ouverture", -5, WORKING, DATE),
        ("12 jours francs avant la réunion", -13, DAY, DATE),
        ("deux semaines avant", -2, WEEK, DATE),
        ("la veille de la réunion", -1, DAY, DATE),
        ("7 Tage vor der Sitzung", -7, DAY, DATE),
        ("the deadline precedes each meeting by 12 days", -12, DAY, DATE),
    ],
)
def test_an_offset_is_read_in_every_form(
    text: str, offset: int, unit: Unit, anchor: Anchor
) -> None:
    found = only(text)
    assert (found.offset, found.unit, found.anchor) == (offset, unit, anchor)
    assert found.time_source is TimeSource.CONVENTION


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [
        ("7 days before the meeting at 16:00 UTC", "16:00", "UTC"),
        ("7 days before the meeting, at 1600 hours UTC", "16:00", "UTC"),
        ("7 days before the meeting (23:59 AoE)", "23:59", "Etc/GMT+12"),
        ("7 days before the meeting by noon", "12:00", None),
        ("by 16:00 UTC, 7 days before the meeting", "16:00", "UTC"),
        ("7 jours avant la réunion, à 16 h 00", "16:00", None),
        ("the Thursday one week before, 17:00 ET", "17:00", "America/New_York"),
    ],
)
def test_an_offset_takes_the_hour_beside_it(text: str, clock: str, zone: str | None) -> None:
    found = only(text)
    assert found.clock is not None
    assert (f"{found.clock:%H:%M}", found.zone) == (clock, zone)
    assert found.time_source is TimeSource.STATED


def test_close_of_business_is_no_stated_hour() -> None:
    found = only("3 working days before the call, COB Geneva time")
    assert (found.clock, found.convention, found.zone) == (
        None,
        Convention.CLOSE_OF_BUSINESS,
        "Europe/Zurich",
    )


def test_an_hour_that_belongs_to_a_date_stays_with_it() -> None:
    found = scan("20 February 2024 at 13:00, 7 days before the meeting", CONTEXT)
    assert [type(one) for one in found] == [DateFound, TimeFound, OffsetFound]


def test_a_list_of_offsets_shares_its_unit() -> None:
    found = scan("28, 14 and 7 days before the meeting", CONTEXT)
    assert [(one.text, one.offset) for one in found if isinstance(one, OffsetFound)] == [
        ("28", -28),
        ("14", -14),
        ("7 days before the meeting", -7),
    ]


def test_a_weekday_may_anchor_an_offset() -> None:
    assert only("the Thursday one week before").weekday == 3


@pytest.mark.parametrize("text", ["the Friday before the meeting", "Friday preceding the meeting"])
def test_a_weekday_before_the_meeting_is_the_last_that_lies_before_its_day(text: str) -> None:
    found = only(text)
    assert (found.offset, found.unit, found.weekday) == (-1, Unit.CALENDAR_DAY, 4)


def test_the_thursday_of_the_week_before_is_no_week_before_the_meeting() -> None:
    assert scan("the Thursday of the week before the meeting", CONTEXT) == ()


def test_the_anchor_is_quoted() -> None:
    assert only("7 days before the deadline").anchor_text == "the deadline"


@pytest.mark.parametrize(
    "text",
    ["2-3 weeks before", "30 minutes before", "2 weeks' notice", "7 days", "Session 4 after"],
)
def test_what_is_no_offset_is_left_alone(text: str) -> None:
    assert scan(text, CONTEXT) == ()
