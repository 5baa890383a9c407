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
        yield _days_of_month(recurrence, year, month + 1, first)


def _days_of_month(recurrence: Recurrence, year: int, month: int, first: date) -> list[date]:
    length = monthrange(year, month)[1]
    numbers = _numbers_of_weekdays(recurrence.days, date(year, month, 1).weekday(), length)
    if recurrence.month_days:
        named = {n if n > 0 else length + 1 + n for n in recurrence.month_days}
        numbers = named & numbers if recurrence.days else named
    elif not recurrence.days:
        numbers = {first.day}
    return [date(year, month, number) for number in sorted(numbers) if 0 < number <= length]


def _numbers_of_weekdays(names: Iterable[DayOfWeek], first: int, length: int) -> set[int]:
    """The numbers of the weekdays in a month that begins on weekday `first`."""
    numbers: set[int] = set()
    for name in names:
        each = range(1 + (name.weekday - first) % 7, length + 1, 7)
        place = name.ordinal - 1 if name.ordinal > 0 else name.ordinal
        if not name.ordinal:
            numbers.update(each)
        elif -len(each) <= place < len(each):
            numbers.add(each[place])
    return numbers


def _is_month_day(recurrence: Recurrence, day: date) -> bool:
    if not recurrence.month_days:
        return True
    length = monthrange(day.year, day.month)[1]
    return day.day in recurrence.month_days or day.day - length - 1 in recurrence.month_days
