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
    calendar = icalendar.Calendar.from_ical(data)
    query = recurring_ical_events.of(calendar, components=["VEVENT", "VTODO"])
    for found in query.between(_FIRST, _LAST):
        yield Shown(
            str(found["UID"]),
            moment(found["DTSTART"].dt),
            moment(found["DUE" if found.name == "VTODO" else "DTEND"].dt),
            str(found["STATUS"]),
            int(found["SEQUENCE"]),
        )


def with_vobject(data: bytes) -> Iterable[Shown]:
    """What vobject reads."""
    contents = vobject.readOne(data.decode()).contents
    for found in (*contents.get("vevent", ()), *contents.get("vtodo", ())):
        ends = found.due if found.name == "VTODO" else found.dtend
        yield Shown(
            found.uid.value,
            moment(found.dtstart.value),
            moment(ends.value),
            found.status.value,
            int(found.sequence.value),
        )


def with_ics(data: bytes) -> Iterable[Shown]:
    """What ics.py reads."""
    calendar = ics.Calendar(data.decode())
    for event in calendar.events:
        starts, ends = event.begin.datetime, event.end.datetime
        yield Shown(
            event.uid,
            starts.date() if event.all_day else moment(starts),
            ends.date() if event.all_day else moment(ends),
            event.status,
            _sequence(event),
        )
    for task in calendar.todos:
        starts, due = moment(task.begin.datetime), moment(task.due.datetime)
        yield Shown(task.uid, starts, due, task.status, _sequence(task))


def _sequence(found: ics.Event | ics.Todo) -> int:
    return next(int(line.value) for line in found.extra if line.name == "SEQUENCE")


def moment(value: Moment) -> Moment:
    """Return a date as it is, and a time in UTC."""
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
