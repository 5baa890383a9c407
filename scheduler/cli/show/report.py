"""What was read from a report, and every doubt about it."""

from collections.abc import Iterable, Iterator

from rich.console import Console

from scheduler.cli.show import moments
from scheduler.cli.show.blocks import doubt, heading, paragraph, rows
from scheduler.cli.show.counts import counted
from scheduler.model.meeting import Event, Meeting
from scheduler.model.problem import Problem
from scheduler.model.report import Report, Task
from scheduler.wording.deadlines import deadline_name, why_deadline
from scheduler.wording.languages import speaker
from scheduler.wording.meetings import priority_in_words

WORDS = speaker("en")
FILE_WAS_LOST = (
    "It had a plan and no file: its links to join are for members alone, "
    "until join_link there says otherwise."
)


def show_report(console: Console, report: Report) -> None:
    """Print a report as it was understood, in the order a rapporteur would check it."""
    rows(console, _opening(report), indent=0)
    heading(console, f"Meetings ({len(report.meetings)})")
    for meeting in report.meetings:
        show_meeting(console, meeting)
    for title, lines in _lists(report):
        if lines:
            heading(console, f"{title} ({len(lines)})")
            for line in lines:
                paragraph(console, line, hanging=2)
    if report.documents:
        heading(console, f"Documents ({len(report.documents)})")
        paragraph(console, ", ".join(document.id for document in report.documents))
    show_problems(console, report.problems)


def show_meeting(console: Console, meeting: Meeting) -> None:
    """Print one meeting: as agreed, in UTC, its topics, its deadlines and why they fall there."""
    label = f"{meeting.label or '-'}"
    paragraph(
        console,
        f"{moments.day(meeting.date)}, {moments.hours(meeting)} {meeting.zone}",
        lead=f"  {label:4} ",
    )
    rows(console, _details(meeting), indent=7)


def show_problems(console: Console, problems: Iterable[Problem]) -> None:
    """Print problems with their lines, the heaviest first."""
    order = ["error", "warning", "notice"]
    problems = sorted(problems, key=lambda p: (order.index(p.severity), p.line or 0))
    if problems:
        heading(console, f"Worth a look ({len(problems)})")
    for problem in problems:
        place = f"line {problem.line}: " if problem.line else ""
        doubt(console, problem.severity, f"{place}{problem.message} [{problem.code}]")


def _opening(report: Report) -> Iterator[tuple[str, str]]:
    document, group, permission = report.document, report.group, report.authorization
    parts = [document.number, document.state, document.date and moments.day(document.date)]
    yield "Report", ", ".join(part for part in parts if part)
    names = [group.acronym, group.name]
    place = " of ".join(part for part in (group.parent, group.body) if part)
    yield "Group", ", ".join(part for part in names if part) + (f" ({place})" if place else "")
    count = f" for {counted(permission.count, 'meeting')}" if permission.count else ""
    asked = f" of {permission.required_from}" if permission.required_from else ""
    yield "Authorization", f"{permission.state}{asked}{count}" if permission.state else ""
    if report.priority_rule:
        yield "Priority", priority_in_words(report.priority_rule, WORDS)


def _details(meeting: Meeting) -> Iterator[tuple[str, str]]:
    if meeting.start is not None:
        yield "UTC", moments.span_utc(meeting)
    yield "topics", "; ".join(meeting.topics)
    mode = " ".join(part for part in (meeting.mode, meeting.place) if part)
    yield "held", ", ".join(part for part in (mode, meeting.status) if part)
    for deadline in meeting.deadlines:
        if not deadline.withdrawn:
            yield deadline_name(deadline.kind, WORDS), moments.deadline(deadline)
            yield "  because", why_deadline(deadline, meeting, WORDS)


def _lists(report: Report) -> Iterator[tuple[str, list[str]]]:
    yield "Events", [_event(event) for event in report.events]
    yield (
        "Actions",
        [
            f"{action.id or '-'}  {_between(action.sender, action.recipient)}{action.text}"
            for action in report.actions
        ],
    )
    yield "Due otherwise", [_task(task) for task in report.tasks]
    yield (
        "Carried forward",
        [
            f"{item.document or 'discussion'}"
            f"{f' ({item.source})' if item.source else ''}: {item.subject or '-'}, to {item.to}"
            for item in report.carry_forward
        ],
    )
    yield (
        "Not taken over",
        [f"line {item.line}: {item.text!r} [{item.code}]" for item in report.rejected],
    )


def _event(event: Event) -> str:
    days = moments.day(event.date)
    if event.end_date != event.date:
        days += f" to {moments.day(event.end_date)}"
    return ", ".join(part for part in (days, event.title, event.place, event.mode) if part)


def _task(task: Task) -> str:
    return f"{moments.wall(task.moment)}: {task.text}"


def _between(sender: str | None, recipient: str | None) -> str:
    return f"{sender or '?'} to {recipient or '?'}: " if sender or recipient else ""
