"""What calendar clients compare to see whether an entry changed."""

from dataclasses import dataclass

from scheduler.model.moment import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The published life of one entry (RFC 5545, 3.8.7).

    `sequence` rises once per change of its time or status, `modified` with every change;
    `cancelled` is the instant since when it stands cancelled, for its retention. `starts` and
    `ends` are the instants it was approved with, of a deadline only `ends`: newer zone data may
    put the agreed hour at others. Plans of earlier versions have none.
    """

    sequence: int
    created: Instant
    modified: Instant
    cancelled: Instant | None = None
    starts: Instant | None = None
    ends: Instant | None = None
