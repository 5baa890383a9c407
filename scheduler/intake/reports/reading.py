"""From a document to a report: the pipeline of the grammar's parts."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from scheduler.intake.documents.document import Document
from scheduler.intake.moments import Context, DateFound, RejectedFound, scan
from scheduler.intake.reports.duties.actions import actions_in
from scheduler.intake.reports.duties.events import events_in
from scheduler.intake.reports.duties.tasks import FoundTask, tasks_in
from scheduler.intake.reports.meetings.ahead import still_to_come
from scheduler.intake.reports.meetings.building import Setting
from scheduler.intake.reports.meetings.checks import at_line
from scheduler.intake.reports.meetings.definitions import labelled_blocks
from scheduler.intake.reports.meetings.durations import length_of_all
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.meetings.finding import entries_in
from scheduler.intake.reports.meetings.modes import mode_of_all
from scheduler.intake.reports.meetings.series import Series, series_of, with_told_topics
from scheduler.intake.reports.meetings.sharing import with_shared_hours
from scheduler.intake.reports.meetings.statuses import called_off
from scheduler.intake.reports.meetings.zones import Declared, zone_told
from scheduler.intake.reports.opening.head import head_of
from scheduler.intake.reports.papers.carrying import carried_in
from scheduler.intake.reports.papers.registry import references_in
from scheduler.intake.reports.problems import count_mismatch, zone_assumed
from scheduler.intake.reports.sentences import sentences
from scheduler.intake.reports.statements import Statement, TablePlace, statements
from scheduler.intake.reports.terms.authorization import Count, authorization_in, count_in
from scheduler.intake.reports.terms.deadlines import limits_in, rules_in, rules_of
from scheduler.intake.reports.terms.deriving import Dated, with_deadlines
from scheduler.intake.reports.terms.priorities import priority_rule_in
from scheduler.model.meeting import Meeting, Status
from scheduler.model.problem import Problem
from scheduler.model.report import Rejected, Report


def read_report(
    document: Document, *, speaks_on: dt.date | None = None, zone: str | None = None
) -> Report:
    """Return what a report says: meetings, deadlines, events, actions, tasks, documents.

    `speaks_on` is the day the text speaks from, which decides years that it leaves out; `zone`
    the IANA zone of times that name none. Never raises on any text: what is wrong or doubtful
    stands in the problems.
    """
    return _Reader(document, speaks_on, zone).report()


class _Reader:
    """One reading of one document; each step takes what the steps before it found."""

    def __init__(self, document: Document, speaks_on: dt.date | None, zone: str | None) -> None:
        self._document = document
        self._head = head_of(document, speaks_on, zone)
        self._told = statements(document, self._head.context)
        self._sentences = tuple(_by_sentence(self._told, self._head.context))

    def report(self) -> Report:
        """Return the report."""
        head = self._head
        own = head.naming.own
        entries = entries_in(self._document, self._told, head.naming, head.context)
        if head.speaks_of is not None:
            entries = still_to_come(entries, head.speaks_of)
        spoken = self._spoken(entries)
        entries = with_shared_hours(entries, (one.text for one in spoken), head.context)
        count = count_in(spoken)
        series = self._series(entries, spoken)
        zone = _common_zone(series, head.declared)
        dated = with_deadlines(
            series.meetings,
            (*rules_in(self._sentences, zone), *rules_of(entries, zone)),
            limits_in(spoken, own),
        )
        tasks = self._tasks(spoken, dated)
        references = references_in(self._document)
        return Report(
            document=head.header,
            group=head.group,
            authorization=authorization_in(spoken, own, count),
            parent_meeting=head.parent,
            priority_rule=priority_rule_in(self._sentences),
            deadline_rules=dated.rules,
            meetings=dated.meetings,
            events=events_in(spoken, own),
            actions=actions_in(self._items(), head.group.acronym),
            tasks=tuple(found.task for found in tasks),
            documents=references,
            carry_forward=carried_in(self._sentences, references),
            rejected=tuple(rejected for rejected, _ in self._rejected()),
            problems=self._problems(entries, series, dated, tasks, count),
        )

    def _spoken(self, entries: Sequence[Entry]) -> tuple[Statement, ...]:
        """Return the sentences that were not read as entries or labelled lines."""
        blocks = labelled_blocks(self._document)
        labelled = {number for block in blocks for number in block.passages}
        rest = _without_entries(self._sentences, entries)
        return tuple(one for one in rest if one.passage.number not in labelled)

    def _series(self, entries: Sequence[Entry], spoken: Sequence[Statement]) -> Series:
        head = self._head
        setting = Setting(
            group=head.group.acronym or head.group.name or "",
            declared=head.declared,
            context=head.context,
            source=head.header.number or self._document.name,
            title=head.header.title or "",
            length=length_of_all(one.text for one in spoken),
            mode=mode_of_all(one.text for one in spoken),
            sibling=next(
                (entry.zone.zone for entry in entries if entry.zone and entry.zone.zone), None
            ),
        )
        series = series_of(entries, called_off(spoken), setting)
        return replace(series, meetings=with_told_topics(series.meetings, spoken))

    def _tasks(self, spoken: Sequence[Statement], dated: Dated) -> tuple[FoundTask, ...]:
        limits = limits_in(spoken, self._head.naming.own)
        left = {id(limit.deadline.date) for limit in dated.left}
        taken = frozenset(
            (limit.deadline.line, limit.deadline.date.span.start)
            for limit in limits
            if id(limit.deadline.date) not in left
        )
        return tasks_in(spoken, self._head.naming.own, self._head.declared.zone, taken)

    def _items(self) -> tuple[Statement, ...]:
        return tuple(one for one in self._told if isinstance(one, Statement))

    def _rejected(self) -> Iterator[tuple[Rejected, Problem]]:
        """Yield what cannot be a date or a time, in the order of lines."""
        for line, one in _rejections(self._told, self._head.context):
            rejected = Rejected(text=one.text, line=line, code=one.problem.code)
            yield rejected, replace(one.problem, line=line)

    def _problems(
        self,
        entries: Sequence[Entry],
        series: Series,
        dated: Dated,
        tasks: Sequence[FoundTask],
        count: Count | None,
    ) -> tuple[Problem, ...]:
        said = chain(
            self._document.notices,
            (problem for _, problem in self._rejected()),
            _weekdays(self._items()),
            (problem for meeting in dated.meetings for problem in meeting.problems),
            series.problems,
            dated.problems,
            (problem for found in tasks for problem in found.problems),
            _counted(count, dated),
            _zone_doubts(entries, dated.meetings, self._head.declared, self._head.context),
        )
        unique = dict.fromkeys(said)
        return tuple(sorted(unique, key=lambda problem: (problem.line or 0, problem.code)))


def _by_sentence(told: Sequence[Statement | TablePlace], context: Context) -> Iterator[Statement]:
    """Yield every statement, list items of several sentences in parts."""
    for one in told:
        if not isinstance(one, Statement):
            continue
        parts = list(sentences(one.text)) if one.run is not None else []
        if len(parts) < 2:
            yield one
            continue
        for offset, text in parts:
            yield replace(one, text=text, offset=one.offset + offset, found=scan(text, context))


def _without_entries(spoken: Sequence[Statement], entries: Sequence[Entry]) -> Iterator[Statement]:
    """Yield the statements whose dates were not read as entries of a list."""
    lines = {entry.line for entry in entries if entry.listed}
    for one in spoken:
        within = {line.number for line in one.passage.lines}
        if one.run is None or not lines & within:
            yield one


def _rejections(
    told: Sequence[Statement | TablePlace], context: Context
) -> Iterator[tuple[int, RejectedFound]]:
    for one in told:
        if isinstance(one, Statement):
            for found in one.found:
                if isinstance(found, RejectedFound):
                    yield one.line_at(found.span.start), found
            continue
        for row in one.table.rows:
            for cell in row.cells:
                for found in scan(cell, context):
                    if isinstance(found, RejectedFound):
                        yield row.number, found


def _weekdays(told: Sequence[Statement]) -> Iterator[Problem]:
    """Yield the contradictions of weekday and date anywhere in the text."""
    for one in told:
        for date in one.dates:
            yield from _weekday(date, one.line_at(date.span.start))


def _weekday(date: DateFound, line: int) -> Iterator[Problem]:
    for problem in date.problems:
        if problem.code == "weekday_mismatch":
            yield at_line(problem, line)


def _counted(count: Count | None, dated: Dated) -> Iterator[Problem]:
    if count is None or len({meeting.group for meeting in dated.meetings}) != 1:
        return
    given = sum(1 for meeting in dated.meetings if meeting.status is not Status.CANCELLED)
    if given > count.number or (given < count.number and not count.at_most):
        yield count_mismatch(count.line, count.number, given)


def _common_zone(series: Series, declared: Declared) -> str:
    """Return the zone of the rules: that of the first meeting with an hour."""
    timed = (meeting.zone for meeting in series.meetings if meeting.start is not None)
    return next(timed, declared.zone)


def _zone_doubts(
    entries: Sequence[Entry], meetings: Sequence[Meeting], declared: Declared, context: Context
) -> Iterator[Problem]:
    """Yield the doubt about times that name no zone where nothing else does."""
    if declared.stated:
        return
    bare = {
        entry.line
        for entry in entries
        if entry.zone is None and not zone_told(entry.context, context)
    }
    for meeting in meetings:
        if meeting.line in bare and meeting.start is not None:
            yield zone_assumed(meeting.line or 0, meeting.zone)
            return
