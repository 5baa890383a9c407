"""What libical, the C library behind many calendar programs, makes of a feed."""

import ctypes
import datetime as dt
from collections.abc import Iterator
from functools import cache

from tests.support.many_zones import Moment, Shown

_EVENT = 4  # ICAL_VEVENT_COMPONENT of libical 3
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
        "icalcomponent_get_dtend",
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
        event = library.icalcomponent_get_first_component(calendar, _EVENT)
        while event:
            yield _shown(library, ctypes.c_void_p(event))
            event = library.icalcomponent_get_next_component(calendar, _EVENT)
    finally:
        library.icalcomponent_free(calendar)


def _shown(library: ctypes.CDLL, event: ctypes.c_void_p) -> Shown:
    status = library.icalproperty_status_to_string(library.icalcomponent_get_status(event))
    return Shown(
        library.icalcomponent_get_uid(event).decode(),
        _moment(library, library.icalcomponent_get_dtstart(event)),
        _moment(library, library.icalcomponent_get_dtend(event)),
        status.decode(),
        library.icalcomponent_get_sequence(event),
    )


def _moment(library: ctypes.CDLL, local: _Time) -> Moment:
    if local.is_date:
        return dt.date(local.year, local.month, local.day)
    utc = library.icaltime_convert_to_zone(local, library.icaltimezone_get_utc_timezone())
    return dt.datetime(
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=dt.UTC
    )
