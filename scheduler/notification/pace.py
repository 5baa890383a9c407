"""How fast letters leave for one domain: which began lately, and how long the next one waits."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from scheduler.model.domain_limit import DomainLimit
from scheduler.model.moment import Instant

# A minute, and the second that an instant leaves out.
_WINDOW = dt.timedelta(seconds=61)
SECONDS_FOR_A_PLACE = 2

Starts = Mapping[Instant, int]


def lately(starts: Starts, now: Instant) -> Starts:
    """Return what is left of the starts that count by now.

    Those that a clock of another machine puts a little later than now count as well; those of a
    clock that was set back since are forgotten, or letters would wait for it to come there again.
    """
    return {start: count for start, count in starts.items() if abs(start.utc - now.utc) < _WINDOW}


def with_start(starts: Starts, now: Instant) -> Starts:
    """Return the starts that count, and one more."""
    return Counter(lately(starts, now)) + Counter([now])


def wait_seconds(limit: DomainLimit, on_their_way: int, starts: Starts, now: Instant) -> int | None:
    """Return how long a letter to a domain waits before it is looked at again, None for not at all.

    `on_their_way` letters to it are being sent by anybody.
    """
    if on_their_way >= limit.at_once:
        return SECONDS_FOR_A_PLACE
    counting = lately(starts, now)
    if limit.per_minute is None or sum(counting.values()) < limit.per_minute:
        return None
    over = min(counting).plus(_WINDOW)
    return max(1, int((over.utc - now.utc).total_seconds()))
