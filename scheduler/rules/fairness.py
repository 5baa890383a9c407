"""The fairness of hours: what a meeting's time is for people in each zone.

The W3C's guide for meetings over many zones asks for times that begin from 06:00 to midnight for
everyone, to be reconsidered at both clock changes, and to take turns, so that nobody is left out
every time. How bad each hour is beside the others is this project's own scale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.model.mandate import Membership
from scheduler.model.moment import Instant, zone_named

FULL = 100
# From midnight: 0 is an hour of work, 100 one of sleep.
BURDEN_BY_HOUR = (
    (100,) * 6 + (50, 25, 5) + (0,) * 8 + (5, 10, 20, 30, 40, 55, 70)
)  # fmt: skip
FIRST_FAIR_HOUR = 6
HEAVY = 50
_LAST_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTime:
    """When a meeting is for those in one zone, and how bad that is, from 0 to 100."""

    zone: str
    start: datetime
    end: datetime
    burden: int

    @property
    def is_fair(self) -> bool:
        """Tell whether it begins from 06:00 to midnight there."""
        return self.start.hour >= FIRST_FAIR_HOUR


def local_times(
    start: Instant, end: Instant, members: Iterable[Membership]
) -> tuple[LocalTime, ...]:
    """Return when a meeting is for each zone of the members, in their order."""
    return tuple(_local(start.utc, end.utc, member.zone) for member in members)


def burden(start: Instant, end: Instant, zone: str) -> int:
    """Return how bad a meeting's hours are in a zone, from 0 to 100: the worse of both ends."""
    return _burden(start.utc, end.utc, zone_named(zone))


def fairness(burdens: Iterable[int], members: Iterable[Membership]) -> int:
    """Return 100 less the mean of the worst zone's burden and that of the average member."""
    pairs = [
        (load, member.count) for load, member in zip(burdens, members, strict=True) if member.count
    ]
    if not pairs:
        return FULL
    mean = sum(load * count for load, count in pairs) // sum(count for _, count in pairs)
    return FULL - (max(load for load, _ in pairs) + mean) // 2


def clock_changes(zone: str, first: date, last: date) -> tuple[date, ...]:
    """Return the days from `first` to `last` on which the clocks of a zone change."""
    place = zone_named(zone)
    midnights = [
        datetime.combine(first + timedelta(days=n), datetime.min.time(), place)
        for n in range((last - first).days + 2)
    ]
    offsets = [midnight.utcoffset() for midnight in midnights]
    pairs = zip(midnights, offsets, offsets[1:], strict=False)
    return tuple(midnight.date() for midnight, now, after in pairs if now != after)


def _local(start: datetime, end: datetime, zone: str) -> LocalTime:
    place = zone_named(zone)
    return LocalTime(
        zone=zone,
        start=start.astimezone(place),
        end=end.astimezone(place),
        burden=_burden(start, end, place),
    )


def _burden(start: datetime, end: datetime, place: ZoneInfo) -> int:
    opening = start.astimezone(place).hour
    closing = (end - _LAST_MINUTE).astimezone(place).hour
    return max(BURDEN_BY_HOUR[opening], BURDEN_BY_HOUR[closing])
