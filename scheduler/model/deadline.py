"""Deadlines, and the rules they are derived by."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from scheduler.model.finding import Citation
from scheduler.model.moment import WallTime
from scheduler.model.stamp import Stamp

CONTRIBUTION = "contribution"


class Unit(StrEnum):
    """The unit an offset counts in."""

    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"


class Anchor(StrEnum):
    """What an offset is counted from."""

    MEETING_DATE = "meeting_date"
    MEETING_START = "meeting_start"
    MEETING_END = "meeting_end"
    MEETING_END_DATE = "meeting_end_date"


class IfClosed(StrEnum):
    """What becomes of a deadline that falls on a weekend or on a day the host is closed."""

    LEAVE = "leave"
    EARLIER = "earlier"
    LATER = "later"


class TimeSource(StrEnum):
    """Whether the text names the hour, or the end of the day is taken by convention."""

    STATED = "stated"
    CONVENTION = "convention"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """A rule such as "7 days before the meeting".

    `offset` is signed (negative: before), in `unit`s from `anchor`. Hours are elapsed time from
    the anchor's instant; everything else is a day on the wall calendar, at the stated wall time
    `clock` in `zone` or, without one, at the end of that day (23:59:59 in `zone`).
    `only_for` holds the labels of the meetings it is limited to; empty means all.

    `clear_days` excludes both ends: twelve clear days before is the thirteenth day.
    `same_clock` is the anchor's own hour in the meeting's zone. `weekday` (Monday is 0) is the
    day of the week on which it falls at the latest, or after the meeting at the earliest;
    `if_closed` then says where it goes from a day that is not a working day of the host.
    """

    kind: str
    offset: int
    unit: Unit
    anchor: Anchor = Anchor.MEETING_DATE
    clock: time | None = None
    zone: str
    time_source: TimeSource = TimeSource.CONVENTION
    only_for: tuple[str, ...] = ()
    line: int | None = None
    clear_days: bool = False
    same_clock: bool = False
    weekday: int | None = None
    if_closed: IfClosed = IfClosed.LEAVE
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last moment for something; what is received after that second is late.

    `rule` is None where the document states the date itself. `uid` and `stamp` are set once
    the meeting is stored and published; `withdrawn` marks one that was published and no longer
    holds, for its entry lives on in calendars.
    """

    kind: str
    moment: WallTime
    time_source: TimeSource
    rule: DeadlineRule | None = None
    line: int | None = None
    uid: str = ""
    stamp: Stamp | None = None
    withdrawn: bool = False
