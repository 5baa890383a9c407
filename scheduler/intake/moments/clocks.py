"""Single clock times as written: "13:00", "1300 hours", "13h30", "2.30 pm", "noon"."""

from enum import IntEnum
from typing import NamedTuple

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.found import Convention
from scheduler.intake.moments.tokens import Gap, Kind, Page

_NOON = 12
_YEARS = range(1900, 2101)


class Style(IntEnum):
    """The form a clock time is written in."""

    COLON = 0  # 13:00
    DOT = 1  # 13.00
    FIGURES = 2  # 1300
    LETTER = 3  # 13h00
    HOUR = 4  # 9 h, 9 am
    BARE = 5  # 9
    NAMED = 6  # noon


class Clock(NamedTuple):
    """A clock time as written; it may not exist. `half` is "am", "pm" or empty.

    `marked` where "hours", "h" or "Uhr" stands behind the figures.
    """

    stop: int
    style: Style
    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    marked: bool = False
    convention: Convention | None = None

    @property
    def is_like_year(self) -> bool:
        """Tell whether four figures without a mark could be a year as well."""
        year = self.hour * 100 + self.minute
        return self.style is Style.FIGURES and year in _YEARS


def read_clock(page: Page, begin: int) -> Clock | None:
    """Read the clock time at token `begin`, whatever it takes to believe that it is one."""
    token = page.at(begin)
    if token.kind is Kind.WORD and token.key in lexicon.NAMED_HOURS:
        hour, convention = lexicon.NAMED_HOURS[token.key]
        return Clock(begin + 1, Style.NAMED, hour, convention=convention)
    if token.kind is not Kind.NUMBER:
        return None
    clock = _read_split(page, begin) or _read_letter(page, begin) or _read_figures(page, begin)
    if clock is None:
        return None
    return _read_noon(page, _read_half(page, clock))


def _read_split(page: Page, begin: int) -> Clock | None:
    """Read hours and minutes with a colon or a full stop between them, and seconds."""
    hour, mark, minute = (page.at(begin + n) for n in range(3))
    if mark.key not in {":", "."} or not (mark.touches and minute.touches):
        return None
    if len(hour.key) > 2 or minute.kind is not Kind.NUMBER or len(minute.key) != 2:
        return None
    again, second = page.at(begin + 3), page.at(begin + 4)
    goes_on = again.touches and again.key == mark.key and second.touches
    if not goes_on or second.kind is not Kind.NUMBER:
        style = Style.COLON if mark.key == ":" else Style.DOT
        return Clock(begin + 3, style, hour.value, minute.value)
    further = page.at(begin + 5).touches and page.key(begin + 5) == mark.key
    if mark.key == "." or len(second.key) != 2 or (further and page.at(begin + 6).touches):
        return None
    return Clock(begin + 5, Style.COLON, hour.value, minute.value, second.value)


def _read_letter(page: Page, begin: int) -> Clock | None:
    """Read "13h00", "13 h 30", "14 heures 30"."""
    hour, letter, minute = (page.at(begin + n) for n in range(3))
    if letter.key not in {"h", "heures", "heure"} or letter.gap > Gap.SPACE or len(hour.key) > 2:
        return None
    if minute.kind is not Kind.NUMBER or len(minute.key) != 2 or minute.gap > Gap.SPACE:
        return None
    after = page.at(begin + 3)
    if after.touches and (after.kind is Kind.WORD or after.key in {":", "/"}):
        return None
    # "9 h 12 mars": the second number belongs to what follows
    if minute.gap is Gap.SPACE and (letter.touches or after.key in lexicon.MONTHS):
        return None
    return Clock(begin + 3, Style.LETTER, hour.value, minute.value, marked=True)


def _read_figures(page: Page, begin: int) -> Clock | None:
    key, value = page.key(begin), page.at(begin).value
    if len(key) == 6 and page.key(begin - 1) == "t":
        hour, rest = divmod(value, 10000)
        return Clock(begin + 1, Style.FIGURES, hour, rest // 100, rest % 100, marked=True)
    if len(key) == 4 and _is_year_of_date(page, begin):
        return None
    if len(key) == 4:
        return Clock(begin + 1, Style.FIGURES, value // 100, value % 100)
    if len(key) == 3 and page.at(begin + 1).key in lexicon.AM | lexicon.PM:
        return Clock(begin + 1, Style.FIGURES, value // 100, value % 100)
    if len(key) <= 2 and page.key(begin + 1) not in {"%", ":"}:
        return Clock(begin + 1, Style.BARE, value)
    return None


def _is_year_of_date(page: Page, begin: int) -> bool:
    """Tell whether "2026" opens "2026-09-15"."""
    mark, month, again = (page.at(begin + n) for n in range(1, 4))
    tight = mark.touches and month.touches and again.touches
    return tight and len(month.key) == 2 and mark.key == again.key and mark.key in {"-", "/", "."}


def _read_half(page: Page, clock: Clock) -> Clock:
    """Add "am", "p.m.", "hours", "h", "Uhr" or "o'clock" behind the figures."""
    token = page.at(clock.stop)
    if token.gap > Gap.SPACE:
        return clock
    style = Style.HOUR if clock.style is Style.BARE else clock.style
    if token.key in lexicon.AM | lexicon.PM:
        return clock._replace(stop=clock.stop + 1, half=token.key, style=style)
    if page.says(clock.stop, "a", ".", "m") or page.says(clock.stop, "p", ".", "m"):
        stop = clock.stop + 3
        stop += page.key(stop) == "." and page.at(stop).touches
        return clock._replace(stop=stop, half=f"{token.key}m", style=style)
    if page.says(clock.stop, "o", "'", "clock"):
        return clock._replace(stop=clock.stop + 3, marked=True, style=Style.COLON)
    if token.key in lexicon.HOUR_MARKS and not clock.marked:
        return _read_hour_mark(page, clock, style)
    return clock


def _read_hour_mark(page: Page, clock: Clock, style: Style) -> Clock:
    stop = clock.stop + 1
    dot = page.at(stop).key == "." and page.at(stop).touches
    stop += dot and page.at(stop + 1).gap < Gap.LINE and not page.at(stop + 1).capital
    return clock._replace(stop=stop, marked=True, style=style)


def _read_noon(page: Page, clock: Clock) -> Clock:
    """Add the word to "12 noon", "12:00 (noon)" and "12:00 midnight"."""
    enclosed = page.key(clock.stop) == "(" and page.key(clock.stop + 2) == ")"
    word = page.at(clock.stop + enclosed)
    named = lexicon.NAMED_HOURS.get(word.key)
    if named is None or clock.half or clock.hour != _NOON or clock.minute or word.gap > Gap.SPACE:
        return clock
    hour, convention = named
    stop = clock.stop + (3 if enclosed else 1)
    return clock._replace(stop=stop, hour=hour, style=Style.NAMED, convention=convention)
