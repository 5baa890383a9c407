"""libical's writer, in C, given the values of our entries; None where version 3 is missing."""

import ctypes
from collections.abc import Callable
from datetime import UTC, date, datetime

from calendars.model import Calendar, Entry

_EVENT, _CALENDAR = 4, 7  # ICAL_VEVENT_COMPONENT, ICAL_VCALENDAR_COMPONENT of libical 3
_TEXTS = ("uid", "summary", "description", "location", "url", "categories")
_TIMES = ("dtstart", "dtend", "dtstamp")


class _Time(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


def _library() -> ctypes.CDLL | None:
    try:
        found = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    found.icalcomponent_new.restype = ctypes.c_void_p
    found.icaltimezone_get_utc_timezone.restype = ctypes.c_void_p
    for name in (*_TEXTS, *_TIMES, "sequence"):
        getattr(found, f"icalproperty_new_{name}").restype = ctypes.c_void_p
    for name in _TIMES:
        getattr(found, f"icalproperty_new_{name}").argtypes = (_Time,)
    found.icalcomponent_as_ical_string_r.restype = ctypes.c_void_p
    found.icalcomponent_add_property.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    found.icalcomponent_add_component.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    found.icalcomponent_as_ical_string_r.argtypes = (ctypes.c_void_p,)
    found.icalcomponent_free.argtypes = (ctypes.c_void_p,)
    return found


def libical_writer(calendar: Calendar) -> Callable[[Calendar], bytes] | None:
    """Return what writes a calendar whose components are built already; its argument is ignored.

    Only the writing is in C's hands: to build the components from Python would measure ctypes.
    """
    library = _library()
    if library is None:
        return None
    whole = library.icalcomponent_new(_CALENDAR)
    for entry in calendar.entries:
        library.icalcomponent_add_component(whole, _event(library, entry))
    libc = ctypes.CDLL(None)
    libc.free.argtypes = (ctypes.c_void_p,)

    def written(_: Calendar) -> bytes:
        text = library.icalcomponent_as_ical_string_r(whole)
        try:
            return ctypes.string_at(text)
        finally:
            libc.free(text)

    return written


def _event(library: ctypes.CDLL, entry: Entry) -> int:
    event: int = library.icalcomponent_new(_EVENT)
    for name in _TEXTS:
        value = getattr(entry, name)
        text = ",".join(value) if isinstance(value, tuple) else value
        made = getattr(library, f"icalproperty_new_{name}")(str(text).encode())
        library.icalcomponent_add_property(event, made)
    for name, moment in (
        ("dtstart", entry.starts),
        ("dtend", entry.ends),
        ("dtstamp", entry.stamp),
    ):
        made = getattr(library, f"icalproperty_new_{name}")(_time(library, moment))
        library.icalcomponent_add_property(event, made)
    library.icalcomponent_add_property(event, library.icalproperty_new_sequence(entry.sequence))
    return event


def _time(library: ctypes.CDLL, moment: datetime | date) -> _Time:
    assert isinstance(moment, datetime)
    at = moment.astimezone(UTC)
    zone = library.icaltimezone_get_utc_timezone()
    return _Time(at.year, at.month, at.day, at.hour, at.minute, at.second, 0, 0, zone)
