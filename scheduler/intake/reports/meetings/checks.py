"""What is doubtful about the times of one meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.intake.moments import TimeFound
from scheduler.intake.moments.checks import check_conversion, check_zone
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.problems import ambiguous_local_time, nonexistent_local_time
from scheduler.model.meeting import Meeting
from scheduler.model.moment import WallTime, candidates, is_skipped
from scheduler.model.problem import Problem


def doubts_of(entry: Entry) -> Iterator[Problem]:
    """Yield what the readings of date, hours and zone say of themselves, at the entry's line."""
    parts = (entry.date, entry.time, entry.end, entry.zone, *entry.conversions)
    for part in parts:
        for problem in part.problems if part is not None else ():
            yield at_line(problem, entry.line)
    stated = entry.time.stated_zone if entry.time else None
    if stated is not None and stated is not entry.zone:
        yield from (at_line(problem, entry.line) for problem in stated.problems)


def checked_times(meeting: Meeting, entry: Entry) -> Iterator[Problem]:
    """Yield local times that clock changes skip or repeat, and claims about zones that fail."""
    for wall in (meeting.starts, meeting.ends):
        if wall is not None:
            yield from unsettled(wall, entry.line)
    stated = (entry.time.stated_zone if entry.time else None) or entry.zone
    try:
        if stated is not None and meeting.start is not None:
            yield from _lined(check_zone(meeting.date, meeting.start, stated), entry.line)
        for conversion in entry.conversions if entry.time else ():
            found = check_conversion(entry.date.first, _zoned(entry), conversion, meeting.zone)
            yield from _lined(found, entry.line)
    except OverflowError:
        return


def _zoned(entry: Entry) -> TimeFound:
    """Return the stated time with the zone that stands beside it and not with it."""
    time = entry.time
    if time is None:
        raise ValueError("an entry without an hour has nothing to convert")
    return time if time.stated_zone else replace(time, stated_zone=entry.zone)


def _lined(problems: Iterable[Problem], line: int) -> Iterator[Problem]:
    yield from (at_line(problem, line) for problem in problems)


def unsettled(wall: WallTime, line: int) -> Iterator[Problem]:
    """Yield the doubt about a local time that a clock change skips or repeats."""
    try:
        found = candidates(wall)
        skipped = is_skipped(wall)
    except OverflowError:
        return
    if len(found) > 1 and wall.reading is None:
        say = nonexistent_local_time if skipped else ambiguous_local_time
        yield say(line, str(wall), found)


def at_line(problem: Problem, line: int) -> Problem:
    """Return a problem that stands at a line of the document."""
    return problem if problem.line is not None else replace(problem, line=line)
