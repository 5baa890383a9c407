"""Durations behind a clock time: "for 90 minutes", "(2 hours)", "(1h30)", "durée 2 h"."""

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.numbers import read_cardinal
from scheduler.intake.moments.tokens import Kind, Page

_HOUR = 60
_LONGEST = 24 * _HOUR


def read_duration_after(page: Page, begin: int) -> tuple[int, int] | None:
    """Read a duration that belongs to the clock time before `begin`; returns minutes.

    It is announced by a word ("for", "duration") or stands alone in parentheses.
    """
    index, opened = begin, False
    if not page.at(index).near:
        return None
    if page.key(index) in {"(", ","}:
        opened = page.key(index) == "("
        index += 1
    cued = page.key(index) in lexicon.DURATION_CUES
    while page.key(index) in lexicon.DURATION_CUES | {":", "of", "de", "about"}:
        index += 1
        if index > begin + 5:
            return None
    if not (cued or opened):
        return None
    found = _read_minutes(page, index)
    if found is None or not 0 < found[0] <= _LONGEST:
        return None
    minutes, stop = found
    if opened:
        return (minutes, stop + 1) if page.key(stop) == ")" else None
    if page.key(stop) in lexicon.BEFORE | lexicon.AFTER:
        return None
    return minutes, stop


def _read_minutes(page: Page, begin: int) -> tuple[int, int] | None:
    quantity = _read_quantity(page, begin)
    if quantity is None:
        return None
    tenths, index = quantity
    index += page.key(index) == "-"
    if page.key(index) in lexicon.MINUTES:
        return (tenths // 10, index + 1) if tenths % 10 == 0 else None
    if page.key(index) not in lexicon.HOURS:
        return None
    minutes, index = tenths * 6, index + 1
    if page.says(index, "and", "a", "half"):
        return minutes + _HOUR // 2, index + 3
    index += page.key(index) in {"and", "et"}
    rest = page.at(index)
    if rest.kind is Kind.NUMBER and len(rest.key) <= 2 and rest.value < _HOUR:
        marked = page.key(index + 1) in lexicon.MINUTES
        if marked or rest.touches:
            return minutes + rest.value, index + 1 + marked
    return minutes, index - (page.key(index - 1) in {"and", "et"})


def _read_quantity(page: Page, begin: int) -> tuple[int, int] | None:
    """Read a number of things in tenths: "90", "1.5", "two", "an", "half an"."""
    token = page.at(begin)
    if token.kind is Kind.NUMBER and len(token.key) <= 3:
        mark, tenth = page.at(begin + 1), page.at(begin + 2)
        decimal = mark.key in {".", ","} and mark.touches and tenth.touches and len(tenth.key) == 1
        if decimal and tenth.kind is Kind.NUMBER:
            return token.value * 10 + tenth.value, begin + 3
        return token.value * 10, begin + 1
    if page.says(begin, "half", "an"):
        return 5, begin + 2
    if token.key in {"a", "an"}:
        return 10, begin + 1
    number = read_cardinal(page, begin)
    return (number[0] * 10, number[1]) if number else None
