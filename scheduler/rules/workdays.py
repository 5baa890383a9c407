"""Working days: every day but weekends and the days on which the host is closed."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_weekend(day: date) -> bool:
    """Tell whether a day is a Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def is_working_day(day: date, closed: AbstractSet[date] = frozenset()) -> bool:
    """Tell whether a day is neither at a weekend nor among the host's `closed` days."""
    return not is_weekend(day) and day not in closed


def shift_working_days(day: date, count: int, closed: AbstractSet[date] = frozenset()) -> date:
    """Return the working day `count` working days after `day` (before it where negative).

    The day itself is not counted: one working day before a Monday is the Friday.
    """
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day
