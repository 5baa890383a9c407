"""Dates with the month in words: "20 February 2024", "March 26-27, 2027", "du 3 au 7 juin"."""

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.day_lists import Days, read_days
from scheduler.intake.moments.figures import (
    FIRST_YEAR,
    LAST_YEAR,
    DatePart,
    Figures,
    read_day,
    read_month,
    read_to,
    read_weekday,
    read_year,
    was_moved,
)
from scheduler.intake.moments.tokens import Gap, Kind, Page

_MONTHS = frozenset(lexicon.MONTHS)
_REACH = 130  # tokens of the longest list of days

Single = tuple[Figures, int]


def read_worded_dates(page: Page, begin: int) -> tuple[list[DatePart], int] | None:
    """Read one date, range or list of days of a month in words, from token `begin`."""
    token = page.at(begin)
    if token.kind not in (Kind.NUMBER, Kind.WORD) or not page.alone(begin):
        return None
    return (
        _read_year_first(page, begin)
        or _read_day_first(page, begin)
        or _read_month_first(page, begin)
    )


def _read_year_first(page: Page, begin: int) -> tuple[list[DatePart], int] | None:
    """Read "2024 February 20" and "2024-Feb-20"."""
    year = page.at(begin)
    if len(year.key) != 4 or not FIRST_YEAR <= year.value <= LAST_YEAR:
        return None
    month = _read_month_after(page, begin + 1)
    index = month[1] if month else begin
    index += page.key(index) == "-" and page.at(index).touches
    day = read_day(page, index) if month and page.at(index).gap < Gap.LINE else None
    if month is None or day is None:
        return None
    figures = Figures(day[0], month[0], year.value)
    return [DatePart(begin, day[1], figures, figures)], day[1]


def _read_day_first(page: Page, begin: int) -> tuple[list[DatePart], int] | None:
    if not page.foresees(begin, _MONTHS, _REACH):
        return None
    days = read_days(page, begin)
    month = _read_month_after(page, days[1]) if days else None
    if days is None or month is None:
        return None
    year = read_year(page, month[1])
    stop = year[1] if year else month[1]
    return _finish(page, days[0], month[0], year[0] if year else None, stop)


def _read_month_after(page: Page, begin: int) -> tuple[int, int] | None:
    mark = page.at(begin)
    joined = mark.key in {"-", "/"} and mark.touches and page.at(begin + 1).touches
    worded = mark.key in lexicon.OF and mark.near
    index = begin + 1 if joined or worded else begin
    if _heads_a_section(page, index):
        return None
    return read_month(page, index) if page.at(index).near else None


def _heads_a_section(page: Page, month: int) -> bool:
    """Tell whether the number before a month is a heading's: "7<tab>May 2024 meeting"."""
    heading = page.at(month - 1).gap >= Gap.LINE and page.at(month).gap is Gap.TAB
    return heading and page.at(month + 1).gap is not Gap.TAB


def _read_month_first(page: Page, begin: int) -> tuple[list[DatePart], int] | None:
    weekday = read_weekday(page, begin)
    month = read_month(page, weekday[1] if weekday else begin)
    if month is None or not page.at(month[1]).near or page.at(month[1]).kind is not Kind.NUMBER:
        return None
    days = _first_days(page, month[1])
    if days is None:
        return None
    if weekday:
        head = days[0]
        single = head.first == head.last
        first = (head.first[0], weekday[0])
        days[0] = head._replace(first=first, last=first if single else head.last)
    days[0] = days[0]._replace(begin=begin)
    year = read_year(page, days[-1].stop)
    stop = year[1] if year else days[-1].stop
    return _finish(page, days, month[0], year[0] if year else None, stop)


def _first_days(page: Page, begin: int) -> list[Days] | None:
    """Read the days after a month: a list only if "and" closes it, else its first member."""
    days = read_days(page, begin)
    if days is None:
        return None
    members, stop = days
    closed = len(members) > 1 and page.key(members[-1].begin - 1) in lexicon.SURE_AND
    # in "March 26 and 27 April" the last number belongs to the next month
    return members if closed and not read_month(page, stop) else members[:1]


