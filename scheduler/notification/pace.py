"""The pace of letters to one domain: how many are on their way, and which began lately."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model.domain_limit import DomainLimit
from scheduler.model.moment import Instant

# A minute, and the second that an instant leaves out.
WINDOW = dt.timedelta(seconds=61)

Starts = Mapping[Instant, int]


@dataclass(frozen=True, slots=True)
class DomainWait:
    """Why letters to a domain wait.

    Until an instant, or, where that is None, until one of those on their way is settled.
    """

    reason: str
    until: Instant | None = None


def lately(starts: Starts, now: Instant) -> Starts:
    """Return what is left of the starts that count by now.

    Those that a clock of another machine puts a little later than now count as well; those of a
    clock that was set back since are forgotten, or letters would wait for it to come there again.
    """
    return {start: count for start, count in starts.items() if abs(start.utc - now.utc) < WINDOW}


def with_start(starts: Starts, now: Instant) -> Starts:
    """Return the starts that count, and one more."""
    return Counter(lately(starts, now)) + Counter([now])


def domain_wait(
    domain: str, limit: DomainLimit, on_their_way: int, starts: Starts, now: Instant
) -> DomainWait | None:
    """Return why one more letter to a domain waits, or None where it may begin.

    `on_their_way` letters to it are being sent by anybody.
    """
    counting = lately(starts, now)
    begun = sum(counting.values())
    if limit.per_minute is not None and begun >= limit.per_minute:
        until = min(counting).plus(WINDOW)
        return DomainWait(f"waits until {until}: letters to {domain} in a minute: {begun}", until)
    if on_their_way >= limit.at_once:
        return DomainWait(f"waits: letters to {domain} on their way: {on_their_way}")
    return None
