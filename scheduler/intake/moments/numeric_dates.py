"""Dates in figures: "2024-02-20", "20/02/2024", "20.02.2024", "22.-26.01.2024", "2024-W08-2"."""

import datetime as dt
from typing import NamedTuple

from scheduler.intake.moments.figures import (
    FIRST_YEAR,
    LAST_YEAR,
    DatePart,
    Figures,
    read_to,
    read_weekday,
)
from scheduler.intake.moments.tokens import Gap, Kind, Page
from scheduler.intake.moments.worded_dates import read_trailing_weekday

_SEPARATORS = frozenset("-/.")
_DATE_CUES = frozenset(
    {"date", "dated", "on", "le", "du", "since", "from", "to", "until", "by", "before"}
)
_CENTURY = 2000
_WRITTEN_YEARS = range(1000, 3000)  # those that no calendar knows are rejected afterwards


class Numeric(NamedTuple):
    """One date in figures; `unsure` where day and month may stand either way."""

    figures: Figures
    unsure: bool
    stop: int


def read_numeric_dates(page: Page, begin: int) -> tuple[list[DatePart], int] | None:
    """Read one date or range in figures, with a weekday before or after it."""
    weekday = read_weekday(page, begin)
    index = weekday[1] if weekday else begin
    if page.at(index).kind is not Kind.NUMBER or not page.alone(begin):
        return None
    part = _read_shared(page, index) or _read_full(page, index)
    if part is None:
        return None
    part = part._replace(begin=begin)
    if weekday:
        part = _with_weekday(part, weekday[0])
    elif part.first == part.last and (trailing := read_trailing_weekday(page, part.stop)):
        part = _with_weekday(part, trailing[0])._replace(stop=trailing[1])
    return [part], part.stop


def _with_weekday(part: DatePart, weekday: int) -> DatePart:
    first = part.first._replace(weekday=weekday)
    return part._replace(first=first, last=first if part.first == part.last else part.last)


def _read_full(page: Page, begin: int) -> DatePart | None:
    first = _read_one(page, begin)
    if first is None:
        return None
    onward = read_to(page, first.stop)
    if onward is None and page.key(first.stop) == "/":
        onward = first.stop + 1
    last = None
    if onward is not None and page.at(onward).kind is Kind.NUMBER:
        last = _read_one(page, onward)
    last = last or first
    return DatePart(begin, last.stop, first.figures, last.figures, first.unsure or last.unsure)


def _read_one(page: Page, begin: int) -> Numeric | None:
    token = page.at(begin)
    if token.kind is not Kind.NUMBER:
        return None
    if len(token.key) == 4:
        return _read_week_day(page, begin) or _read_year_first(page, begin)
    if len(token.key) == 8:
        return _read_compact(page, begin)
    return _read_year_last(page, begin) if len(token.key) <= 2 else None


def _numbers(page: Page, begin: int) -> tuple[str, int, int] | None:
    """Return the separator and indexes of the second and third number of "a-b-c"."""
    mark, second, again, third = (page.at(begin + n) for n in range(1, 5))
    numbers = second.kind is Kind.NUMBER and third.kind is Kind.NUMBER
    if not numbers or mark.key not in _SEPARATORS or again.key != mark.key:
        return None
    tight = all(token.touches for token in (mark, second, again, third))
    spaced = mark.key == "." and mark.touches and again.touches and third.gap <= Gap.SPACE
    if not tight and not (spaced and second.gap is Gap.SPACE):
        return None
    after, beyond = page.at(begin + 5), page.at(begin + 6)
    goes_on = after.touches and after.key in _SEPARATORS and beyond.touches
    if goes_on and beyond.kind is Kind.NUMBER and after.key == mark.key and mark.key != "-":
        return None  # "10.11.12.13" is an address or a clause
    if after.touches and after.kind is Kind.WORD and after.key != "t":
        return None
    return mark.key, begin + 2, begin + 4


def _read_year_first(page: Page, begin: int) -> Numeric | None:
    found = _numbers(page, begin)
    year = page.at(begin).value
    if found is None or year not in _WRITTEN_YEARS:
        return None
    month, day = page.at(found[1]), page.at(found[2])
    if len(month.key) > 2 or len(day.key) > 2:
        return None
    return Numeric(Figures(day.value, month.value, year), False, begin + 5)


def _read_year_last(page: Page, begin: int) -> Numeric | None:
    found = _numbers(page, begin)
    if found is None:
        return None
    mark, second, third = found[0], page.at(found[1]), page.at(found[2])
    year = _year(page, begin, mark, second.key, third.key)
    if year is None or len(second.key) > 2:
        return None
    # full stops are always day first; with other marks both orders are in use
    unsure = mark != "."
    return Numeric(Figures(page.at(begin).value, second.value, year), unsure, begin + 5)


def _year(page: Page, begin: int, mark: str, second: str, third: str) -> int | None:
    if len(third) == 4:
        year = int(third)
        return year if year in _WRITTEN_YEARS else None
    pairs = len(page.key(begin)) == len(second) == len(third) == 2
    if (mark == "/" and len(third) == 2) or (mark == "." and pairs):
        return _CENTURY + int(third)
    return None


def _read_compact(page: Page, begin: int) -> Numeric | None:
    key, after = page.key(begin), page.at(begin + 1)
    stamped = after.touches and after.key == "t" and page.at(begin + 2).touches
    cued = page.key(begin - 1) in _DATE_CUES or (
        page.key(begin - 1) in {":", "("} and page.key(begin - 2) in _DATE_CUES
    )
    year = int(key[:4])
    if not (stamped or cued) or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Numeric(Figures(int(key[6:]), int(key[4:6]), year), False, begin + 1)


def _read_week_day(page: Page, begin: int) -> Numeric | None:
    """Read a day of an ISO 8601 week date, "2024-W08-2"."""
    keys = [page.key(begin + n) for n in range(1, 6)]
    tight = all(page.at(begin + n).touches for n in range(1, 6))
    if not tight or keys[:2] != ["-", "w"] or keys[3] != "-" or not keys[2].isdecimal():
        return None
    try:
        day = dt.date.fromisocalendar(page.at(begin).value, int(keys[2][:3]), int(keys[4][:2]))
    except ValueError:
        return None
    return Numeric(Figures(day.day, day.month, day.year), False, begin + 6)


def _read_shared(page: Page, begin: int) -> DatePart | None:
    """Read a range that shares its month or year: "22-26/01/2024", "22.01.-26.01.2024"."""
    first, index = page.at(begin), begin + 1
    if len(first.key) > 2:
        return None
    month: int | None = None
    if page.key(index) in {".", "/"} and page.at(index).touches:
        second = page.at(index + 1)
        if second.touches and second.kind is Kind.NUMBER and len(second.key) == 2:
            month, index = second.value, index + 2
            index += page.key(index) == "." and page.at(index).touches
        elif page.key(index) == ".":
            index += 1
    if page.key(index) != "-":
        return None
    last = _read_one(page, index + 1) if len(page.key(index + 1)) <= 2 else None
    if last is None or page.key(index + 2) == "-":
        return None
    figures = last.figures
    start = Figures(first.value, month or figures.month, figures.year)
    return DatePart(begin, last.stop, start, figures, last.unsure)
