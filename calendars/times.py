"""Times as calendars write them: in their own zone where that is certain, else in UTC."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendars.content import local_text, utc_text
from calendars.zones import vtimezone

_SAFE_NAME = re.compile(r"[A-Za-z0-9_+/-]+")
_NAMES_OF_UTC = frozenset(
    ("UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu")
)
_THREE_DAYS = timedelta(days=3)

Declarations = Mapping[str, tuple[str, ...]]
Span = tuple[str, int, int]
Spans = Iterable[Span]


def declarations(spans: Spans) -> Declarations:
    """Return the VTIMEZONE of each zone that can be declared, by its name, sorted.

    `spans` are zones with the first and the last year by their clocks in which times stand.
    """
    found = ((zone, vtimezone(zone, first, last)) for zone, first, last in united(spans))
    return {zone: lines for zone, lines in found if lines is not None}


def united(spans: Spans) -> tuple[tuple[str, int, int], ...]:
    """Return one span for each zone, from its first year to its last, sorted."""
    years: dict[str, tuple[int, int]] = {}
    for zone, first, last in spans:
        known = years.get(zone)
        if known is None:
            years[zone] = (first, last)
        elif first < known[0] or last > known[1]:
            years[zone] = (min(first, known[0]), max(last, known[1]))
    return tuple((zone, *years[zone]) for zone in sorted(years))


def when(name: str, moment: datetime | date, zone: str | None) -> str:
    """Return the content line of a date, or of a time in a declared zone or, without one, UTC."""
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment.year:04}{moment.month:02}{moment.day:02}"
    if zone is not None:
        return f"{name};TZID={zone}:{local_text(moment)}"
    return f"{name}:{utc_text(moment)}"


def zone_name(moment: datetime | date) -> str | None:
    """Return the zone by whose clocks a time is one instant; None for UTC, fixed offsets, dates.

    Readers disagree on a time that a clock change skips or repeats.
    """
    if not isinstance(moment, datetime) or not isinstance(zone := moment.tzinfo, ZoneInfo):
        return None
    name = _name_on(zone, moment.toordinal())
    if name is not None or _name(zone) is None:
        return name
    certain = moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()
    return _name(zone) if certain else None


@lru_cache(maxsize=65_536)
def _name_on(zone: ZoneInfo, ordinal: int) -> str | None:
    """Return the name of a zone if no clock is changed on a day or the days beside it."""
    eve = datetime.fromordinal(ordinal - 1).replace(tzinfo=zone)
    steady = eve.utcoffset() == (eve + _THREE_DAYS).utcoffset()
    return _name(zone) if steady else None


@lru_cache(maxsize=1024)
def _name(zone: ZoneInfo) -> str | None:
    name = zone.key or ""
    known = _SAFE_NAME.fullmatch(name) and name.removeprefix("Etc/") not in _NAMES_OF_UTC
    return name if known else None
