"""The machine form of what was read and planned: plain values, ready for JSON.

Instants are RFC 3339 in UTC with `Z`, wall times `HH:MM`, dates ISO 8601, zones IANA names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, time

from scheduler.model.agenda import Agenda
from scheduler.model.deadline import Deadline, DeadlineRule
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import Instant, WallTime, clock_text, settled
from scheduler.model.problem import Problem
from scheduler.model.report import (
    ActionItem,
    Authorization,
    ParentMeeting,
    PriorityRule,
    Report,
    Task,
)

Document = dict[str, object]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def report_document(report: Report) -> Document:
    """Return a report as the machine interface states it, key by key in its order."""
    return {
        "document": _plain(asdict(report.document)),
        "group": asdict(report.group),
        "authorization": authorization_document(report.authorization),
        "parent_meeting": _parent(report.parent_meeting),
        "priority_rule": _priority(report.priority_rule),
        "deadline_rules": [rule_document(rule) for rule in report.deadline_rules],
        "meetings": [meeting_document(meeting) for meeting in report.meetings],
        "events": [event_document(event) for event in report.events],
        "actions": [_action(action) for action in report.actions],
        "tasks": [_task(task) for task in report.tasks],
        "documents": [asdict(reference) for reference in report.documents],
        "carry_forward": [asdict(item) for item in report.carry_forward],
        "rejected": [asdict(item) for item in report.rejected],
        "problems": [problem_document(problem) for problem in report.problems],
    }


def meeting_document(meeting: Meeting) -> Document:
    """Return one meeting; `id` stands only once it is stored."""
    document: Document = {"id": meeting.uid} if meeting.uid else {}
    document |= {
        "label": meeting.label,
        "group": meeting.group,
        "date": meeting.date.isoformat(),
        "start": _clock(meeting.start),
        "end_date": meeting.end_date.isoformat(),
        "end": _clock(meeting.end),
        "zone": meeting.zone,
        "start_utc": _instant(meeting.start_instant),
        "end_utc": _instant(meeting.end_instant),
        "mode": meeting.mode,
        "place": meeting.place,
        "status": meeting.status,
        "topics": list(meeting.topics),
        "deadlines": [deadline_document(deadline) for deadline in meeting.deadlines],
        "problems": [problem_document(problem) for problem in meeting.problems],
    }
    if meeting.start_candidates:
        document["candidates_utc"] = [str(instant) for instant in meeting.start_candidates]
    if meeting.daily:
        document["daily"] = [clock_text(clock) for clock in meeting.daily]
    if meeting.link:
        document["link"] = meeting.link
    if meeting.agenda:
        document["agenda"] = _agenda(meeting.agenda)
    return document


def deadline_document(deadline: Deadline) -> Document:
    """Return one deadline, with its `id` once it is stored."""
    document: Document = {"id": deadline.uid} if deadline.uid else {}
    return document | {
        "kind": deadline.kind,
        **_moment(deadline.moment),
        "time_source": deadline.time_source,
        "utc": _instant(settled(deadline.moment)),
    }


def rule_document(rule: DeadlineRule) -> Document:
    """Return a deadline rule as the text states it.

    `weekday` stands only where it falls on a day of the week, `same_clock` where its hour is the
    meeting's own.
    """
    document: Document = {
        "kind": rule.kind,
        "offset": rule.offset,
        "unit": rule.unit,
        "anchor": rule.anchor,
        "time": _clock(rule.clock),
        "zone": rule.zone,
        "line": rule.line,
    }
    if rule.weekday is not None:
        document["weekday"] = WEEKDAYS[rule.weekday]
    if rule.same_clock:
        document["same_clock"] = True
    return document


def event_document(event: Event) -> Document:
    """Return one event beside the meetings, with its `id` once it is stored."""
    document: Document = {"id": event.uid} if event.uid else {}
    return document | {
        "title": event.title,
        "date": event.date.isoformat(),
        "end_date": event.end_date.isoformat(),
        "place": event.place,
        "mode": event.mode,
        "line": event.line,
    }


def authorization_document(authorization: Authorization) -> Document:
    """Return the parent's permission, with the day it was given once it is known."""
    document = _plain(asdict(authorization))
    if authorization.decided is None:
        del document["decided"]
    return document


def problem_document(problem: Problem) -> Document:
    """Return one problem: code, severity, line and sentence."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "line": problem.line,
        "message": problem.message,
    }


def _agenda(agenda: Agenda) -> Document:
    """An agenda as a meeting carries it; `starts` is in minutes from the meeting's start."""
    return {
        "minutes": agenda.minutes,
        "items": [
            {
                "number": item.contribution,
                "revision": item.revision,
                "title": item.title,
                "standing": item.standing,
                "starts": item.starts,
                "minutes": item.minutes,
                "came_from": item.came_from,
                "carried": item.carried,
            }
            for item in agenda.items
        ],
        "carried": [
            {
                "contribution": one.contribution,
                "title": one.title,
                "reason": one.reason,
                "to": one.to,
            }
            for one in agenda.carried
        ],
    }


def _action(action: ActionItem) -> Document:
    return {
        "id": action.id,
        "from": action.sender,
        "to": action.recipient,
        "text": action.text,
        "line": action.line,
    }


def _task(task: Task) -> Document:
    return {
        "text": task.text,
        **_moment(task.moment),
        "time": _clock(task.stated_time),
        "utc": _instant(settled(task.moment)),
        "time_source": task.time_source,
        "line": task.line,
    }


def _parent(parent: ParentMeeting | None) -> Document | None:
    return None if parent is None else _plain(asdict(parent))


def _priority(rule: PriorityRule | None) -> Document | None:
    return None if rule is None else asdict(rule)


def _moment(moment: WallTime) -> Document:
    return {
        "date": moment.day.isoformat(),
        "time": clock_text(moment.clock),
        "zone": moment.zone,
    }


def _plain(values: Mapping[str, object]) -> Document:
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_text(part) for part in value]
    return value


def _clock(clock: time | None) -> str | None:
    return None if clock is None else clock_text(clock)


def _instant(instant: Instant | None) -> str | None:
    return None if instant is None else str(instant)
