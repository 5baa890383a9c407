"""One future meeting as a text gives it, before zones and deadlines are settled."""

import datetime as dt
from dataclasses import dataclass

from scheduler.intake.moments import DateFound, OffsetFound, TimeFound, ZoneFound
from scheduler.intake.reports.meetings.details import NOTHING, Details
from scheduler.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDeadline:
    """A deadline whose date the text gives; `time` is its hour where it has one."""

    kind: str
    date: DateFound
    time: TimeFound | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedOffset:
    """A deadline of one meeting that the text states by its distance."""

    kind: str
    offset: OffsetFound
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A meeting as read from one item, row or sentence.

    `series` numbers the list or table it stands in; entries told in sentences have one each per
    sentence. `listed` tells lists and tables from sentences. `conversions` are restatements of
    its time for other zones, `length` a stated duration, `group` whose meeting it is where that is
    said of it alone. `end` is its end where the text gives
    it apart, `until` where that has a date of its own ("… 22:00 to 2 June 2026, 01:00").
    `same_hours` where it refers to the hours of the entry before it.
    """

    series: int
    listed: bool
    line: int
    date: DateFound
    time: TimeFound | None = None
    end: TimeFound | None = None
    until: tuple[DateFound, TimeFound] | None = None
    conversions: tuple[TimeFound, ...] = ()
    zone: ZoneFound | None = None
    length: dt.timedelta | None = None
    same_hours: bool = False
    label: str | None = None
    group: str | None = None
    details: Details = NOTHING
    context: str = ""
    deadlines: tuple[StatedDeadline, ...] = ()
    offsets: tuple[StatedOffset, ...] = ()
    problems: tuple[Problem, ...] = ()
