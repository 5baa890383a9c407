"""From an entry to a meeting: its zone, its end, its days, its mode."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.intake.moments import Context, TimeFound
from scheduler.intake.reports.meetings.ahead import ahead
from scheduler.intake.reports.meetings.checks import checked_times, doubts_of
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.meetings.modes import mode_in
from scheduler.intake.reports.meetings.ownership import group_told
from scheduler.intake.reports.meetings.places import place_in
from scheduler.intake.reports.meetings.zones import Declared, assumed_zone, settle, zone_told
from scheduler.intake.reports.problems import end_before_start
from scheduler.model.meeting import Meeting, Mode, Status
from scheduler.model.moment import clock_text
from scheduler.model.problem import Problem

_DAY = dt.timedelta(days=1)
# An end that lies earlier on the clock than its start is meant for the next morning if the
# meeting is no longer than this; otherwise one of the two is wrong.
# The meeting at which something was decided says nothing of those that it was decided on.
_AT_MEETING = re.compile(
    r"(?<!\w)(?:at|during|after) (?:the|its|our|their|this|last) (?:(?! to )[^,.;:\n]){0,60}?"
    r"(?:meeting|session|plenary)(?:(?! to )[^,.;:\n])*",
    re.IGNORECASE,
)
_LONGEST_NIGHT = dt.timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What holds for all meetings of a document."""

    group: str
    declared: Declared
    context: Context
    source: str
    title: str = ""
    length: dt.timedelta | None = None
    mode: Mode | None = None
    sibling: str | None = None


def build(entry: Entry, setting: Setting) -> Meeting:
    """Return the meeting of an entry, without the deadlines that rules give it."""
    entry = replace(entry, date=ahead(entry.date, setting.context.speaks_on))
    mode = entry.details.mode or _told_mode(entry.context) or setting.mode
    mode = mode or _told_mode(setting.title)
    place = entry.details.place or _told_place(entry.context, mode)
    named = entry.zone or zone_told(entry.context, setting.context)
    zone, doubts = settle(named, setting.declared, place, setting.context, entry.line)
    if named is None:
        zone = assumed_zone(setting.declared, place, setting.sibling, setting.context)
    meeting = replace(
        _timed(entry, zone, setting.length),
        group=entry.group or group_told(entry.context) or setting.group,
        label=entry.label,
        mode=mode or (Mode.PHYSICAL if entry.details.place else None),
        place=place,
        link=entry.details.link,
        status=entry.details.status or Status.TENTATIVE,
        topics=entry.details.topics,
        line=entry.line,
        source=setting.source,
    )
    problems = (*doubts_of(entry), *doubts, *_order(meeting), *checked_times(meeting, entry))
    return replace(meeting, problems=tuple(dict.fromkeys(problems)))


def _timed(entry: Entry, zone: str, length: dt.timedelta | None) -> Meeting:
    """Return a meeting with nothing but its days and hours."""
    first, last = entry.date.first, entry.date.last
    if entry.until is not None and entry.time is not None:
        day, clock = entry.until[0].first, entry.until[1].start
        return Meeting(
            group="", date=first, end_date=day, zone=zone, start=entry.time.start, end=clock
        )
    bare = Meeting(group="", date=first, end_date=last, zone=zone)
    if entry.time is None or entry.time.start is None:
        return bare
    start, end, days = _hours(entry, entry.time, entry.time.start, entry.length or length)
    if last > first:
        daily = (start, end) if end is not None and days == 0 else None
        return replace(bare, start=start, end=end, daily=daily)
    begins = _plus(first, entry.time.start_day_offset)
    return replace(bare, date=begins, end_date=_plus(begins, days), start=start, end=end)


def _hours(
    entry: Entry, time: TimeFound, start: dt.time, length: dt.timedelta | None
) -> tuple[dt.time, dt.time | None, int]:
    """Return start, end, and how many days the end lies after the start."""
    if time.end is not None:
        return start, time.end, time.end_day_offset - time.start_day_offset
    if entry.end is not None and entry.end.start is not None:
        end = entry.end.start
        span = dt.datetime.combine(dt.date.min, end) - dt.datetime.combine(dt.date.min, start)
        days = entry.end.start_day_offset
        if days == 0 and span <= dt.timedelta(0) and span + _DAY <= _LONGEST_NIGHT:
            days = 1
        return start, end, days
    if length is not None:
        ends = dt.datetime.combine(dt.date(2000, 1, 1), start) + length
        return start, ends.time(), (ends.date() - dt.date(2000, 1, 1)).days
    return start, None, 0


def _plus(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days) if day < dt.date.max - dt.timedelta(days=2) else day


def _order(meeting: Meeting) -> Iterable[Problem]:
    """Yield the fault of an end that is not after its start."""
    if meeting.start is None or meeting.end is None or meeting.line is None:
        return
    over = meeting.end_date > meeting.date and meeting.daily is None
    if not over and meeting.end <= meeting.start:
        yield end_before_start(meeting.line, clock_text(meeting.start), clock_text(meeting.end))


def _told_mode(context: str) -> Mode | None:
    lines = _AT_MEETING.sub("", context).split("\n")
    return next((mode for line in lines if (mode := mode_in(line))), None)


def _told_place(context: str, mode: Mode | None) -> str | None:
    if mode in (None, Mode.VIRTUAL):
        return None
    lines = _AT_MEETING.sub("", context).split("\n")
    return next((place for line in lines if (place := place_in(line))), None)
