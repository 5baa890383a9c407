"""Periods that are no dates: "January 2024", "July to December 2023", "2012-2014", "week 8"."""

import calendar
import datetime as dt

from scheduler.intake.moments.figures import FIRST_YEAR, LAST_YEAR, read_month, read_to, read_year
from scheduler.intake.moments.found import PeriodFound, Span
from scheduler.intake.moments.tokens import Kind, Page

_WEEK_WORDS = frozenset({"week", "wk", "w", "kw", "cw", "semaine", "woche", "semana"})
_CENTURY = 100

Bounds = tuple[dt.date, dt.date, int]


def read_period(page: Page, begin: int) -> tuple[PeriodFound, int] | None:
    """Read a period from token `begin`."""
    if not page.alone(begin):
        return None
    if page.at(begin).kind is Kind.WORD:
        bounds = _read_months(page, begin) or _read_week(page, begin)
    else:
        bounds = _read_iso_week(page, begin) or _read_years(page, begin)
    if bounds is None:
        return None
    first, last, stop = bounds
    span = Span(page.at(begin).start, page.at(stop - 1).end)
    return PeriodFound(span=span, text=page.excerpt(begin, stop), first=first, last=last), stop


def _read_months(page: Page, begin: int) -> Bounds | None:
    month = read_month(page, begin)
    if month is None:
        return None
    year = read_year(page, month[1])
    index = year[1] if year else month[1]
    onward = read_to(page, index)
    last = read_month(page, onward) if onward is not None else None
    last_year = read_year(page, last[1]) if last else None
    if last and last_year:
        first_year = year[0] if year else last_year[0] - (month[0] > last[0])
        if (first_year, month[0]) <= (last_year[0], last[0]):
            first = dt.date(first_year, month[0], 1)
            return first, _month_end(last_year[0], last[0]), last_year[1]
    if year is None:
        return None
    return dt.date(year[0], month[0], 1), _month_end(year[0], month[0]), year[1]


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _read_years(page: Page, begin: int) -> Bounds | None:
    """Read "2012-2014", "2012 to 2014", "2023/24"; a single year is no period."""
    first = _year(page, begin)
    onward = read_to(page, begin + 1) if first else None
    if onward is None and page.key(begin + 1) == "/" and page.at(begin + 1).touches:
        onward = begin + 2
    if first is None or onward is None:
        return None
    after = page.at(onward + 1)
    if after.touches and (after.kind is not Kind.MARK or after.key in {"-", "/"}):
        return None
    last = _year(page, onward)
    if last is None and len(page.key(onward)) == 2 and page.at(onward).touches:
        short = page.at(onward).value
        # "2023-24" is a season; "2024-02" may be a month or a number
        last = first + 1 if short == (first + 1) % _CENTURY else None
    if last is None or not first < last:
        return None
    return dt.date(first, 1, 1), dt.date(last, 12, 31), onward + 1


def _year(page: Page, index: int) -> int | None:
    token = page.at(index)
    is_year = len(token.key) == 4 and FIRST_YEAR <= token.value <= LAST_YEAR
    return token.value if is_year else None


def _read_week(page: Page, begin: int) -> Bounds | None:
    """Read "week 8 of 2024", "W08/2024", "semaine 8 de 2024"."""
    if page.key(begin) not in _WEEK_WORDS or page.at(begin + 1).kind is not Kind.NUMBER:
        return None
    index = begin + 2
    index += page.key(index) in {",", "of", "de", "/", "-"}
    year = _year(page, index)
    return _week(year, page.at(begin + 1).value, index + 1) if year else None


def _read_iso_week(page: Page, begin: int) -> Bounds | None:
    year = _year(page, begin)
    tight = all(page.at(begin + n).touches for n in range(1, 4))
    if year is None or not tight or not page.says(begin + 1, "-", "w"):
        return None
    return _week(year, page.at(begin + 3).value, begin + 4)


def _week(year: int, week: int, stop: int) -> Bounds | None:
    if not 1 <= week <= 53:
        return None
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + dt.timedelta(days=6), stop
