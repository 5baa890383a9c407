"""When the offset of a zone changes, found in the zone data itself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_FIVE_DAYS = 5 * 86_400  # seconds; the shortest-lived offset, Brazil's of 2000, had nearly seven


@dataclass(frozen=True, slots=True)
class Onset:
    """A change of offset: its instant in UTC, the offsets before and after, the name after."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def local(self) -> datetime:
        """The wall time that clocks showed, or would have shown, had they not been changed."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def kind(self) -> tuple[timedelta, timedelta]:
        """From which offset to which: what the onsets of one series share."""
        return self.before, self.after


def onsets(zone: ZoneInfo, first: datetime, last: datetime) -> tuple[Onset, ...]:
    """Return the changes of offset after the aware `first` up to `last`, in their order."""
    found = []
    here, end = int(first.timestamp()), int(last.timestamp())
    before = _offset(zone, here)
    while here < end:
        there = min(here + _FIVE_DAYS, end)
        after = _offset(zone, there)
        if after != before:
            found.append(_onset(zone, here, there))
        here, before = there, after
    return tuple(found)


def _onset(zone: ZoneInfo, low: int, high: int) -> Onset:
    """Halve the time between two offsets until it is one second."""
    before, after = _offset(zone, low), _offset(zone, high)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    name = datetime.fromtimestamp(high, zone).tzname() or ""
    return Onset(datetime.fromtimestamp(high, UTC), before, after, name)


def _offset(zone: ZoneInfo, second: int) -> timedelta:
    return datetime.fromtimestamp(second, zone).utcoffset() or timedelta(0)
