"""Dated things owed that belong to no meeting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.intake.moments import DateFound, TimeFound
from scheduler.intake.reports.meetings.checks import at_line
from scheduler.intake.reports.meetings.pairing import paired
from scheduler.intake.reports.meetings.roles import Role, roles
from scheduler.intake.reports.problems import cob_convention
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.terms.deadlines import is_close_of_business
from scheduler.model.deadline import TimeSource
from scheduler.model.moment import WallTime
from scheduler.model.problem import Problem
from scheduler.model.report import Task
from scheduler.rules.deadlines import end_of_day, settle_late

_OWED = re.compile(
    r"(?<!\w)(?:send|submit|provide|comment\w*|reply|repl(?:y|ies)|respond|prepare|circulate|post|upload|review|report|deliver|complete|finali[sz]e"
    r"|update|draft|write|contact|inform|share|propose|nominate|volunteer|suggest\w*|feedback|invited?|requested|asked|action|ap|ai|please"
    r"|called upon|should|shall|must|will|needs? to|have to|has to|to|envoyer|fournir|transmettre"
    r"|invité\w*|writes|sends|prepares|circulates|drafts|prié\w*|soumettre|doit|doivent|observations)(?!\w)",
    re.IGNORECASE,
)
_NOT_OWED = re.compile(
    r"(?<!\w)(?:costs?|rooms?|hotel|visa|valid|expires?|available until|until|open until|copyright"
    r"|before the|jusqu['’]au)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTask:
    """A task, and what is doubtful about its date."""

    task: Task
    problems: tuple[Problem, ...]


def tasks_in(
    statements: Sequence[Statement],
    own: frozenset[str],
    zone: str,
    taken: frozenset[tuple[int, int]],
) -> tuple[FoundTask, ...]:
    """Return the tasks of a report; `taken` are the limits that belong to meetings.

    A limit is named by its line and the offset of its date in the text that starts there.
    """
    return tuple(
        found
        for statement in statements
        for date, role in roles(statement, own)
        if role is Role.LIMIT and (statement.line_at(date.span.start), date.span.start) not in taken
        for found in _task(statement, date, zone)
    )


def _task(statement: Statement, date: DateFound, zone: str) -> Iterator[FoundTask]:
    before = statement.text[: date.span.start]
    if not _OWED.search(before) or _NOT_OWED.search(before[-60:]):
        return
    line = statement.line_at(date.span.start)
    time = _time(statement, date)
    stated = time.start if time else None
    where = (time.zone if time else None) or zone
    moment = (
        end_of_day(date.first, where)
        if stated is None
        else settle_late(WallTime(date.first, stated, where))
    )
    problems = [at_line(problem, line) for problem in date.problems]
    if is_close_of_business(time):
        problems.append(cob_convention(line, date.first, where))
    task = Task(
        text=statement.text.lstrip(" -*•·[]")[:_LONGEST],
        moment=moment,
        time_source=TimeSource.CONVENTION if stated is None else TimeSource.STATED,
        stated_time=stated,
        line=line,
    )
    yield FoundTask(task=task, problems=tuple(problems))


def _time(statement: Statement, date: DateFound) -> TimeFound | None:
    hours = next((hours for other, hours in paired(statement.found) if other is date), None)
    time = hours.time if hours else None
    near = time is not None and -12 <= time.span.start - date.span.end <= 20
    before = time is not None and 0 <= date.span.start - time.span.end <= 12
    return time if near or before else None
