"""Moments in words always carry weekday, date, clock time and zone."""

import datetime as dt

import pytest

from scheduler.model.moment import Instant
from scheduler.wording.isolates import MARKS
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


@pytest.mark.parametrize(
    ("language", "span", "moment"),
    [
        (
            "ar",
            "الثلاثاء 20 فبراير 2024، من 13:00 إلى 14:30 (Europe/Zurich, UTC+01:00)",
            "الثلاثاء 13 فبراير 2024، 22:59:59 UTC",
        ),
        (
            "es",
            "martes 20 de febrero de 2024, 13:00–14:30 (Europe/Zurich, UTC+01:00)",
            "martes 13 de febrero de 2024, 22:59:59 UTC",
        ),
        (
            "ru",
            "20 февраля 2024 г. (вторник), 13:00–14:30 (Europe/Zurich, UTC+01:00)",
            "13 февраля 2024 г. (вторник), 22:59:59 UTC",
        ),
        (
            "zh",
            "2024年2月20日星期二 13:00–14:30（Europe/Zurich, UTC+01:00）",
            "2024年2月13日星期二 22:59:59 UTC",
        ),
    ],
)
def test_spans_and_moments_in_further_languages(language: str, span: str, moment: str):
    start, end = Instant.parse("2024-02-20T12:00:00Z"), Instant.parse("2024-02-20T13:30:00Z")
    said = speaker(language)
    assert without_marks(span_in_words(start, end, "Europe/Zurich", said)) == span
    assert without_marks(utc_in_words(END_OF_DAY, said)) == moment


def without_marks(text: str) -> str:
    return "".join(sign for sign in text if sign not in MARKS)


def test_what_is_latin_in_an_arabic_span_stands_on_its_own():
    start, end = Instant.parse("2024-02-20T12:00:00Z"), Instant.parse("2024-02-20T13:30:00Z")
    words = span_in_words(start, end, "Europe/Zurich", speaker("ar"))
    assert words.endswith("(\u2068Europe/Zurich, UTC+01:00\u2069)")
    assert "من \u206813:00\u2069 إلى \u206814:30\u2069" in words


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("ar", ("اليوم", "غداً", "بعد يومين", "بعد 7 أيام", "قبل 11 يوماً")),
        ("es", ("hoy", "mañana", "dentro de 2 días", "dentro de 7 días", "hace 11 días")),
        ("ru", ("сегодня", "завтра", "через 2 дня", "через 7 дней", "11 дней назад")),
        ("zh", ("今天", "明天", "2天后", "7天后", "11天前")),
    ],
)
def test_nearness_in_further_languages(language: str, days: tuple[str, ...]):
    today = dt.date(2024, 2, 13)
    said = tuple(
        nearness_in_words(today + dt.timedelta(away), today, speaker(language))
        for away in (0, 1, 2, 7, -11)
    )
    assert said == days
