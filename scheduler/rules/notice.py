"""Notice: how long before a meeting its permission has to stand."""

from collections.abc import Iterator

from scheduler.model.deadline import Unit
from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding
from scheduler.rules.deadlines import shift


def notice(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting is permitted so many units before its date; silent where no day is known."""
    permitted = case.permitted_on
    if permitted is None or meeting.date <= permitted:
        return
    amount, unit = int(call.value("amount")), Unit(str(call.value("unit")))
    latest = shift(meeting.date, -amount, unit)
    if permitted > latest:
        yield finding(
            call,
            "notice_too_short",
            meeting,
            days=(meeting.date - permitted).days,
            permitted=permitted.isoformat(),
            amount=amount,
            unit=unit,
            latest=latest.isoformat(),
        )


def not_during_parent(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not lie within its parent's."""
    parent = case.plan.parent_meeting
    if parent and meeting.date <= parent.end_date and parent.date <= meeting.end_date:
        yield finding(
            call,
            "during_parent_meeting",
            meeting,
            date=meeting.date.isoformat(),
            parent=parent.name or "",
            parent_date=parent.date.isoformat(),
            parent_end_date=parent.end_date.isoformat(),
        )
