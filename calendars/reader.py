"""Calendars from bytes, with icalendar, within limits."""

import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.prop import vUnknown
from icalendar.timezone import tzp

from calendars.content import unescape
from calendars.limits import UnreadableCalendar, check_limits
from calendars.model import USUAL_FEATURES, AlarmRelated, Calendar, Entry, EntryStatus, Feature

_RECURRENCE = ("RRULE", "RDATE", "RECURRENCE-ID")
_PROPERTIES_READ = frozenset(
    ("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION")
)


def read(data: bytes) -> Calendar:
    """Return the calendar that the bytes hold, with its events in their order.

    What the values do not know (to-dos, attendees, further alarms and conferences) is left
    out. Raises `UnreadableCalendar` for what breaks the format or its limits, and for entries
    that are not one stretch of known time: floating ones, recurring ones, ones without end.
    """
    text = check_limits(data)
    # it keeps zones by the name a calendar gave them: the next one may mean another
    tzp.use_default()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            parsed = icalendar.Calendar.from_ical(text)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as fault:
        raise UnreadableCalendar(str(fault), "as a whole") from fault
    entries = tuple(_entry(event, number) for number, event in enumerate(parsed.events, 1))
    return _calendar(parsed, entries)


def _calendar(parsed: icalendar.Calendar, entries: tuple[Entry, ...]) -> Calendar:
    name = _first(parsed, "NAME")
    refresh = _first(parsed, "REFRESH-INTERVAL")
    span = getattr(refresh, "dt", None)
    try:
        return Calendar(
            name=_text(parsed, "NAME") or _text(parsed, "X-WR-CALNAME"),
            entries=entries,
            description=_text(parsed, "DESCRIPTION") or _text(parsed, "X-WR-CALDESC"),
            source=_text(parsed, "SOURCE") or None,
            url=_text(parsed, "URL") or None,
            refresh=span if isinstance(span, timedelta) else Calendar(name="").refresh,
            color=_text(parsed, "COLOR") or None,
            language=_parameter(name, "LANGUAGE"),
        )
    except ValueError as fault:
        raise UnreadableCalendar(str(fault), "in its head") from fault


def _entry(event: icalendar.Event, number: int) -> Entry:
    where = f"entry {number} (UID {_text(event, 'UID') or 'missing'})"
    for name, fault in event.errors:
        if name is None or name in _PROPERTIES_READ:
            raise UnreadableCalendar(f"{name or 'a line'}: {fault}", where)
    for name in _RECURRENCE:
        if name in event:
            raise UnreadableCalendar(f"it recurs ({name}); only single entries are read", where)
    try:
        return _checked_entry(event, where)
    except UnreadableCalendar:
        raise
    except (ValueError, OverflowError) as fault:
        raise UnreadableCalendar(str(fault), where) from fault


def _checked_entry(event: icalendar.Event, where: str) -> Entry:
    stamp = _moment(event, "DTSTAMP", where)
    starts = _time(event, "DTSTART", where)
    conference = _first(event, "CONFERENCE")
    alarm, related = _alarm(event)
    status = _text(event, "STATUS").upper()
    return Entry(
        uid=_text(event, "UID"),
        stamp=stamp,
        created=_moment(event, "CREATED", where) if "CREATED" in event else stamp,
        modified=_moment(event, "LAST-MODIFIED", where) if "LAST-MODIFIED" in event else stamp,
        sequence=int(_text(event, "SEQUENCE") or 0),
        starts=starts,
        ends=_end(event, starts, where),
        summary=_text(event, "SUMMARY"),
        description=_text(event, "DESCRIPTION"),
        status=EntryStatus(status) if status else None,
        location=_text(event, "LOCATION") or None,
        url=_text(event, "URL") or None,
        conference=_text(event, "CONFERENCE") or None,
        conference_features=tuple(_features(conference)),
        conference_label=_parameter(conference, "LABEL"),
        categories=tuple(_categories(event)),
        transparent=_text(event, "TRANSP").upper() == "TRANSPARENT",
        related_to=_text(event, "RELATED-TO") or None,
        alarm=alarm,
        alarm_related=related,
    )


def _first(component: icalendar.Component, name: str) -> object:
    """Return the first of a component's properties of a name."""
    found: object = component.get(name)
    return found[0] if isinstance(found, list) else found


def _text(component: icalendar.Component, name: str) -> str:
    found = _first(component, name)
    if isinstance(found, vUnknown):  # such as NAME, whose type the library leaves open
        return unescape(str(found))
    return "" if found is None else str(found)


def _parameter(value: object, name: str) -> str | None:
    found = getattr(value, "params", {}).get(name)
    return None if found is None else str(found)


def _time(event: icalendar.Event, name: str, where: str) -> datetime | date:
    """Return a date, or an aware datetime: in its zone where that has a name, else in UTC."""
    value = _first(event, name)
    found = getattr(value, "dt", None)
    if not isinstance(found, datetime):
        if isinstance(found, date):
            return found
        raise UnreadableCalendar(f"{name} is missing, or no time", where)
    if found.tzinfo is None:
        zone = _parameter(value, "TZID")
        fault = f"is in the unknown zone {zone!r}" if zone else "floats: it names no zone"
        raise UnreadableCalendar(f"{name} {fault}", where)
    if isinstance(found.tzinfo, ZoneInfo) and found.tzinfo.key != "UTC":
        return found
    return found.astimezone(UTC)


def _moment(event: icalendar.Event, name: str, where: str) -> datetime:
    found = _time(event, name, where)
    if not isinstance(found, datetime):
        raise UnreadableCalendar(f"{name} is a date; a time in UTC would do", where)
    return found


def _end(event: icalendar.Event, starts: datetime | date, where: str) -> datetime | date:
    if "DTEND" in event:
        return _time(event, "DTEND", where)
    span = getattr(_first(event, "DURATION"), "dt", None)
    if isinstance(span, timedelta):
        # a duration is exact time, which a local sum would not be over a clock change
        if isinstance(starts, datetime):
            return (starts.astimezone(UTC) + span).astimezone(starts.tzinfo)
        return starts + span
    if not isinstance(starts, datetime):
        return starts + timedelta(days=1)
    raise UnreadableCalendar("it has neither DTEND nor DURATION", where)


def _categories(event: icalendar.Event) -> Iterator[str]:
    found = event.get("CATEGORIES", [])
    for group in found if isinstance(found, list) else [found]:
        yield from map(str, group.cats)


def _features(conference: object) -> Iterator[Feature]:
    if conference is None:
        yield from USUAL_FEATURES
    found = getattr(conference, "params", {}).get("FEATURE", [])
    for word in [found] if isinstance(found, str) else found:
        if word.upper() in Feature.__members__:
            yield Feature[word.upper()]


def _alarm(event: icalendar.Event) -> tuple[timedelta | None, AlarmRelated]:
    """Return the first display that comes before, and which end it is counted from."""
    for alarm in event.walk("VALARM"):
        trigger = _first(alarm, "TRIGGER")
        span = getattr(trigger, "dt", None)
        if isinstance(span, timedelta) and span < timedelta(0):
            related = (_parameter(trigger, "RELATED") or "START").upper()
            return -span, AlarmRelated(related)
    return None, AlarmRelated.START
