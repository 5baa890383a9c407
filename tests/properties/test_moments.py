"""Laws of the grammar: it reads what is written, never fails, keeps its place, and is linear."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.moments import (
    Context,
    DateFound,
    OffsetFound,
    TimeFound,
    cardinal,
    roman,
    scan,
)
from scheduler.intake.moments.numbers import CARDINALS, roman_figure
from scheduler.intake.moments.scanning import scan_page
from scheduler.intake.moments.tokens import Page, Token

CONTEXT = Context(speaks_on=dt.date(2024, 1, 23), zone="Europe/Zurich")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FORMS = (
    "{d.day} {month} {d.year}", "{month} {d.day}, {d.year}", "{weekday}, {d.day} {month} {d.year}",
    "{weekday} {month} {d.day} {d.year}", "{d.day}-{month:.3}-{d.year}", "{d:%Y-%m-%d}",
    "{d:%Y/%m/%d}", "{d:%d.%m.%Y}", "{d.day} {mois} {d.year}", "{d.day}\u00a0{month}\t{d.year}",
    "{d.day} {month:.3} {d.year}", "{d.day} {month} {d.year} ({weekday:.3})",
)  # fmt: skip
HOSTILE = (
    "1, ", "4 and ", "1-", "2024-", "1.", "1:", "13:00 (", "13:00/", "9 a.m. - ", "a.m. ", "h 3",
    "20 February, ", "UTC+", "America/", "Geneva ", "heure de ", "twenty-", "one (1) ", "Mon ",
    "7 days before ", "before the meeting of the ", "(", "-", "\u00ad", "\u0301", "www.", "\n",
)  # fmt: skip

days = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))
clocks = st.times(max_value=dt.time(23, 59)).map(
    lambda clock: clock.replace(second=0, microsecond=0)
)
pieces = st.sampled_from(
    [*HOSTILE, *MONTHS[:3], *MOIS[4:6], "20", "2024", "13:00", "1300-1430", "CET", "UTC", " to ",
     "/", "before", "days", "noon", "'", "th", "°", "²", "٢", "\u2028", "COB", "J-7", "|", "24:00"]
)  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(pieces, max_size=30).map(" ".join),
                  st.lists(pieces, max_size=30).map("".join))  # fmt: skip
contexts = st.builds(
    Context,
    speaks_on=st.none() | st.dates(),
    zone=st.sampled_from([None, "Europe/Zurich", "Asia/Kolkata", "Not/AZone"]),
    year=st.none() | st.integers(-10, 12000),
)


def written(day: dt.date, form: str) -> str:
    return form.format(
        d=day,
        month=MONTHS[day.month - 1],
        mois=MOIS[day.month - 1],
        weekday=WEEKDAYS[day.weekday()],
    )


@pytest.mark.parametrize("form", FORMS)
@given(day=days)
def test_a_written_day_is_read_back(form: str, day: dt.date) -> None:
    text = written(day, form)
    (found,) = scan(f"The call of {text} was good.", CONTEXT)
    assert isinstance(found, DateFound)
    assert (found.first, found.last, found.text) == (day, day, text)
    assert found.problems == ()


@given(first=days, length=st.integers(1, 400), form=st.sampled_from(FORMS[:2]))
def test_a_written_range_is_read_back(first: dt.date, length: int, form: str) -> None:
    last = first + dt.timedelta(days=length)
    (found,) = scan(f"{written(first, form)} – {written(last, form)}", CONTEXT)
    assert isinstance(found, DateFound)
    assert (found.first, found.last) == (first, last)


@given(
    clock=clocks,
    form=st.sampled_from(["at %H:%M", "%H:%M UTC", "at %I:%M %p", "%Hh%M", "at %H%MZ"]),
)
def test_a_written_hour_is_read_back(clock: dt.time, form: str) -> None:
    (found,) = scan(clock.strftime(form), CONTEXT)
    assert isinstance(found, TimeFound)
    assert (found.start, found.end) == (clock, None)


@given(start=clocks, minutes=st.integers(1, 720))
def test_a_written_range_of_hours_is_read_back(start: dt.time, minutes: int) -> None:
    ends = dt.datetime.combine(dt.date(2024, 2, 20), start) + dt.timedelta(minutes=minutes)
    (found,) = scan(f"{start:%H:%M}–{ends:%H:%M}", CONTEXT)
    assert isinstance(found, TimeFound)
    assert (found.start, found.end) == (start, ends.time())
    assert found.end_day_offset == (ends.date() > dt.date(2024, 2, 20))


@given(number=st.integers(1, 400), unit=st.sampled_from(["calendar days", "working days", "weeks"]))
def test_a_written_offset_is_read_back(number: int, unit: str) -> None:
    (found,) = scan(f"{number} {unit} before the meeting", CONTEXT)
    assert isinstance(found, OffsetFound)
    assert found.offset == -number


@given(text=texts, context=contexts)
def test_any_text_is_scanned_and_every_span_is_in_place(text: str, context: Context) -> None:
    end = 0
    for found in scan(text, context):
        assert end <= found.span.start < found.span.end <= len(text)
        assert text[found.span.start : found.span.end] == found.text
        end = found.span.end


@given(texts)
def test_a_text_is_scanned_the_same_way_twice(text: str) -> None:
    assert scan(text, CONTEXT) == scan(text, CONTEXT)


@given(st.sampled_from(sorted(CARDINALS)))
def test_every_number_word_is_read(word: str) -> None:
    assert cardinal(word.replace("-", " ").upper()) == CARDINALS[word]


@given(st.integers(1, 39))
def test_roman_figures_are_read_back(number: int) -> None:
    assert roman(roman_figure(number)) == number


class CountingPage(Page):
    """A page that counts how often a token is looked at."""

    steps = 0

    def at(self, index: int) -> Token:
        self.steps += 1
        return super().at(index)


def steps(text: str) -> int:
    page = CountingPage(text)
    scan_page(page, CONTEXT)
    return page.steps


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    size = 3000
    once = steps((piece * size)[:size])
    twice = steps((piece * size)[: 2 * size])
    assert twice <= 2 * once + 2000


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_character_takes_many_steps(piece: str) -> None:
    size = 3000
    assert steps((piece * size)[:size]) <= 150 * size


def test_a_megabyte_without_an_end_is_scanned() -> None:
    assert scan("9" * 300_000 + "-" * 300_000 + "a" * 300_000 + " " * 100_000, CONTEXT) == ()
