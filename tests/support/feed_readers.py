"""Readers of calendars that others wrote, each giving what it understood of a feed's bytes."""

import datetime as dt
from collections.abc import Iterable

import icalendar
import ics
import recurring_ical_events
import vobject

from tests.support.many_zones import Moment, Shown

_FIRST, _LAST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def with_icalendar(data: bytes) -> Iterable[Shown]:
    """What icalendar and recurring-ical-events show between 1990 and 2100."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(_FIRST, _LAST)
    for event in found:
        yield Shown(
            str(event["UID"]),
            moment(event["DTSTART"].dt),
            moment(event["DTEND"].dt),
            str(event["STATUS"]),
            int(event["SEQUENCE"]),
        )


def with_vobject(data: bytes) -> Iterable[Shown]:
    """What vobject reads."""
    for event in vobject.readOne(data.decode()).contents.get("vevent", ()):
        yield Shown(
            event.uid.value,
            moment(event.dtstart.value),
            moment(event.dtend.value),
            event.status.value,
            int(event.sequence.value),
        )


def with_ics(data: bytes) -> Iterable[Shown]:
    """What ics.py reads."""
    for event in ics.Calendar(data.decode()).events:
        starts, ends = event.begin.datetime, event.end.datetime
        sequence = next(int(line.value) for line in event.extra if line.name == "SEQUENCE")
        yield Shown(
            event.uid,
            starts.date() if event.all_day else moment(starts),
            ends.date() if event.all_day else moment(ends),
            event.status,
            sequence,
        )


def moment(value: Moment) -> Moment:
    """Return a date as it is, and a time in UTC."""
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
