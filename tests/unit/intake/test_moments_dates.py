"""Dates, ranges, lists and periods as people write them."""

import datetime as dt

import pytest

from scheduler.intake.moments import (
    Context,
    DateFound,
    PeriodFound,
    RejectedFound,
    TimeFound,
    scan,
)

CONTEXT = Context(speaks_on=dt.date(2024, 1, 23), zone="Europe/Zurich")


def days(text: str, context: Context = CONTEXT) -> list[tuple[str, str]]:
    found = scan(text, context)
    return [(str(f.first), str(f.last)) for f in found if isinstance(f, DateFound)]


def only(text: str, context: Context = CONTEXT) -> DateFound:
    (found,) = scan(text, context)
    assert isinstance(found, DateFound)
    return found


def codes(found: DateFound) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        "20 February 2024", "20th of February, 2024", "Feb 20, 2024", "February 20th, 2024",
        "Tue 20 Feb 2024", "Tuesday, 20 February 2024", "Tuesday the 20th of February 2024",
        "20-Feb-2024", "20/Feb/2024", "20Feb2024", "20.02.2024", "20. 2. 2024", "20/02/2024",
        "02/20/2024", "2024-02-20", "2024/02/20", "2024 February 20", "2024-Feb-20",
        "dated 20240220", "2024-W08-2", "20 Feb 24", "20 February '24",
        "20\u00a0February\u202f2024",
        "20 Fe\u00adbruary 2024", "20\u1d57\u02b0 February 2024", "20\tFebruary\t2024",
        "20  FEBRUARY  2024", "mardi 20 février 2024", "mardi 20 fe\u0301vrier 2024",
        "20. Februar 2024", "20 de febrero de 2024", "20 February 2024 (Tuesday)",
        "twentieth of February 2024", "**20 February 2024**", "|20 February 2024|",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form(text: str) -> None:
    assert days(text) == [("2024-02-20", "2024-02-20")]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("22 - 26 January 2024", "2024-01-22", "2024-01-26"),
        ("22–26 January 2024", "2024-01-22", "2024-01-26"),
        ("22\u201126 January 2024", "2024-01-22", "2024-01-26"),
        ("26-27 March 2027", "2027-03-26", "2027-03-27"),
        ("March 26-27, 2027", "2027-03-26", "2027-03-27"),
        ("29 July – 2 August 2024", "2024-07-29", "2024-08-02"),
        ("July 29 – August 2, 2024", "2024-07-29", "2024-08-02"),
        ("30 Dec 2024 – 3 Jan 2025", "2024-12-30", "2025-01-03"),
        ("30 December – 3 January 2025", "2024-12-30", "2025-01-03"),
        ("from 3 to 7 June 2024", "2024-06-03", "2024-06-07"),
        ("between 3 and 7 June 2024", "2024-06-03", "2024-06-07"),
        ("between 29 July and 2 August 2024", "2024-07-29", "2024-08-02"),
        ("du 3 au 7 juin 2024", "2024-06-03", "2024-06-07"),
        ("du lundi 3 juin au vendredi 7 juin 2024", "2024-06-03", "2024-06-07"),
        ("vom 3. bis 7. Juni 2024", "2024-06-03", "2024-06-07"),
        ("del 3 al 7 de junio de 2024", "2024-06-03", "2024-06-07"),
        ("Mon 22 – Fri 26 January 2024", "2024-01-22", "2024-01-26"),
        ("2024-01-22 to 2024-01-26", "2024-01-22", "2024-01-26"),
        ("2024-01-22/2024-01-26", "2024-01-22", "2024-01-26"),
        ("22-26/01/2024", "2024-01-22", "2024-01-26"),
        ("22.-26.01.2024", "2024-01-22", "2024-01-26"),
        ("22.01.-26.01.2024", "2024-01-22", "2024-01-26"),
        ("22\n- 26 January 2024", "2024-01-26", "2024-01-26"),
    ],
)
def test_a_range_keeps_both_ends(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4, 11 and 18 March 2024", ["2024-03-04", "2024-03-11", "2024-03-18"]),
        ("20 February, 19 March and 7 May 2025", ["2025-02-20", "2025-03-19", "2025-05-07"]),
        ("18 December, 15 January 2025", ["2024-12-18", "2025-01-15"]),
        ("16 December 2024, 6 January", ["2024-12-16", "2025-01-06"]),
        ("22 et 23 mai 2024", ["2024-05-22", "2024-05-23"]),
        ("28, 29 February and 1 March 2024", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("Tuesday 4 and Wednesday 5 March 2025", ["2025-03-04", "2025-03-05"]),
        ("4 March, 11 March\n2025", ["2025-03-04", "2025-03-11"]),
        ("March 4 and 11, 2025", ["2025-03-04", "2025-03-11"]),
        ("moved from 20 February to 27 February 2024", ["2024-02-20", "2024-02-27"]),
        ("Room 5, 20 February 2024", ["2024-02-20"]),
        ("SGs 12, 15 and 16 March 2024", ["2024-03-16"]),
        ("20 February 2024\n- 21 February 2024", ["2024-02-20", "2024-02-21"]),
    ],
)
def test_a_list_gives_single_days(text: str, expected: list[str]) -> None:
    assert days(text) == [(day, day) for day in expected]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("January 2024", "2024-01-01", "2024-01-31"),
        ("July 2023 to December 2023", "2023-07-01", "2023-12-31"),
        ("July–December 2023", "2023-07-01", "2023-12-31"),
        ("2012-2014", "2012-01-01", "2014-12-31"),
        ("2023/24", "2023-01-01", "2024-12-31"),
        ("2024-W08", "2024-02-19", "2024-02-25"),
        ("week 8 of 2024", "2024-02-19", "2024-02-25"),
        ("7\tMay 2024 meeting", "2024-05-01", "2024-05-31"),
    ],
)
def test_a_period_is_no_date(text: str, first: str, last: str) -> None:
    (found,) = scan(text, CONTEXT)
    assert isinstance(found, PeriodFound)
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "TSAG-TD320", "TD 120 Rev.1", "Res.68", "PP Resolution 198", "WTDC-22", "WTSA-24",
        "sections 3.2.1 and 2.2.5", "10.11.12.13", "version 1.13.00", "Q7/14", "24/7", "9/11",
        "SGs 2 (TD382), 11 (TD368)", "RFC 2418, 7.1", "3 may be late", "in 2024", "ISO 8601:2004",
        "https://example.org/2024-02-20/a", "1300 participants", "1500-1700 MHz", "50:50",
        "+41 22 730 5852", "pages 1300-1430", "from 1200 to 1500 participants", "page 12-15",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert scan(text, CONTEXT) == ()


