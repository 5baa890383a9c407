"""Rules of series: which days recur, as people write them and as RFC 5545 does."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Frequency(StrEnum):
    """The period a recurrence steps by."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, order=True)
class DayOfWeek:
    """A weekday (0 is Monday), and which of its month: 3 the third, -1 the last, 0 every one."""

    weekday: int
    ordinal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Which days recur: the part of RFC 5545's RRULE that series of meetings use.

    `interval` counts periods; weeks begin on Monday. `days` and `month_days` (-1 is the month's
    last) name the days of a period, those of the first occurrence where both are empty;
    `positions` then picks among them, -1 the last. `on_working_days` leaves weekends and the
    host's closure days out before the positions are counted. `until` is the last day, `count`
    how many days there are; both may be None.
    """

    frequency: Frequency
    interval: int = 1
    days: tuple[DayOfWeek, ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    on_working_days: bool = False
    until: dt.date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The hours of a meeting on the wall clock of its series: a start, and a length in minutes."""

    start: dt.time
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRule:
    """A recurrence from its first day on; its days take the slots in turn."""

    first: dt.date
    recurrence: Recurrence
    slots: tuple[Slot, ...]
