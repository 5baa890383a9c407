"""Meetings and plans for tests, with only what a story needs to say."""

import datetime as dt

from scheduler.model.deadline import Anchor, Deadline, DeadlineRule, TimeSource, Unit
from scheduler.model.meeting import Meeting
from scheduler.model.moment import GENEVA, Instant, WallTime
from scheduler.model.plan import Plan

NOON = Instant.parse("2027-01-20T12:00:00Z")


def clock(text: str | None) -> dt.time | None:
    return None if text is None else dt.time.fromisoformat(text)


def a_meeting(
    day: str,
    start: str | None = "13:00",
    end: str | None = "14:30",
    *,
    zone: str = GENEVA,
    group: str = "RG-NAV",
    **others: object,
) -> Meeting:
    date = dt.date.fromisoformat(day)
    said = {"end_date": date, **others}
    return Meeting(group=group, date=date, zone=zone, start=clock(start), end=clock(end), **said)


def a_rule(
    offset: int,
    unit: Unit = Unit.CALENDAR_DAY,
    anchor: Anchor = Anchor.MEETING_DATE,
    *,
    at: str | None = None,
    zone: str = GENEVA,
    kind: str = "contribution",
) -> DeadlineRule:
    source = TimeSource.STATED if at else TimeSource.CONVENTION
    return DeadlineRule(
        kind=kind,
        offset=offset,
        unit=unit,
        anchor=anchor,
        clock=clock(at),
        zone=zone,
        time_source=source,
    )


def a_deadline(day: str, at: str = "23:59:59", *, zone: str = GENEVA, **others: object) -> Deadline:
    moment = WallTime(dt.date.fromisoformat(day), dt.time.fromisoformat(at), zone)
    said = {"kind": "contribution", "time_source": TimeSource.CONVENTION, **others}
    return Deadline(moment=moment, **said)


def a_plan(*meetings: Meeting, **others: object) -> Plan:
    return Plan(group="RG-NAV", meetings=meetings, **others)