@pytest.mark.parametrize(
    "text",
    [
        "30 February 2024", "31 April", "29 February 2023", "0 March 2024", "32 March 2024",
        "31/04/2024", "2024-13-01", "2023-02-29", "26 - 22 January 2024", "32/13/2024",
        "30 février 2024",
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_rejected(text: str) -> None:
    (found,) = scan(text, CONTEXT)
    assert isinstance(found, RejectedFound)
    assert (found.text, found.problem.code) == (text, "invalid_date")


@pytest.mark.parametrize(
    ("text", "speaks_on", "expected"),
    [
        ("before Thursday January 25th", "2024-01-23", "2024-01-25"),
        ("by 12 March", "2024-01-23", "2024-03-12"),
        ("by 12 March", "2024-11-20", "2025-03-12"),
        ("by 23 January", "2024-01-23", "2024-01-23"),
        ("on 20 January", "2024-01-23", "2024-01-20"),
        ("The group met on 5 November", "2024-01-23", "2023-11-05"),
        ("It was held on 23 January", "2024-01-23", "2024-01-23"),
        ("Tuesday 11 March", "2024-10-01", "2025-03-11"),
        ("Tuesday 3 December", "2025-01-10", "2024-12-03"),
        ("29 February", "2023-11-01", "2024-02-29"),
    ],
)
def test_a_missing_year_comes_from_the_day_the_text_speaks_on(
    text: str, speaks_on: str, expected: str
) -> None:
    found = only(text, Context(speaks_on=dt.date.fromisoformat(speaks_on)))
    assert (str(found.first), found.year_inferred) == (expected, True)
    assert codes(found) == ["year_inferred"]


def test_the_year_of_a_heading_counts_for_what_follows() -> None:
    found = only("12 March", Context(year=2027))
    assert (found.first, found.year_inferred) == (dt.date(2027, 3, 12), True)


def test_without_a_day_to_speak_from_the_text_itself_decides() -> None:
    found = scan("Geneva, 22 January 2025. Papers by 3 February.", Context())
    assert [f.first for f in found if isinstance(f, DateFound)] == [
        dt.date(2025, 1, 22),
        dt.date(2025, 2, 3),
    ]


def test_a_year_that_nothing_tells_is_not_invented() -> None:
    (found,) = scan("20 February", Context())
    assert isinstance(found, RejectedFound)
    assert found.problem.code == "missing_year"


def test_a_weekday_that_contradicts_its_date_is_flagged_and_not_repaired() -> None:
    found = only("Monday, 20 February 2024")
    assert (found.first, found.weekday, codes(found)) == (
        dt.date(2024, 2, 20),
        0,
        ["weekday_mismatch"],
    )
    assert "is a Tuesday" in found.problems[0].message


def test_both_weekdays_of_a_range_are_checked() -> None:
    assert codes(only("Monday 22 – Thursday 26 January 2024")) == ["weekday_mismatch"]


def test_figures_that_read_both_ways_are_flagged_day_first() -> None:
    found = only("03/04/2024")
    assert (found.first, codes(found)) == (dt.date(2024, 4, 3), ["ambiguous_date"])
    assert found.alternatives == ((dt.date(2024, 3, 4), dt.date(2024, 3, 4)),)


def test_other_dates_of_the_text_show_the_order_of_figures() -> None:
    assert days("03/04/2024 and 04/20/2024") == [
        ("2024-03-04", "2024-03-04"),
        ("2024-04-20", "2024-04-20"),
    ]


def test_a_weekday_settles_the_order_of_figures() -> None:
    found = only("Mon 03/04/2024")
    assert (found.first, found.problems) == (dt.date(2024, 3, 4), ())


def test_full_stops_are_always_day_first() -> None:
    found = only("03.04.2024")
    assert (found.first, found.problems) == (dt.date(2024, 4, 3), ())


def test_spans_are_those_of_the_text() -> None:
    text = "Geneva, 22\u00a0–\u00a026 January 2024), i.\t20 February"
    found = scan(text, CONTEXT)
    assert [text[f.span.start : f.span.end] for f in found] == [f.text for f in found]
    assert [f.text for f in found] == ["22\u00a0–\u00a026 January 2024", "20 February"]


@pytest.mark.parametrize(
    ("text", "dates", "hours"),
    [
        ("Monday January 25, 7-9pm ET", ["2027-01-25"], ["19:00"]),
        ("Mar 3, 1-2:30pm", ["2027-03-03"], ["13:00"]),
        ("January 20 - 7pm", ["2027-01-20"], ["19:00"]),
        ("March 4, 11 and 18, 2-3 pm", ["2027-03-04", "2027-03-11", "2027-03-18"], ["14:00"]),
        ("March 4, 11 and 18, 14-15h", ["2027-03-04", "2027-03-11", "2027-03-18"], ["14:00"]),
    ],
)
def test_a_list_of_days_ends_where_the_hours_begin(text, dates, hours) -> None:
    found = scan(text, Context(speaks_on=dt.date(2027, 1, 15), zone=None))
    assert [str(one.first) for one in found if isinstance(one, DateFound)] == dates
    assert [f"{one.start:%H:%M}" for one in found if isinstance(one, TimeFound)] == hours
