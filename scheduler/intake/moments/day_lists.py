"""Days that share one month: "20", "22 - 26", "4, 11 and 18", "Tuesday 4 and Wednesday 5"."""

from typing import NamedTuple

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.clocks import Clock, Style, read_clock
from scheduler.intake.moments.figures import (
    read_day,
    read_joint,
    read_to,
    read_weekday,
    was_moved,
)
from scheduler.intake.moments.tokens import Kind, Page

_LONGEST = 31  # members of a list: no month has more days
_LOOK_BACK = 40


class Days(NamedTuple):
    """One member of a list of days: a day, or a range within the month."""

    begin: int
    stop: int
    first: tuple[int, int | None]
    last: tuple[int, int | None]


def read_days(page: Page, begin: int) -> tuple[list[Days], int] | None:
    """Read a list of days; None also where its figures more likely number something else."""
    found: list[Days] = []
    words: list[str] = []
    index: int | None = begin
    while index is not None and len(found) < _LONGEST:
        # in "January 25, 7-9pm" the list of days ends where the hours begin
        member = None if found and _opens_hours(page, index) else _read_member(page, index)
        if member is None:
            break
        found.append(member)
        joint = read_joint(page, member.stop)
        index = joint[1] if joint else None
        words.append(joint[0] if joint else "")
    if not found or not _believable(page, begin, found, words):
        return None
    if len(found) == 2 and words[0] in lexicon.AND and _between(page, begin):
        found = [Days(begin, found[1].stop, found[0].first, found[1].last)]
    return found, found[-1].stop


def _between(page: Page, begin: int) -> bool:
    return page.key(begin - 1) in lexicon.BETWEEN or (
        page.key(begin - 1) in lexicon.ARTICLES and page.key(begin - 2) in lexicon.BETWEEN
    )


def _read_member(page: Page, begin: int) -> Days | None:
    first = _read_one(page, begin)
    if first is None:
        return None
    day, stop = first
    onward = read_to(page, stop)
    last = _read_one(page, onward) if onward is not None else None
    # "moved from 3 to 7 June" names two days, not five
    if last is None or (was_moved(page, begin) and page.key(stop) != "-"):
        return Days(begin, stop, day, day)
    return Days(begin, last[1], day, last[0])


def _read_one(page: Page, begin: int) -> tuple[tuple[int, int | None], int] | None:
    weekday = read_weekday(page, begin)
    index = weekday[1] if weekday else begin
    day = None if _is_hour(read_clock(page, index)) else read_day(page, index)
    if day is None:
        return None
    return (day[0], weekday[0] if weekday else None), day[1]


def _opens_hours(page: Page, begin: int) -> bool:
    """Tell whether an hour stands here, or a span of hours that only its end marks as one."""
    clock = read_clock(page, begin)
    if clock is None or _is_hour(clock):
        return clock is not None
    onward = read_to(page, clock.stop)
    return onward is not None and _is_hour(read_clock(page, onward))


def _is_hour(clock: Clock | None) -> bool:
    return clock is not None and (
        bool(clock.half) or clock.marked or clock.style in (Style.COLON, Style.LETTER)
    )


def _believable(page: Page, begin: int, found: list[Days], words: list[str]) -> bool:
    """Tell a list of days ("4, 11 and 18") from a number before a day ("Room 5, 20")."""
    if len(found) == 1:
        return True
    days = [member.first[0] for member in found]
    if _numbers_something(page, begin) or days != sorted(set(days)):
        return False
    if words[len(found) - 2] in lexicon.SURE_AND or _between(page, begin):
        return True
    return len(found) > 2 or days[1] == days[0] + 1


def _numbers_something(page: Page, begin: int) -> bool:
    """Tell whether a noun such as "Questions" governs this run of numbers."""
    index = begin - 1
    while index > begin - _LOOK_BACK and (
        page.at(index).kind is Kind.NUMBER or page.key(index) in {",", "and", "&", "et"}
    ):
        index -= 1
    return page.key(index) in lexicon.NUMBERED
