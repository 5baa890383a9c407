"""What a scan finds in a text, as frozen values with their spans."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.deadline import Anchor, TimeSource, Unit
from scheduler.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before the text is read.

    `speaks_on` is the day the text speaks from and decides years that it leaves out; `zone` is
    the IANA zone where the text names none, and settles abbreviations that several zones share;
    `year` is one that a heading or a caption states for all that follows.
    """

    speaks_on: dt.date | None = None
    zone: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text."""

    start: int
    end: int


class Convention(StrEnum):
    """A word that stands where an hour would."""

    CLOSE_OF_BUSINESS = "cob"
    END_OF_DAY = "end_of_day"
    NOON = "noon"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFound:
    """A day, or consecutive days from `first` to `last`; `last` equals `first` for one day.

    `weekday` is the stated one (0 is Monday) and may contradict the date, which is then a
    problem and never repaired. `alternatives` are other readings of the same figures, as
    (first, last).
    """

    span: Span
    text: str
    first: dt.date
    last: dt.date
    weekday: int | None = None
    year_inferred: bool = False
    alternatives: tuple[tuple[dt.date, dt.date], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFound:
    """A month, a run of months or years, or a week: never the date of a meeting."""

    span: Span
    text: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFound:
    """A time zone as the text names it.

    `zone` is its IANA name, None where nobody can tell; `candidates` are the zones an ambiguous
    abbreviation may mean. `abbreviation` is the stated one ("CEST"), `offset_minutes` the
    distance from UTC that the abbreviation or the text claims; `check_zone` compares it with
    what the zone observes on a day. `local` means "local time": the zone of the place.
    """

    span: Span
    text: str
    zone: str | None
    candidates: tuple[str, ...] = ()
    abbreviation: str | None = None
    offset_minutes: int | None = None
    local: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFound:
    """A clock time, or a range of them when `end` is set.

    A day offset of 1 puts that end on the following day (24:00, 23:00-01:00). `start` is None
    for a convention without an hour ("COB") unless the text gives one. `convention` is the word
    used. `conversion_of` is the span of the time that this one restates for another zone;
    `check_conversion` compares the two.
    """

    span: Span
    text: str
    start: dt.time | None = None
    end: dt.time | None = None
    start_day_offset: int = 0
    end_day_offset: int = 0
    stated_zone: ZoneFound | None = None
    convention: Convention | None = None
    conversion_of: Span | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def zone(self) -> str | None:
        """The IANA zone stated with the time, where it is stated and known."""
        return self.stated_zone.zone if self.stated_zone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetFound:
    """A distance such as "7 days before the meeting": `offset` is negative for before.

    `anchor_text` is the phrase it is counted from as written, empty where there is none
    ("two weeks in advance"); it may name something else than a meeting. `weekday` is set for
    "the Thursday one week before". `clock` (with `clock_day_offset` 1 for 24:00), `stated_zone`
    and `convention` are the hour that goes with it.
    """

    span: Span
    text: str
    offset: int
    unit: Unit
    anchor: Anchor
    anchor_text: str = ""
    weekday: int | None = None
    clock: dt.time | None = None
    clock_day_offset: int = 0
    stated_zone: ZoneFound | None = None
    convention: Convention | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def time_source(self) -> TimeSource:
        """Whether the text names the hour."""
        return TimeSource.CONVENTION if self.clock is None else TimeSource.STATED

    @property
    def zone(self) -> str | None:
        """The IANA zone stated with the hour, where it is stated and known."""
        return self.stated_zone.zone if self.stated_zone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedFound:
    """A text that reads like a date or time and cannot be one; `problem.code` says which."""

    span: Span
    text: str
    problem: Problem


Found = DateFound | PeriodFound | TimeFound | ZoneFound | OffsetFound | RejectedFound
