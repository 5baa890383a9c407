"""Deadlines whose date the text gives, as they stand with their meeting."""

import datetime as dt
from dataclasses import replace

from scheduler.intake.moments import TimeFound
from scheduler.intake.reports.meetings.checks import at_line
from scheduler.intake.reports.meetings.entry import StatedDeadline
from scheduler.intake.reports.problems import cob_convention
from scheduler.intake.reports.terms.deadlines import is_close_of_business
from scheduler.model.deadline import Deadline, TimeSource
from scheduler.model.meeting import Meeting
from scheduler.model.moment import WallTime
from scheduler.rules.deadlines import end_of_day


def stated_deadline(meeting: Meeting, stated: StatedDeadline) -> Meeting:
    """Return a meeting with a deadline that the text dates, and what is doubtful about it."""
    zone = (stated.time.zone if stated.time else None) or meeting.zone
    deadline = Deadline(
        kind=stated.kind,
        moment=_moment(stated.date.last, stated.time, zone),
        time_source=TimeSource.STATED
        if stated.time and stated.time.start
        else TimeSource.CONVENTION,
        line=stated.line,
    )
    problems = [at_line(problem, stated.line) for problem in stated.date.problems]
    if is_close_of_business(stated.time):
        problems.append(cob_convention(stated.line, stated.date.last, zone))
    return replace(
        meeting,
        deadlines=(*meeting.deadlines, deadline),
        problems=(*meeting.problems, *problems),
    )


def _moment(day: dt.date, time: TimeFound | None, zone: str) -> WallTime:
    if time is None or time.start is None:
        return end_of_day(day, zone)
    later = dt.timedelta(days=time.start_day_offset)
    return WallTime(day + later, time.start, zone)
