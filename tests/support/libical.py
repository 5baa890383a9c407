"""What libical, the C library behind many calendar programs, makes of a feed."""

import ctypes
import datetime as dt
from collections.abc import Iterator
from functools import cache

from tests.support.many_zones import Moment, Shown

# Kinds of components of libical 3, ICAL_VEVENT_COMPONENT and ICAL_VTODO_COMPONENT, and what tells
# the end of each.
_ENDS = {4: "icalcomponent_get_dtend", 5: "icalcomponent_get_due"}
_TEXTS = ("icalcomponent_get_uid", "icalproperty_status_to_string")
_POINTERS = (
    "icalparser_parse_string",
    "icalcomponent_get_first_component",
    "icalcomponent_get_next_component",
    "icaltimezone_get_utc_timezone",
)


class _Time(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


@cache
def libical() -> ctypes.CDLL | None:
    """Return the library, None where version 3 of it is not installed."""
    try:
        found = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    for name in _TEXTS:
        getattr(found, name).restype = ctypes.c_char_p
    for name in _POINTERS:
        getattr(found, name).restype = ctypes.c_void_p
    for name in (
        "icalcomponent_get_dtstart",
        *_ENDS.values(),
        "icaltime_convert_to_zone",
    ):
        getattr(found, name).restype = _Time
    found.icaltime_convert_to_zone.argtypes = (_Time, ctypes.c_void_p)
    return found


def with_libical(data: bytes) -> Iterator[Shown]:
    """What libical reads."""
    library = libical()
    assert library is not None
    calendar = ctypes.c_void_p(library.icalparser_parse_string(data))
    try:
        for kind, end in _ENDS.items():
            found = library.icalcomponent_get_first_component(calendar, kind)
            while found:
                yield _shown(library, ctypes.c_void_p(found), end)
                found = library.icalcomponent_get_next_component(calendar, kind)
    finally:
        library.icalcomponent_free(calendar)


def _shown(library: ctypes.CDLL, found: ctypes.c_void_p, end: str) -> Shown:
    status = library.icalproperty_status_to_string(library.icalcomponent_get_status(found))
    return Shown(
        library.icalcomponent_get_uid(found).decode(),
        _moment(library, library.icalcomponent_get_dtstart(found)),
        _moment(library, getattr(library, end)(found)),
        status.decode(),
        library.icalcomponent_get_sequence(found),
    )


def _moment(library: ctypes.CDLL, local: _Time) -> Moment:
    if local.is_date:
        return dt.date(local.year, local.month, local.day)
    utc = library.icaltime_convert_to_zone(local, library.icaltimezone_get_utc_timezone())
    return dt.datetime(
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=dt.UTC
    )
