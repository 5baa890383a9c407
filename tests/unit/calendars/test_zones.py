from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from calendars.onsets import onsets
from calendars.zones import vtimezone


def declared(zone: str, first_year: int, last_year: int | None = None) -> tuple[str, ...] | None:
    return vtimezone(zone, first_year, last_year or first_year)


def test_a_zone_is_declared_with_a_yearly_rule_for_each_change() -> None:
    assert declared("Europe/Zurich", 2024) == (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Zurich",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
    )


def test_a_zone_without_changes_has_one_standard_block() -> None:
    assert declared("Asia/Kolkata", 2024, 2060) == (
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Kolkata",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:IST",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "END:STANDARD",
        "END:VTIMEZONE",
    )


@pytest.mark.parametrize(
    ("zone", "years", "rules"),
    [
        ("America/New_York", (2006, 2006), ("BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=-1SU")),
        ("America/New_York", (2007, 2060), ("BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU")),
        ("Australia/Sydney", (2024, 2024), ("BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU")),
        ("America/Asuncion", (2022, 2022), ("BYMONTH=3;BYDAY=4SU", "BYMONTH=10;BYDAY=1SU")),
    ],
)
def test_the_rules_are_those_of_the_years(
    zone: str, years: tuple[int, int], rules: tuple[str, str]
) -> None:
    lines = declared(zone, *years)
    assert lines is not None
    found = tuple(line for line in lines if line.startswith("RRULE"))
    assert found == tuple(f"RRULE:FREQ=YEARLY;{rule}" for rule in rules)


def test_all_feeds_declare_the_same_law_in_the_same_lines() -> None:
    assert declared("Europe/Zurich", 1999) == declared("Europe/Zurich", 2024, 2060)


@pytest.mark.parametrize(
    ("zone", "year", "begin"),
    [
        ("America/New_York", 2024, "DTSTART:20070311T020000"),
        ("America/New_York", 2007, "DTSTART:20060312T020000"),  # a year before the span
        ("Asia/Almaty", 2027, "DTSTART:20250101T000000"),  # a new offset since March 2024
    ],
)
def test_a_declaration_begins_with_its_law(zone: str, year: int, begin: str) -> None:
    lines = declared(zone, year)
    assert lines is not None
    assert lines[3] == begin


def test_daylight_is_the_higher_offset_even_where_the_law_says_otherwise() -> None:
    # Irish law calls summer time the standard, and winter time an hour less
    lines = declared("Europe/Dublin", 2024)
    assert lines is not None
    assert lines[lines.index("BEGIN:STANDARD") : lines.index("END:STANDARD")][-3:] == (
        "TZNAME:GMT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
    )


def test_half_hours_and_western_offsets_are_written_with_their_sign() -> None:
    lines = (
        *(declared("Australia/Lord_Howe", 2024) or ()),
        *(declared("America/St_Johns", 2024) or ()),
    )
    offsets = [line for line in lines if line.startswith("TZOFFSETTO")]
    assert sorted(offsets) == [
        "TZOFFSETTO:+1030",
        "TZOFFSETTO:+1100",
        "TZOFFSETTO:-0230",
        "TZOFFSETTO:-0330",
    ]


@pytest.mark.parametrize(
    ("zone", "years"),
    [
        ("Africa/Casablanca", (2024, 2024)),  # clocks follow the moon
        ("Africa/Casablanca", (2025, 2026)),
        ("America/New_York", (2006, 2007)),  # the law changed in between
        ("Asia/Almaty", (2024, 2024)),  # one change, for good
        ("Asia/Jerusalem", (2027, 2040)),  # a Friday before a Sunday: no nth weekday
        ("Africa/Monrovia", (1960, 1960)),  # an offset in seconds
    ],
)
def test_where_no_yearly_rules_hold_there_is_no_declaration(
    zone: str, years: tuple[int, int]
) -> None:
    assert declared(zone, *years) is None


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        declared("Europe/Atlantis", 2024)


def test_the_shortest_lived_offset_is_found() -> None:
    zone = ZoneInfo("America/Noronha")
    found = onsets(zone, datetime(2000, 9, 1, tzinfo=UTC), datetime(2000, 12, 1, tzinfo=UTC))
    assert [onset.local for onset in found] == [datetime(2000, 10, 8), datetime(2000, 10, 15)]


def test_an_onset_is_found_to_the_second() -> None:
    zone = ZoneInfo("Europe/Zurich")
    found = onsets(zone, datetime(2040, 1, 1, tzinfo=UTC), datetime(2040, 12, 31, tzinfo=UTC))
    assert [(onset.at, onset.local, onset.name) for onset in found] == [
        (datetime(2040, 3, 25, 1, tzinfo=UTC), datetime(2040, 3, 25, 2), "CEST"),
        (datetime(2040, 10, 28, 1, tzinfo=UTC), datetime(2040, 10, 28, 3), "CET"),
    ]
