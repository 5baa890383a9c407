"""Kinds of time: the instant, the wall time people agreed on, and how one becomes the other.

What people agreed (date, clock time, IANA zone) is stored; the instant is derived here and
nowhere else. A local time that a clock change skips or repeats has two candidates, and only a
named `Reading` chooses between them.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from scheduler.errors import BadInstant, UnknownZone, UnsettledTime

GENEVA = "Europe/Zurich"
ANYWHERE_ON_EARTH = "Etc/GMT+12"
END_OF_DAY = time(23, 59, 59)

# RFC 3339, 5.6; seconds may be left out, since people do.
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


class Reading(StrEnum):
    """Which of the two candidates of a skipped or repeated local time is meant."""

    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A point in time; `utc` is an aware datetime in UTC."""

    utc: datetime

    def __post_init__(self) -> None:
        if self.utc.tzinfo is None:
            raise ValueError("an instant needs an aware datetime")
        if self.utc.tzinfo is not UTC:
            object.__setattr__(self, "utc", self.utc.astimezone(UTC))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read RFC 3339 with an offset or `Z`; raises `BadInstant` for anything else."""
        written = text.strip().upper()
        if not _RFC_3339.fullmatch(written):
            raise BadInstant(text)
        try:
            return cls(datetime.fromisoformat(written))
        except (ValueError, OverflowError):  # no such day or hour, or outside the years 1 to 9999
            raise BadInstant(text) from None

    def __str__(self) -> str:
        """RFC 3339 in UTC with `Z`, whole seconds unless there are fractions."""
        return self.utc.isoformat().replace("+00:00", "Z")

    def plus(self, span: timedelta) -> "Instant":
        """Return the instant that elapsed `span` later."""
        return Instant(self.utc + span)

    def in_zone(self, zone: str) -> datetime:
        """Return the aware local datetime in the IANA zone `zone`."""
        return self.utc.astimezone(zone_named(zone))


@dataclass(frozen=True, slots=True, order=True)
class WallTime:
    """What people agreed: date and clock time in an IANA zone, and a reading if it needs one."""

    day: date
    clock: time
    zone: str
    reading: Reading | None = None

    def __str__(self) -> str:
        """Date, clock time and zone, such as `2024-02-20 13:00 Europe/Zurich`."""
        return f"{self.day} {clock_text(self.clock)} {self.zone}"


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of an IANA name; raises `UnknownZone`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(name) from None


def clock_text(clock: time) -> str:
    """Return `HH:MM`, with seconds only where there are some."""
    return clock.isoformat("seconds" if clock.second else "minutes")


def candidates(wall: WallTime) -> tuple[Instant, ...]:
    """Return the one instant of a wall time, or its two candidates, earlier first.

    Two stand for a repeated time (both occurrences) as for a skipped one (read with the offset
    after the change and before it: the usual shift back and shift forward).
    """
    return _readings(wall.day, wall.clock, zone_named(wall.zone))


@lru_cache(maxsize=65_536)  # rules ask for the same moments again and again
def _readings(day: date, clock: time, zone: ZoneInfo) -> tuple[Instant, ...]:
    # A reading says which occurrence is meant, and never a fold, which equal clocks may differ in.
    first = datetime.combine(day, clock.replace(fold=0), zone)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return (Instant(first),)
    return tuple(sorted((Instant(first), Instant(second))))


def is_skipped(wall: WallTime) -> bool:
    """Tell whether a clock change leaves this local time out."""
    zone = zone_named(wall.zone)
    naive = datetime.combine(wall.day, wall.clock)
    return all(
        moment.utc.astimezone(zone).replace(tzinfo=None) != naive for moment in candidates(wall)
    )


def settled(wall: WallTime) -> Instant | None:
    """Return the instant, or None where two candidates stand and no reading was chosen."""
    return settled_at(wall.day, wall.clock, wall.zone, wall.reading)


def settled_at(day: date, clock: time, zone: str, reading: Reading | None) -> Instant | None:
    """Return what `settled` does for a wall time of these parts, without making it first."""
    found = _readings(day, clock, zone_named(zone))
    if len(found) == 1:
        return found[0]
    if reading is None:
        return None
    return found[0] if reading is Reading.EARLIER else found[1]


def exact(wall: WallTime) -> Instant:
    """Return the instant; raises `UnsettledTime` where somebody has to choose first."""
    instant = settled(wall)
    if instant is None:
        raise UnsettledTime(str(wall), [str(found) for found in candidates(wall)])
    return instant
