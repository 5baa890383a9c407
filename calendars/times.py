"""Times as calendars write them: in their own zone where that is certain, else in UTC."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendars.content import local_text, utc_text
from calendars.model import Entry
from calendars.zones import vtimezone

_SAFE_NAME = re.compile(r"[A-Za-z0-9_+/-]+")
_NAMES_OF_UTC = frozenset(
    ("UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu")
)
_THREE_DAYS = timedelta(days=3)

Declarations = Mapping[str, tuple[str, ...]]


def declarations(entries: Iterable[Entry]) -> Declarations:
    """Return the VTIMEZONE of each zone that entries can be written in, by its name, sorted."""
    spans: dict[str, tuple[datetime, datetime]] = {}
    for entry in entries:
        for moment in (entry.starts, entry.ends):
            if isinstance(moment, datetime) and (zone := _zone_name(moment)):
                first, last = spans.get(zone, (moment, moment))
                if moment <= first or moment > last:
                    spans[zone] = min(first, moment), max(last, moment)
    found = ((zone, vtimezone(zone, *spans[zone])) for zone in sorted(spans))
    return {zone: lines for zone, lines in found if lines is not None}


def when(name: str, moment: datetime | date, declared: Declarations) -> str:
    """Return the content line of a property that is a time or a date."""
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment.year:04}{moment.month:02}{moment.day:02}"
    zone = _zone_name(moment)
    if zone in declared:
        return f"{name};TZID={zone}:{local_text(moment)}"
    return f"{name}:{utc_text(moment)}"


def _zone_name(moment: datetime) -> str | None:
    """Return the zone by whose clocks a time is one instant; None for UTC and fixed offsets.

    Readers disagree on a time that a clock change skips or repeats.
    """
    zone = moment.tzinfo
    if not isinstance(zone, ZoneInfo):
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
