"""The days of a recurrence, on the wall calendar of its series.

Days are found before any instant is: "the third Tuesday, 13:00 Geneva" stays so across every
clock change. The meaning of each field is that of RFC 5545, 3.3.10, with weeks from Monday.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import MAXYEAR, date
from itertools import count, islice

from scheduler.model.recurrence import DayOfWeek, Frequency, Recurrence
from scheduler.rules.workdays import is_working_day

MONTHS = 12
NONE_CLOSED: AbstractSet[date] = frozenset()


def recurring_days(
    recurrence: Recurrence, first: date, last: date, closed: AbstractSet[date] = NONE_CLOSED
) -> Iterator[date]:
    """Yield the days from `first`, which intervals count from, to `last`, both included.

    `closed` holds the host's closure days, for recurrences on working days. A day that a month
    does not have is passed over.
    """
    end = min(last, recurrence.until or last)
    return islice(_from_first(recurrence, first, end, closed), recurrence.count)


def _from_first(
    recurrence: Recurrence, first: date, end: date, closed: AbstractSet[date]
) -> Iterator[date]:
    for days in _periods(recurrence, first, end):
        for day in _picked(recurrence, days, closed):
            if day > end:
                return
            if day >= first:
                yield day


def _periods(recurrence: Recurrence, first: date, end: date) -> Iterator[Iterable[date]]:
    """The days that the rule names in each period, in order."""
    match recurrence.frequency:
        case Frequency.DAILY:
            return _each_day(recurrence, first, end)
        case Frequency.WEEKLY:
            return _each_week(recurrence, first, end)
        case Frequency.MONTHLY:
            return _each_month(recurrence, first, end)


def _picked(
    recurrence: Recurrence, days: Iterable[date], closed: AbstractSet[date]
) -> Iterable[date]:
    if recurrence.on_working_days:
        days = [day for day in days if is_working_day(day, closed)]
    if not recurrence.positions:
        return days
    held = list(days)
    places = {p - 1 if p > 0 else len(held) + p for p in recurrence.positions}
    return [held[place] for place in sorted(places) if 0 <= place < len(held)]


def _each_day(recurrence: Recurrence, first: date, end: date) -> Iterator[list[date]]:
    weekdays = {day.weekday for day in recurrence.days} or set(range(7))
    for ordinal in range(first.toordinal(), end.toordinal() + 1, recurrence.interval):
        day = date.fromordinal(ordinal)
        if day.weekday() in weekdays and _is_month_day(recurrence, day):
            yield [day]


def _each_week(recurrence: Recurrence, first: date, end: date) -> Iterator[list[date]]:
    weekdays = sorted({day.weekday for day in recurrence.days} or {first.weekday()})
    monday = first.toordinal() - first.weekday()
    for start in range(monday, end.toordinal() + 1, 7 * recurrence.interval):
        week = [start + weekday for weekday in weekdays if start + weekday <= date.max.toordinal()]
        yield [date.fromordinal(ordinal) for ordinal in week]


def _each_month(recurrence: Recurrence, first: date, end: date) -> Iterator[list[date]]:
    for number in count(first.year * MONTHS + first.month - 1, recurrence.interval):
        year, month = divmod(number, MONTHS)
        if year > MAXYEAR or (year, month + 1) > (end.year, end.month):
            return
        yield sorted(_days_of_month(recurrence, year, month + 1, first))


def _days_of_month(recurrence: Recurrence, year: int, month: int, first: date) -> set[date]:
    length = monthrange(year, month)[1]
    numbers = set(range(1, length + 1))
    if recurrence.month_days:
        numbers &= {n if n > 0 else length + 1 + n for n in recurrence.month_days}
    elif not recurrence.days:
        numbers &= {first.day}
    days = {date(year, month, number) for number in numbers}
    if not recurrence.days:
        return days
    return {day for day in days if any(_is_named(day, length, name) for name in recurrence.days)}


def _is_named(day: date, length: int, name: DayOfWeek) -> bool:
    if day.weekday() != name.weekday:
        return False
    from_start, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    return name.ordinal in (0, from_start, from_end)


def _is_month_day(recurrence: Recurrence, day: date) -> bool:
    if not recurrence.month_days:
        return True
    length = monthrange(day.year, day.month)[1]
    return day.day in recurrence.month_days or day.day - length - 1 in recurrence.month_days
