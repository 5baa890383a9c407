"""Months as tables: which squares they have, and on which days of a zone things stand."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.moment import Instant
from scheduler.publication.pages.hours import Hours, LocalHours
from scheduler.publication.pages.months import MOST_DAYS, Dated, month_tables
from scheduler.wording.languages import LANGUAGES, speaker

ENGLISH = speaker("en")


def at(start: str, end: str | None = None) -> Hours:
    begins, ends = Instant.parse(start), Instant.parse(end) if end else None
    days = begins.utc.date(), (ends or begins).utc.date()
    return Hours(lines=("",), first=days[0], last=days[1], start=begins, end=ends)


def whole(first: str, last: str) -> Hours:
    days = map(dt.date.fromisoformat, (first, last))
    return Hours(lines=("",), first=next(days), last=next(days))


def shown(hours: Hours, zone: str = "UTC") -> list[tuple[str, str]]:
    """Each day on which something stands, with its clock time."""
    dated = Dated(hours=hours, text="x", address="#x")
    return [
        (str(square.day), line.clock)
        for month in month_tables([dated], zone, ENGLISH).months
        for week in month.weeks
        for square in week
        if square
        for line in square.lines
    ]


@pytest.mark.parametrize(
    ("hours", "zone", "days"),
    [
        (at("2026-02-05T22:59:59Z"), "Europe/Zurich", [("2026-02-05", "23:59:59")]),
        (at("2026-02-05T22:59:59Z"), "Asia/Tokyo", [("2026-02-06", "07:59:59")]),
        (
            at("2026-03-19T21:00:00Z", "2026-03-19T23:30:00Z"),
            "Europe/Zurich",
            [("2026-03-19", "22:00"), ("2026-03-20", "")],
        ),
        (
            at("2026-03-19T21:00:00Z", "2026-03-19T23:30:00Z"),
            "America/New_York",
            [("2026-03-19", "17:00")],
        ),
        (at("2026-03-19T21:00:00Z", "2026-03-20T00:00:00Z"), "UTC", [("2026-03-19", "21:00")]),
        (at("2026-03-20T00:00:00Z"), "UTC", [("2026-03-20", "00:00")]),
        (
            whole("2026-04-29", "2026-05-01"),
            "Asia/Tokyo",
            [("2026-04-29", ""), ("2026-04-30", ""), ("2026-05-01", "")],
        ),
    ],
)
def test_things_stand_on_their_days_of_a_zone(hours, zone, days):
    assert shown(hours, zone) == days


def test_what_lasts_for_years_fills_no_years():
    assert len(shown(whole("2026-01-01", "2099-01-01"))) == MOST_DAYS


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2028-02-29"])
def test_any_day_of_the_calendar_has_its_month(day: str):
    assert shown(whole(day, day)) == [(day, "")]


def test_a_month_has_whole_weeks_from_the_first_day_of_the_week():
    tables = month_tables(
        [Dated(hours=whole("2026-02-12", "2026-02-12"), text="", address="")], "UTC", ENGLISH
    )
    (february,) = tables.months
    assert february.title == "February 2026"
    assert [[square and square.day.day for square in week] for week in february.weeks] == [
        [None, None, None, None, None, None, 1],
        [2, 3, 4, 5, 6, 7, 8],
        [9, 10, 11, 12, 13, 14, 15],
        [16, 17, 18, 19, 20, 21, 22],
        [23, 24, 25, 26, 27, 28, None],
    ]
    assert tables.weekdays[0] == ("Mon", "Monday")
    assert tables.first_day == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_of_the_week_stand_over_their_squares(language: str):
    thursday = Dated(hours=whole("2026-02-12", "2026-02-12"), text="", address="")
    tables = month_tables([thursday], "UTC", speaker(language))
    (place,) = {
        number
        for week in tables.months[0].weeks
        for number, square in enumerate(week)
        if square and square.lines
    }
    assert (place + tables.first_day) % 7 == 4


def test_a_day_tells_what_begins_first_first():
    later, earlier = at("2026-02-12T13:00:00Z"), at("2026-02-12T09:00:00Z")
    dated = [Dated(hours=one, text=str(one.start), address="") for one in (later, earlier)]
    lines = [
        line.clock
        for week in month_tables(dated, "UTC", ENGLISH).months[0].weeks
        for square in week
        if square
        for line in square.lines
    ]
    assert lines == ["09:00", "13:00"]


def test_hours_for_machines_are_instants_or_dates():
    timed = at("2026-02-12T13:00:00Z", "2026-02-12T14:30:00Z")
    assert (timed.starts, timed.ends, timed.timed) == (
        "2026-02-12T13:00:00Z",
        "2026-02-12T14:30:00Z",
        True,
    )
    days = whole("2026-02-12", "2026-02-13")
    assert (days.starts, days.ends, days.timed) == ("2026-02-12", "2026-02-13", False)
    assert replace(days, last=days.first).ends is None
    assert days.in_zone("Asia/Tokyo") == LocalHours(days.first, days.last)
