"""What is still to come, as seen from the day a document speaks from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from scheduler.intake.moments import DateFound
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.problems import year_inferred

_OPENING = 12  # lines
_RECENT = dt.timedelta(days=31)


def still_to_come(entries: Iterable[Entry], day: dt.date) -> tuple[Entry, ...]:
    """Return entries without the session that a document of that day tells of itself.

    Its head may date that session like a meeting to come; sentences about earlier ones may, too.
    """
    return tuple(entry for entry in entries if not _is_past(entry, day))


def _is_past(entry: Entry, day: dt.date) -> bool:
    if entry.date.year_inferred:
        return False
    if entry.listed:
        return entry.date.first == day and entry.line <= _OPENING
    return entry.date.last <= day


def ahead(date: DateFound, speaks_on: dt.date | None) -> DateFound:
    """Return a date of a meeting to come in the year that makes it one.

    A year that the text leaves out may have been read as a past one, by words of its sentence
    that speak of something else ("has been moved to 1 April").
    """
    if speaks_on is None or not date.year_inferred or date.weekday is not None:
        return date
    later = date
    while later.last < speaks_on - _RECENT:
        try:
            years = later.first.year + 1
            later = replace(
                later,
                first=later.first.replace(year=years),
                last=later.last.replace(year=later.last.year + 1),
            )
        except ValueError:
            return date
    if later is date:
        return date
    kept = tuple(problem for problem in date.problems if problem.code != "year_inferred")
    return replace(later, problems=(*kept, year_inferred(date.text, later.first.year, speaks_on)))
