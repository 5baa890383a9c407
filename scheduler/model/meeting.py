"""Meetings and the other dated things of a plan."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.agenda import Agenda
from scheduler.model.deadline import Deadline
from scheduler.model.moment import Instant, Reading, WallTime, candidates, settled_at
from scheduler.model.problem import Problem
from scheduler.model.stamp import Stamp


class Mode(StrEnum):
    """How people take part."""

    VIRTUAL = "virtual"
    PHYSICAL = "physical"
    HYBRID = "hybrid"


class Status(StrEnum):
    """Where a meeting stands in its life; tentative until its parent has authorised it."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerTime:
    """A time at which a meeting was published before it moved, and why it moved."""

    start: WallTime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of a group, as people agreed it: wall times in `zone`.

    `start` and `end` are None where the text gives no hour. A meeting of several days lasts
    from `start` on `date` to `end` on `end_date`; `daily` then holds the hours of each day.
    `reading` settles a local time that a clock change skips or repeats. `uid`, `stamp` and
    `former` belong to its published life and are empty before; `source` names the document
    it was read from, `reason` says why it was last edited. `agenda` is None until somebody sets it.
    """

    group: str
    date: dt.date
    end_date: dt.date
    zone: str
    start: dt.time | None = None
    end: dt.time | None = None
    daily: tuple[dt.time, dt.time] | None = None
    reading: Reading | None = None
    label: str | None = None
    mode: Mode | None = None
    place: str | None = None
    link: str | None = None
    status: Status = Status.TENTATIVE
    topics: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    problems: tuple[Problem, ...] = ()
    line: int | None = None
    source: str | None = None
    uid: str = ""
    stamp: Stamp | None = None
    former: tuple[FormerTime, ...] = ()
    reason: str | None = None
    agenda: Agenda | None = None

    @property
    def starts(self) -> WallTime | None:
        """The wall time of its start, where the hour is known."""
        return self._wall(self.date, self.start)

    @property
    def ends(self) -> WallTime | None:
        """The wall time of its end, where the hour is known."""
        return self._wall(self.end_date, self.end)

    @property
    def start_instant(self) -> Instant | None:
        """The instant of its start; None while the hour is unknown or not settled."""
        return self._instant(self.date, self.start)

    @property
    def end_instant(self) -> Instant | None:
        """The instant of its end; None while the hour is unknown or not settled."""
        return self._instant(self.end_date, self.end)

    @property
    def start_candidates(self) -> tuple[Instant, ...]:
        """Both readings of a start that nobody has settled; empty otherwise."""
        if self.starts is None or self.start_instant is not None:
            return ()
        return candidates(self.starts)

    def _wall(self, day: dt.date, clock: dt.time | None) -> WallTime | None:
        return None if clock is None else WallTime(day, clock, self.zone, self.reading)

    def _instant(self, day: dt.date, clock: dt.time | None) -> Instant | None:
        return None if clock is None else settled_at(day, clock, self.zone, self.reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated thing beside the meetings, such as a workshop.

    `uid` and `stamp` belong to its published life, as those of a meeting do; `source` names the
    document it was read from. `withdrawn` marks one that was published and no longer holds.
    """

    title: str
    date: dt.date
    end_date: dt.date
    place: str | None = None
    mode: Mode | None = None
    line: int | None = None
    uid: str = ""
    stamp: Stamp | None = None
    source: str | None = None
    withdrawn: bool = False
