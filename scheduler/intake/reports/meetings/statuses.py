"""Meetings that a text calls off, puts off or moves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.intake.moments import DateFound
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.words import CANCELLED, MEETING, POSTPONED, RESCHEDULED
from scheduler.model.meeting import Status

_NOT = re.compile(
    r"(?<!\w)(?:if|unless|may be|might be|could be|can be|not|would be|si|sauf)(?!\w)[^.;]{0,40}$",
    re.IGNORECASE,
)
_TO = re.compile(r"(?<!\w)(?:to|until|till|au|à)\s(?:the\s|le\s)?(?:\w+\s){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A date whose meeting a sentence calls off or puts off, and where it says so."""

    date: DateFound
    status: Status
    line: int


def called_off(statements: Sequence[Statement]) -> tuple[Called, ...]:
    """Return the dates whose meetings do not take place as planned."""
    return tuple(called for statement in statements for called in _called(statement))


def _called(statement: Statement) -> Iterator[Called]:
    text = statement.text
    cancelled = CANCELLED.search(text)
    verb = cancelled or POSTPONED.search(text) or RESCHEDULED.search(text)
    if verb is None or not MEETING.search(text) or _NOT.search(text[: verb.start()][-80:]):
        return
    status = Status.CANCELLED if cancelled else Status.POSTPONED
    for date in statement.dates:
        before = text[: date.span.start]
        moved_to = date.span.start > verb.end() and _TO.search(before[-40:])
        if not moved_to:
            yield Called(date=date, status=status, line=statement.line_at(date.span.start))
