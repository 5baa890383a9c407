"""Clock times, ranges of them, and their restatements."""

import datetime as dt

import pytest

from scheduler.intake.moments import Context, Convention, RejectedFound, TimeFound, scan

CONTEXT = Context(speaks_on=dt.date(2024, 1, 23), zone="Europe/Zurich")


def times(text: str) -> list[TimeFound]:
    return [found for found in scan(text, CONTEXT) if isinstance(found, TimeFound)]


def hours(text: str) -> list[str]:
    return [
        f"{found.start:%H:%M}" + (f"-{found.end:%H:%M}" if found.end else "")
        for found in times(text)
        if found.start
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1300-1430", "13:00–14:30", "13:00 - 14:30 h", "13.00-14.30", "13.00–14.30 Uhr",
        "13h00-14h30", "13 h 00 à 14 h 30", "1:00 pm - 2:30 pm", "1-2:30pm", "1pm-2:30",
        "from 13:00 to 14:30", "between 13:00 and 14:30", "de 13h à 14h30", "von 13.00 bis 14.30",
        "13:00 for 90 minutes", "13:00 (1.5 hours)", "13:00 (1h30)", "13:00, duration 90 min",
        "20 February 2024, 1300-1430, topics", "20 February 2024 | 1300-1430 |",
        "13:00 UTC - 14:30 UTC", "1300-1430 hours", "13:00\u00a0−\u00a014:30", "1300h-1430h",
        "13:00 to 2:30 p.m.",
    ],
)  # fmt: skip
def test_a_range_of_hours_is_read_in_every_form(text: str) -> None:
    assert hours(text) == ["13:00-14:30"]


@pytest.mark.parametrize(
    "text",
    [
        "at 1300", "13:00", "13.00 h", "13 Uhr", "à 13 h", "à 13 heures", "1 pm", "1 p.m.",
        "1:00 PM", "starting at 13:00", "1300 hours UTC", "1300Z", "13:00:00Z",
        "2024-02-20T13:00Z", "20240220T130000Z", "20 February 2024 at 13.00",
        "closed at 13:00 hours",
        "13 UTC", "13h00",
    ],
)  # fmt: skip
def test_an_hour_is_read_in_every_form(text: str) -> None:
    assert hours(text) == ["13:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11-1pm", "11:00-13:00"),
        ("9-11 am", "09:00-11:00"),
        ("11am-1pm", "11:00-13:00"),
        ("12 - 1 pm", "12:00-13:00"),
        ("10am-12:30", "10:00-12:30"),
        ("12 am - 1 am", "00:00-01:00"),
        ("0930–1230", "09:30-12:30"),
        ("9-10:30", "09:00-10:30"),
        ("20 February 2000-2100", "20:00-21:00"),
    ],
)
def test_halves_of_the_day_and_bare_figures(text: str, expected: str) -> None:
    assert hours(text) == [expected]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("23:00-01:00", ("23:00", 0), ("01:00", 1)),
        ("22:00-24:00", ("22:00", 0), ("00:00", 1)),
        ("22:00-midnight", ("22:00", 0), ("00:00", 1)),
        ("22:00-00:00", ("22:00", 0), ("00:00", 1)),
        ("23:30 for two hours", ("23:30", 0), ("01:30", 1)),
        ("00:00-24:00", ("00:00", 0), ("00:00", 1)),
    ],
)
def test_a_range_may_pass_midnight(text: str, start: tuple[str, int], end: tuple[str, int]) -> None:
    (found,) = times(text)
    assert found.start is not None
    assert found.end is not None
    assert (f"{found.start:%H:%M}", found.start_day_offset) == start
    assert (f"{found.end:%H:%M}", found.end_day_offset) == end


@pytest.mark.parametrize(
    ("text", "days"),
    [("24:00", 1), ("00:00", 0), ("at midnight", 0), ("by midnight", 1)],
)
def test_midnight_ends_a_day_or_begins_it(text: str, days: int) -> None:
    (found,) = times(text)
    assert (found.start, found.start_day_offset) == (dt.time(0), days)


@pytest.mark.parametrize(
    ("text", "convention", "start", "zone"),
    [
        ("COB", Convention.CLOSE_OF_BUSINESS, None, None),
        ("close of business (17:00 CET)", Convention.CLOSE_OF_BUSINESS, "17:00", "Europe/Zurich"),
        ("COB Geneva time", Convention.CLOSE_OF_BUSINESS, None, "Europe/Zurich"),
        ("by end of day", Convention.END_OF_DAY, None, None),
        ("fin de journée", Convention.END_OF_DAY, None, None),
        ("13 February 2024 AoE", Convention.END_OF_DAY, None, "Etc/GMT+12"),
        ("13 February 2024 (AoE)", Convention.END_OF_DAY, None, "Etc/GMT+12"),
        ("noon", Convention.NOON, "12:00", None),
        ("12:00 (noon) UTC", Convention.NOON, "12:00", "UTC"),
        ("à midi", Convention.NOON, "12:00", None),
        ("23:59 AoE", None, "23:59", "Etc/GMT+12"),
    ],
)
def test_words_stand_for_hours(
    text: str, convention: Convention | None, start: str | None, zone: str | None
) -> None:
    (found,) = times(text)
    stated = f"{found.start:%H:%M}" if found.start else None
    assert (found.convention, stated, found.zone) == (convention, start, zone)


@pytest.mark.parametrize(
    "text", ["at 25:00", "13:75", "14:30-13:00", "13:00-13:00", "1300-1475 hours", "24:30 UTC"]
)
def test_a_time_that_cannot_be_is_rejected(text: str) -> None:
    (found,) = scan(text, CONTEXT)
    assert isinstance(found, RejectedFound)
    assert found.problem.code == "invalid_time"


def test_an_idiom_is_no_hour() -> None:
    assert times("At the end of the day, it was agreed") == []


@pytest.mark.parametrize(
    ("text", "stated", "restated"),
    [
        ("15:00-16:30 CET (14:00-15:30 UTC)", "Europe/Zurich", ["UTC"]),
        ("8pm ET / 5pm PT", "America/New_York", ["America/Los_Angeles"]),
        (
            "13:00 Geneva / 07:00 New York / 20:00 Beijing",
            "Europe/Zurich",
            ["America/New_York", "Asia/Shanghai"],
        ),
        ("13:00-14:30 (12:00-13:30 UTC, 07:00 New York)", None, ["UTC", "America/New_York"]),
    ],
)
def test_a_restatement_names_the_time_it_restates(
    text: str, stated: str | None, restated: list[str]
) -> None:
    first, *others = times(text)
    assert (first.zone, first.conversion_of) == (stated, None)
    assert [(other.zone, other.conversion_of) for other in others] == [
        (zone, first.span) for zone in restated
    ]


def test_two_sessions_of_a_day_are_two_ranges() -> None:
    assert hours("0930–1230, 1430–1730") == ["09:30-12:30", "14:30-17:30"]


def test_the_year_of_the_next_date_is_no_hour() -> None:
    assert hours("2026-09-15T13:00Z to 2026-09-15T14:30Z") == ["13:00", "14:30"]


def test_a_range_may_be_wrapped_after_its_dash() -> None:
    assert hours("15 July 2026, 13:00-\n14:30 Geneva time") == ["13:00-14:30"]
