"""The parts of a date as written: day, month, year, weekday, and the word between two of them.

Every reader takes a page and the index of a token, and returns what it read and the index of
the token after it, or None.
"""

from typing import NamedTuple

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.numbers import ORDINALS
from scheduler.intake.moments.tokens import Gap, Kind, Page

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LAST_HOUR, _MINUTES = 24, 60
_SHORT_YEARS = range(15, 60)  # two figures after a month that are taken for a year
_CENTURY = 2000
_DASHES = 3  # "--" and "---" stand for a dash in plain text


class Figures(NamedTuple):
    """A day as written; it may not exist."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None


class DatePart(NamedTuple):
    """A written day or range of days.

    `unsure` where day and month may stand either way; `borrowed` where the year is that of the
    date before it in a list.
    """

    begin: int
    stop: int
    first: Figures
    last: Figures
    unsure: bool = False
    borrowed: bool = False


def read_weekday(page: Page, begin: int) -> tuple[int, int] | None:
    """Read a weekday with the comma, full stop or article that may follow it."""
    token = page.at(begin)
    if token.kind is not Kind.WORD or token.key not in lexicon.WEEKDAYS:
        return None
    if token.key in lexicon.CAPITAL_ONLY and not token.capital:
        return None
    index = begin + 1
    while page.at(index).near and page.key(index) in {".", ","} and index < begin + 3:
        index += 1
    if page.at(index).near and page.key(index) in lexicon.ARTICLES:
        index += 1
    return lexicon.WEEKDAYS[token.key], index


def read_day(page: Page, begin: int) -> tuple[int, int] | None:
    """Read the number of a day with its ordinal ending ("20", "20th", "1er", "20.")."""
    token, after = page.at(begin), page.at(begin + 1)
    if token.kind is Kind.WORD:
        return _read_ordinal_word(page, begin)
    if token.kind is not Kind.NUMBER or len(token.key) > 2:
        return None
    if after.kind is Kind.WORD and (
        after.key in lexicon.DAY_SUFFIXES
        and (after.touches or (after.key in {"th", "nd", "rd"} and after.gap is Gap.SPACE))
    ):
        return token.value, begin + 2
    if not after.touches:
        return token.value, begin + 1
    if after.kind is Kind.WORD:
        return (token.value, begin + 1) if after.key in lexicon.MONTHS else None
    return _read_plain_day(page, begin)


def _read_plain_day(page: Page, begin: int) -> tuple[int, int] | None:
    value, after, beyond = page.at(begin).value, page.key(begin + 1), page.at(begin + 2)
    figures_follow = beyond.touches and beyond.kind is Kind.NUMBER
    if after in {"%", "°", "'"} or (after in {":", "."} and figures_follow):
        return None
    return value, begin + (2 if after == "." else 1)


def _read_ordinal_word(page: Page, begin: int) -> tuple[int, int] | None:
    day = ORDINALS.get(page.key(begin))
    if day is None or page.key(begin + 1) not in {"of", "de"}:
        return None
    return day, begin + 1


def read_month(page: Page, begin: int) -> tuple[int, int] | None:
    """Read the name of a month, with the full stop of its abbreviation if a number follows."""
    token = page.at(begin)
    month = lexicon.MONTHS.get(token.key)
    if month is None or token.kind is not Kind.WORD:
        return None
    if token.key in lexicon.CAPITAL_ONLY and not token.capital and not _year_at(page, begin + 1):
        return None
    dot, beyond = page.at(begin + 1), page.at(begin + 2)
    stopped = dot.key == "." and dot.touches and beyond.near and beyond.kind is Kind.NUMBER
    return month, begin + (2 if stopped else 1)


def read_year(page: Page, begin: int) -> tuple[int, int] | None:
    """Read the year after a month: "2024", ", 2024", "de 2024", "'24", "-24", "24"."""
    index = begin
    if page.key(index) in {",", "de", "del"} and page.at(index).near:
        index += 1
    elif page.key(index) in {"-", "/", "."} and page.at(index).touches:
        joined = page.at(index + 1)
        if joined.touches and joined.kind is Kind.NUMBER and len(joined.key) in {2, 4}:
            short = len(joined.key) == 2
            return (
                (joined.value + _CENTURY * short, index + 2)
                if _plausible(page, index + 1)
                else None
            )
        return None
    if not page.at(index).near:
        return None
    if _year_at(page, index):
        return page.at(index).value, index + 1
    if page.key(index) == "'" and page.at(index + 1).touches and len(page.key(index + 1)) == 2:
        value = page.at(index + 1).value
        return (_CENTURY + value, index + 2) if value >= 0 else None
    return _read_short_year(page, begin) if index == begin else None


def _plausible(page: Page, index: int) -> bool:
    token = page.at(index)
    return token.value in _SHORT_YEARS if len(token.key) == 2 else _year_at(page, index)


def _year_at(page: Page, index: int) -> bool:
    """Tell whether a year of four figures stands here, and no hour ("1930 hours", "2000-2130")."""
    token, after = page.at(index), page.at(index + 1)
    if token.kind is not Kind.NUMBER or len(token.key) != 4:
        return False
    if not FIRST_YEAR <= token.value <= LAST_YEAR or not token.near:
        return False
    if after.key in lexicon.HOUR_MARKS or after.key in {"utc", "gmt"}:
        return False
    if after.touches and (after.kind is Kind.WORD and after.key != "t"):
        return False
    if after.touches and after.key == ":" and page.at(index + 2).touches:
        return page.at(index + 2).kind is not Kind.NUMBER
    beyond = page.at(index + 2)
    looks_like_hours = after.key == "-" and beyond.kind is Kind.NUMBER and len(beyond.key) == 4
    return not (looks_like_hours and token.value % 5 == 0 and beyond.value % 5 == 0)


def read_strange_year(page: Page, begin: int) -> int | None:
    """Read a year that no calendar knows ("20 February 2350"); returns where it ends.

    What may be an hour ("20 February 1330") is one, unless hours follow behind a comma.
    """
    behind_comma = page.key(begin) == "," and page.at(begin).touches
    begin += behind_comma
    token, after = page.at(begin), page.at(begin + 1)
    if token.kind is not Kind.NUMBER or len(token.key) != 4 or token.gap is not Gap.SPACE:
        return None
    if FIRST_YEAR <= token.value <= LAST_YEAR or after.key in lexicon.HOUR_MARKS:
        return None
    hours, minutes = divmod(token.value, 100)
    is_hour = hours <= _LAST_HOUR and minutes < _MINUTES
    beyond = page.at(begin + 2)
    hours_follow = after.key == "," and beyond.kind is Kind.NUMBER and beyond.gap is Gap.SPACE
    if hours_follow:
        return begin + 1
    return None if behind_comma or is_hour or after.key in {"-", ":"} else begin + 1


def _read_short_year(page: Page, begin: int) -> tuple[int, int] | None:
    """Read "24" after "20 Feb": only where nothing else can be meant by it."""
    token, after = page.at(begin), page.at(begin + 1)
    if token.kind is not Kind.NUMBER or len(token.key) != 2 or token.value not in _SHORT_YEARS:
        return None
    if token.gap is not Gap.SPACE or page.key(begin - 1).isdecimal():
        return None
    if after.touches and after.key not in {",", ")", ";", "]", "|"}:
        ends_sentence = after.key == "." and not page.at(begin + 2).touches
        return (_CENTURY + token.value, begin + 1) if ends_sentence else None
    ends = after.kind is Kind.END or after.gap >= Gap.LINE or after.kind is Kind.MARK
    short = page.key(begin - 1) in lexicon.SHORT_MONTHS
    follows = after.key in lexicon.FUNCTION_WORDS and after.key not in lexicon.HOUR_MARKS
    if ends or (short and follows and after.key not in lexicon.AM | lexicon.PM):
        return _CENTURY + token.value, begin + 1
    return None


def read_to(page: Page, begin: int) -> int | None:
    """Read what joins the two ends of a range: a dash, "to", "au", "bis"."""
    index = begin
    # a dash that begins a line is a bullet
    while page.key(index) == "-" and page.at(index).gap < Gap.LINE and index < begin + _DASHES:
        index += 1
    if index == begin and page.at(index).near:
        if page.says(index, "jusqu", "'", "au"):
            index += 3
        elif page.at(index).kind is Kind.WORD and page.key(index) in lexicon.TO:
            index += 1
            index += page.key(index) in lexicon.ARTICLES
    return index if index > begin and page.at(index).near else None


def read_joint(page: Page, begin: int) -> tuple[str, int] | None:
    """Read what joins the members of a list: a comma, "and", or both; returns the last word."""
    index, word = begin, ""
    if page.key(index) in {",", ";", "/"} and page.at(index).near:
        word, index = page.key(index), index + 1
    if page.key(index) in lexicon.AND and page.at(index).near:
        word, index = page.key(index), index + 1
    if index > begin and page.key(index) in lexicon.ARTICLES:
        index += 1
    return (word, index) if index > begin and page.at(index).near else None


def was_moved(page: Page, begin: int) -> bool:
    """Tell whether "from … to …" here speaks of a move, so that it joins two single days."""
    return any(page.key(index) in lexicon.MOVED for index in range(begin - 8, begin))