def _finish(
    page: Page, days: list[Days], month: int, year: int | None, stop: int
) -> tuple[list[DatePart], int]:
    parts = [
        DatePart(
            member.begin,
            member.stop,
            Figures(member.first[0], month, year, member.first[1]),
            Figures(member.last[0], month, year, member.last[1]),
        )
        for member in days
    ]
    parts[-1] = parts[-1]._replace(stop=stop)
    if len(parts) == 1 and parts[0].first == parts[0].last:
        parts[0] = _continue(page, parts[0])
    return parts, parts[-1].stop


def _continue(page: Page, part: DatePart) -> DatePart:
    """Add the other end of "29 July – 2 August 2024", or the weekday of "3 June (Mon)"."""
    named = _with_bracketed_weekday(page, part)
    if named != part and (whole := _ranged(page, named)):
        return whole
    if whole := _ranged(page, part):
        return whole
    if part.first.weekday is not None:
        return part
    trailing = read_trailing_weekday(page, part.stop)
    if trailing is None:
        return part
    first = part.first._replace(weekday=trailing[0])
    return part._replace(first=first, last=first, stop=trailing[1])


def _ranged(page: Page, part: DatePart) -> DatePart | None:
    onward = _onward(page, part)
    last = _read_single(page, onward) if onward is not None else None
    return part._replace(last=last[0], stop=last[1]) if last else None


def _with_bracketed_weekday(page: Page, part: DatePart) -> DatePart:
    """Take in the weekday of "30 May (Tue) - 3 June (Fri) 2023"."""
    bracketed = page.key(part.stop) == "(" and part.first.weekday is None
    trailing = read_trailing_weekday(page, part.stop) if bracketed else None
    if trailing is None:
        return part
    return part._replace(first=part.first._replace(weekday=trailing[0]), stop=trailing[1])


def _onward(page: Page, part: DatePart) -> int | None:
    between = {page.key(part.begin - 1), page.key(part.begin - 2)} & lexicon.BETWEEN
    if between and page.key(part.stop) in lexicon.AND:
        return part.stop + 1
    if was_moved(page, part.begin) and page.key(part.stop) != "-":
        return None
    return read_to(page, part.stop)


def _read_single(page: Page, begin: int) -> Single | None:
    """Read exactly one day with its month, in either order."""
    days = read_days(page, begin)
    month = _read_month_after(page, days[1]) if days else None
    if days and month:
        stop = month[1]
    else:
        weekday = read_weekday(page, begin)
        month = read_month(page, weekday[1] if weekday else begin)
        days = read_days(page, month[1]) if month else None
        if days is None or month is None:
            return None
        stop = days[0][0].stop
    members = days[0]
    if len(members) > 1 or members[0].first != members[0].last:
        return None
    day, weekday_of_day = members[0].first
    year = read_year(page, stop)
    if year is None and weekday_of_day is None and page.key(stop) == "(":
        trailing = read_trailing_weekday(page, stop)
        weekday_of_day, stop = trailing or (None, stop)
        year = read_year(page, stop)
    figures = Figures(day, month[0], year[0] if year else None, weekday_of_day)
    return figures, year[1] if year else stop


def read_trailing_weekday(page: Page, begin: int) -> tuple[int, int] | None:
    """Read "(Tuesday)", ", Tuesday" or "Tuesday" after a date, unless it opens the next one."""
    opened = page.key(begin) == "(" and page.at(begin).near
    index = begin + (1 if opened or page.key(begin) == "," else 0)
    token = page.at(index)
    if token.gap >= Gap.LINE:
        return None
    weekday = read_weekday(page, index)
    if weekday is None:
        return None
    stop = index + 1 + (page.key(index + 1) == "." and opened)
    if opened:
        return (weekday[0], stop + 1) if page.key(stop) == ")" else None
    follows = page.at(weekday[1])
    dated = follows.kind is Kind.NUMBER or follows.key in lexicon.MONTHS
    return None if dated and follows.near else (weekday[0], index + 1)
