"""From clock times as written to hours of the day: halves of the day, 24:00, over midnight."""

import datetime as dt
from typing import NamedTuple

from scheduler.intake.moments.clocks import Clock, Style
from scheduler.intake.moments.found import Convention

_DAY = 24 * 3600
_HALF_DAY = _DAY // 2
_NOON = 12
_MIDNIGHT = 24


class Hours(NamedTuple):
    """A start and an end, in seconds from the midnight that begins the day of the start."""

    start: int
    end: int | None


def seconds_of(clock: Clock) -> int | None:
    """Return the seconds since midnight (up to 24:00), or None for a time that cannot be."""
    hour = clock.hour
    if clock.minute > 59 or clock.second > 59 or hour > _MIDNIGHT:
        return None
    if clock.half:
        if hour == 0 or (hour > _NOON and clock.half == "am"):
            return None
        if hour <= _NOON:  # "13:00 pm" is as clear as it is wrong
            hour = hour % _NOON + (_NOON if clock.half == "pm" else 0)
    if hour == _MIDNIGHT and (clock.minute or clock.second):
        return None
    return (hour * 60 + clock.minute) * 60 + clock.second


def hours_between(first: Clock, last: Clock) -> Hours | None:
    """Return the hours of a range, or None for one that cannot be.

    An end before its start is on the next day if the range then lasts half a day at most, as
    in 23:00-01:00; otherwise it is a mistake. A half of the day given once counts for both
    ends, unless that would turn the range round ("11-1pm").
    """
    if seconds_of(first) is None or seconds_of(last) is None:
        return None
    first, last = _share_half(first, last)
    start, end = seconds_of(first), seconds_of(last)
    if start is None or end is None:
        return None
    if end <= start:
        end += _DAY
    if end - start > _HALF_DAY and end > _DAY:
        return None
    return Hours(start, end)


def _share_half(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    if last.half and not first.half and _may_take_half(first):
        same = first._replace(half=last.half)
        other = first._replace(half="am" if last.half == "pm" else "pm")
        fits = (seconds_of(same) or 0) < (seconds_of(last) or 0)
        return (same if fits else other), last
    if first.half == "pm" and not last.half and _may_take_half(last):
        later = last._replace(half="pm")
        plain, start = seconds_of(last) or 0, seconds_of(first) or 0
        if plain <= start < (seconds_of(later) or 0):
            return first, later
    return first, last


def _may_take_half(clock: Clock) -> bool:
    return 1 <= clock.hour <= _NOON and clock.style is not Style.NAMED


def split(seconds: int) -> tuple[dt.time, int]:
    """Return the time of day and the number of days after the first."""
    days, rest = divmod(seconds, _DAY)
    return dt.time(rest // 3600, rest // 60 % 60, rest % 60), days


def lasting(start: Clock, minutes: int) -> Hours | None:
    """Return the hours of what starts at `start` and lasts so many minutes, a day at most."""
    begin = seconds_of(start)
    if begin is None or not 0 < minutes * 60 <= _DAY:
        return None
    return Hours(begin, begin + minutes * 60)


def is_midnight(clock: Clock) -> bool:
    """Tell whether the word "midnight" was used, which may end a day or begin it."""
    return clock.convention is Convention.MIDNIGHT
