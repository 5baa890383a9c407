"""Whether figures that could be a time are one: "1300-1430" is, "1300 participants" is not."""

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.clocks import Clock, Style
from scheduler.intake.moments.hours import seconds_of
from scheduler.intake.moments.tokens import Gap, Kind, Page
from scheduler.intake.moments.written_times import Written

_AT = lexicon.words("at @ um a vers gegen t ab des")
_BEFORE_YEAR = lexicon.words("in during of en im jahr year année")
_FIRST_HOUR = 6  # "9-10:30" is a time, "2-3:15" may be anything
_SURE_HOUR = (Style.COLON, Style.NAMED)


def is_believable(page: Page, written: Written, *, after_date: bool) -> bool:
    """Tell whether a time is meant; `after_date` where a date or an offset stands before it."""
    first, last = written.first, written.last
    if first is None:
        return True
    if any(clock.half for clock in (first, last) if clock) or first.style in _SURE_HOUR:
        return True
    before = page.key(written.begin - 1)
    sure = after_date or written.zone is not None
    if not sure and before in lexicon.NUMBERED:
        return False
    if first.style is Style.FIGURES:
        return _figures(page, written, first, last, sure=sure)
    if first.style is Style.DOT:
        return _dotted(page, written, first, last, sure=sure)
    if first.style is Style.LETTER:
        return sure or before not in lexicon.DURATION_CUES
    if first.style is Style.HOUR:
        return _hour(page, written, last, sure=sure)
    return _bare(first, last, zoned=_is_zoned(written), sure=sure or before in lexicon.TIME_CUES)


def _figures(page: Page, written: Written, first: Clock, last: Clock | None, *, sure: bool) -> bool:
    before = page.at(written.begin - 1)
    zoned = written.zone is not None
    if page.key(written.stop) in lexicon.MEASURES:
        return False
    if first.is_like_year and last is None and before.key in _BEFORE_YEAR:
        return False
    if last is not None:
        if sure or last.marked:
            return True
        tidy = all(
            clock.minute % 5 == 0 and seconds_of(clock) is not None for clock in (first, last)
        )
        years = first.is_like_year and last.is_like_year
        return tidy and not years and not _counts(page, written.stop)
    if first.marked:
        cued = before.key in lexicon.TIME_CUES or before.kind is not Kind.WORD
        return sure or cued or first.hour < 10
    if not zoned and (first.is_like_year or _counts(page, written.stop)):
        return False
    return sure or before.key in lexicon.TIME_CUES


def _dotted(page: Page, written: Written, first: Clock, last: Clock | None, *, sure: bool) -> bool:
    before = page.key(written.begin - 1)
    if first.marked or (last is not None and last.marked) or sure:
        return seconds_of(first) is not None or first.marked
    if last is not None:
        full = len(page.key(written.begin)) == 2 and seconds_of(first) is not None
        tidy = first.minute % 5 == 0 and last.minute % 5 == 0
        return tidy and (full or before in lexicon.TIME_CUES)
    return before in _AT and not _counts(page, written.stop)


def _hour(page: Page, written: Written, last: Clock | None, *, sure: bool) -> bool:
    before = page.key(written.begin - 1)
    if last is not None or sure:
        return True
    mark = page.key(written.begin + 1)
    if mark == "uhr":
        return True
    if mark in {"hour", "hours"}:
        return before == "at"
    return before in lexicon.TIME_CUES - {"by", "noon", "since"}


def _bare(first: Clock, last: Clock | None, *, zoned: bool, sure: bool) -> bool:
    """Judge "14 UTC", "9-10:30" and "14-16 h"."""
    if last is None or last.style is Style.BARE:
        return zoned
    morning_on = last.style is Style.COLON and _FIRST_HOUR <= first.hour <= last.hour
    return sure or morning_on


def _is_zoned(written: Written) -> bool:
    return written.zone is not None and written.zone.abbreviation is not None


def _counts(page: Page, stop: int) -> bool:
    """Tell whether the figures count what follows: "1300 participants"."""
    token = page.at(stop)
    lower = token.kind is Kind.WORD and not token.capital and token.gap is Gap.SPACE
    return token.key == "%" or (lower and token.key not in lexicon.FUNCTION_WORDS)
