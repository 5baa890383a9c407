"""What a chosen series is for each zone: its local time at every meeting, and its bad hours."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.planning.explanation import Explanation
from scheduler.rules.fairness import HEAVY, LocalTime


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneShare:
    """A zone's local time at each meeting of a series, in order."""

    zone: str
    times: tuple[LocalTime, ...]

    @property
    def bad_hours(self) -> int:
        """How many of the meetings are at a bad hour there."""
        return sum(time.burden >= HEAVY for time in self.times)


def zone_shares(explanations: Iterable[Explanation]) -> tuple[ZoneShare, ...]:
    """Return what the explained series is for each zone of its members, in their order."""
    columns = zip(*(explanation.local_times for explanation in explanations), strict=True)
    return tuple(ZoneShare(zone=times[0].zone, times=times) for times in columns)
