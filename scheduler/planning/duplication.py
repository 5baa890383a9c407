"""A series for another year: each meeting on the same weekday of its month."""

from calendar import monthrange
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta

from scheduler.model.meeting import Meeting, Status
from scheduler.planning.expansion import NONE_CLOSED
from scheduler.rules.deadlines import derive

WEEK_DAYS = 7


def latest_year(meetings: Iterable[Meeting], before: int) -> int | None:
    """Return the last year before `before` in which meetings stand; None where there is none."""
    years = (m.date.year for m in meetings if m.status is not Status.CANCELLED)
    return max((year for year in years if year < before), default=None)


def in_year(
    meetings: Iterable[Meeting], year: int, closed: AbstractSet[date] = NONE_CLOSED
) -> tuple[Meeting, ...]:
    """Return the standing meetings as new ones of another year, tentative until permitted.

    "The third Tuesday of March" stays so; a fifth weekday that the month does not have is its
    last. Deadlines are derived anew from their rules; those that a document dated itself are left
    behind. `closed` holds the host's closure days.
    """
    return tuple(
        _duplicated(meeting, year, closed)
        for meeting in meetings
        if meeting.status is not Status.CANCELLED
    )


def same_weekday(day: date, year: int) -> date:
    """Return the day of the same weekday and place in the same month of a year."""
    first = date(year, day.month, 1)
    offset = (day.weekday() - first.weekday()) % WEEK_DAYS
    number = 1 + offset + (day.day - 1) // WEEK_DAYS * WEEK_DAYS
    if number > monthrange(year, day.month)[1]:
        number -= WEEK_DAYS
    return first.replace(day=number)


def _duplicated(meeting: Meeting, year: int, closed: AbstractSet[date]) -> Meeting:
    moved = same_weekday(meeting.date, year)
    length: timedelta = meeting.end_date - meeting.date
    new = replace(
        meeting,
        date=moved,
        end_date=moved + length,
        reading=None,
        status=Status.TENTATIVE,
        deadlines=(),
        problems=(),
        line=None,
        source=None,
        uid="",
        stamp=None,
        former=(),
        reason=None,
    )
    rules = [d.rule for d in meeting.deadlines if d.rule and not d.withdrawn]
    return replace(new, deadlines=derive(rules, new, closed))
