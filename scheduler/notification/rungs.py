"""When a rung opens, until when it is of use, and which of several is the nearest: pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.moment import Instant, WallTime, candidates, is_skipped
from scheduler.model.reminding import ANY_DEADLINE, MEETING, Rung, RungUnit
from scheduler.model.subscription import Subscription
from scheduler.notification.standing import Occasion

A_DAY = dt.timedelta(days=1)
AN_HOUR = dt.timedelta(hours=1)
OVERDUE_HOLDS = dt.timedelta(days=14)
"""How long a rung that comes after its deadline is of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The life of one rung of one occasion.

    It may be told from `opens` until `closes`; who asked to be told when it was `over` is not.
    """

    opens: Instant
    over: Instant
    closes: Instant


def start_of_day(day: dt.date, zone: str) -> Instant:
    """Return the first instant of a calendar day, also where a clock change skips midnight."""
    midnight = WallTime(day, dt.time(0), zone)
    found = candidates(midnight)
    return found[-1] if is_skipped(midnight) else found[0]


def opening(found: Occasion, rung: Rung) -> Opening | None:
    """Return the life of a rung; None for hours before something whose hour is unknown.

    A rung of days is a calendar day in the zone of the occasion, one of hours an exact instant
    and over after an hour. What comes before is of use until the occasion, what comes after for
    `OVERDUE_HOLDS`.
    """
    if rung.unit is RungUnit.HOUR:
        if not found.hour_known:
            return None
        opens = found.instant.plus(AN_HOUR * rung.offset)
        over = opens.plus(AN_HOUR)
    else:
        day, zone = found.moment.day + A_DAY * rung.offset, found.moment.zone
        opens, over = start_of_day(day, zone), start_of_day(day + A_DAY, zone)
    closes = opens.plus(OVERDUE_HOLDS) if rung.is_after else found.until
    return Opening(opens=opens, over=over, closes=closes)


def nearest(found: Occasion, rungs: Iterable[Rung], now: Instant) -> Opening | None:
    """Return the last of the rungs that have opened, where it is still of use at `now`."""
    open_now = [
        one for rung in rungs if (one := opening(found, rung)) and one.opens <= now < one.closes
    ]
    return max(open_now, key=lambda one: one.opens, default=None)


def rungs_for(reader: Subscription, group: Group, kind: str) -> tuple[Rung, ...]:
    """Return when a reader is reminded of a kind of deadline, or of a `MEETING`.

    Rungs of their own stand for the group's before; those after are always the group's.
    """
    if not is_about(reader, kind):
        return ()
    theirs = group.rungs_of(kind)
    if reader.rungs:
        return (*reader.rungs, *(rung for rung in theirs if rung.is_after))
    return theirs


def is_about(reader: Subscription, kind: str) -> bool:
    """Tell whether a reader chose to be reminded of a kind of deadline, or of a `MEETING`."""
    in_general = kind != MEETING and ANY_DEADLINE in reader.kinds
    return not reader.kinds or kind in reader.kinds or in_general
