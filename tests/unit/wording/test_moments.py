"""Moments in words always carry weekday, date, clock time and zone."""

import datetime as dt

import pytest

from scheduler.model.moment import Instant
from scheduler.wording.languages import speaker
from scheduler.wording.moments import (
    day_in_words,
    moment_in_words,
    nearness_in_words,
    span_in_words,
    utc_in_words,
    utc_span_in_words,
)

ENGLISH, FRENCH = speaker("en"), speaker("fr")
END_OF_DAY = Instant.parse("2024-02-13T22:59:59Z")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Zurich", "Tuesday 13 February 2024, 23:59:59 (Europe/Zurich, UTC+01:00)"),
        ("Asia/Tokyo", "Wednesday 14 February 2024, 07:59:59 (Asia/Tokyo, UTC+09:00)"),
        ("Asia/Kolkata", "Wednesday 14 February 2024, 04:29:59 (Asia/Kolkata, UTC+05:30)"),
        ("America/St_Johns", "Tuesday 13 February 2024, 19:29:59 (America/St_Johns, UTC-03:30)"),
        ("Etc/GMT+12", "Tuesday 13 February 2024, 10:59:59 (anywhere on Earth, UTC-12:00)"),
        ("UTC", "Tuesday 13 February 2024, 22:59:59 UTC"),
    ],
)
def test_a_moment_names_its_day_time_zone_and_offset(zone: str, words: str):
    assert moment_in_words(END_OF_DAY, zone, ENGLISH) == words


def test_utc_is_told_with_its_own_date():
    late = Instant.parse("2024-02-20T20:30:00-08:00")
    assert utc_in_words(late, ENGLISH) == "Wednesday 21 February 2024, 04:30 UTC"


def test_a_moment_in_french():
    words = "mardi 13 février 2024, 23:59:59 (Europe/Zurich, UTC+01:00)"
    assert moment_in_words(END_OF_DAY, "Europe/Zurich", FRENCH) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(1, "mercredi 1er mai 2024"), (2, "jeudi 2 mai 2024"), (21, "mardi 21 mai 2024")],
)
def test_the_first_of_a_month_has_its_own_form_in_french(day: int, words: str):
    assert day_in_words(dt.date(2024, 5, day), FRENCH) == words


def test_a_span_within_a_day_names_the_day_once():
    start, end = Instant.parse("2024-02-20T12:00:00Z"), Instant.parse("2024-02-20T13:30:00Z")
    assert (
        span_in_words(start, end, "Europe/Zurich", ENGLISH)
        == "Tuesday 20 February 2024, 13:00–14:30 (Europe/Zurich, UTC+01:00)"
    )
    assert utc_span_in_words(start, end, ENGLISH) == "Tuesday 20 February 2024, 12:00–13:30 UTC"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (
            "2024-02-20T22:00:00Z",
            "2024-02-20T23:30:00Z",
            (
                "from Tuesday 20 February 2024, 23:00 (Europe/Zurich, UTC+01:00)"
                " to Wednesday 21 February 2024, 00:30 (Europe/Zurich, UTC+01:00)"
            ),
        ),
        (
            "2026-10-25T00:30:00Z",
            "2026-10-25T02:00:00Z",
            (
                "from Sunday 25 October 2026, 02:30 (Europe/Zurich, UTC+02:00)"
                " to Sunday 25 October 2026, 03:00 (Europe/Zurich, UTC+01:00)"
            ),
        ),
    ],
    ids=["over midnight", "over a clock change"],
)
def test_a_span_names_both_moments_where_one_day_would_mislead(start: str, end: str, words: str):
    first, last = Instant.parse(start), Instant.parse(end)
    assert span_in_words(first, last, "Europe/Zurich", ENGLISH) == words


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        (0, "today", "aujourd’hui"),
        (1, "tomorrow", "demain"),
        (7, "in 7 days", "dans 7 jours"),
        (-1, "1 day ago", "il y a 1 jour"),
        (-2, "2 days ago", "il y a 2 jours"),
    ],
)
def test_nearness_is_counted_in_dates(days: int, english: str, french: str):
    today = dt.date(2024, 2, 28)
    day = today + dt.timedelta(days=days)
    assert nearness_in_words(day, today, ENGLISH) == english
    assert nearness_in_words(day, today, FRENCH) == french
