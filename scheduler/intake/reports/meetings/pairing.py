"""Which hour belongs to which date of a text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.intake.moments import DateFound, Found, Span, TimeFound, ZoneFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hour of a date, restatements of it for other zones, and the zone named beside it."""

    time: TimeFound | None = None
    conversions: tuple[TimeFound, ...] = ()
    zone: ZoneFound | None = None
    until: tuple[DateFound, TimeFound] | None = None


def spanned(text: str, found: Sequence[Found]) -> tuple[tuple[DateFound, Hours], ...]:
    """Return the dates of a text with their hours, "DATE HOUR to DATE HOUR" as one."""
    pairs = paired(found)
    whole: list[tuple[DateFound, Hours]] = []
    for date, hours in pairs:
        above = whole[-1] if whole else None
        if above is not None and _ends(text, above, date, hours) and hours.time is not None:
            whole[-1] = (above[0], replace(above[1], until=(date, hours.time)))
        else:
            whole.append((date, hours))
    return tuple(whole)


def _ends(text: str, above: tuple[DateFound, Hours], date: DateFound, hours: Hours) -> bool:
    begin = above[1].time
    if begin is None or begin.end or hours.time is None or hours.time is begin:
        return False
    if hours.time.end is not None or above[1].until is not None:
        return False
    between = text[begin.span.end : date.span.start]
    return (
        re.fullmatch(r"[\s,Tt]*(?:to|until|till|–|—|-|/|à|au|jusqu['’]au)\s*", between) is not None
    )


def paired(found: Sequence[Found]) -> tuple[tuple[DateFound, Hours], ...]:
    """Return each date of a text with its hours.

    Its own time is the next one before another date; the dates of "4, 11 and 18 March,
    14:00-16:00" share what follows the last, those of "at 15:00 on 4 and 11 March" what stands
    before the first.
    """
    dates = [one for one in found if isinstance(one, DateFound)]
    times = [one for one in found if isinstance(one, TimeFound)]
    zones = [one for one in found if isinstance(one, ZoneFound)]
    own = [time for time in times if time.conversion_of is None]
    restated: dict[Span, list[TimeFound]] = {}
    for time in times:
        if time.conversion_of is not None:
            restated.setdefault(time.conversion_of, []).append(time)
    return tuple((date, _hours(_time_of(date, own), restated, zones)) for date in dates)


def _time_of(date: DateFound, times: Sequence[TimeFound]) -> TimeFound | None:
    """Return the next time after a date, or else the last one before it."""
    place = bisect_left(times, date.span.end, key=lambda time: time.span.start)
    if place < len(times):
        return times[place]
    return times[-1] if times else None


def _hours(
    time: TimeFound | None, restated: dict[Span, list[TimeFound]], zones: Sequence[ZoneFound]
) -> Hours:
    if time is None:
        return Hours(zone=zones[0] if zones else None)
    named = time.stated_zone
    if named is None and zones:
        place = bisect_left(zones, time.span.end, key=lambda zone: zone.span.start)
        named = zones[min(place, len(zones) - 1)]
    return Hours(time=time, conversions=tuple(restated.get(time.span, ())), zone=named)
