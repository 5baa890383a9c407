"""The parent's meetings, and the days around them."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.model.report import ParentMeeting
from scheduler.rules.case import Case, finding, remark


def not_during_parent(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not lie within one of its parent's."""
    for parent in _touched(case, meeting, 0, 0):
        yield finding(
            call, "during_parent_meeting", meeting, date=meeting.date.isoformat(), **_named(parent)
        )


def blackout(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not lie within so many days before or after one of its parent's."""
    before, after = int(call.value("before_days")), int(call.value("after_days"))
    within = {parent.date for parent in _touched(case, meeting, 0, 0)}
    for parent in _touched(case, meeting, before, after):
        if parent.date not in within:
            yield finding(
                call,
                "near_parent_meeting",
                meeting,
                date=meeting.date.isoformat(),
                before=before,
                after=after,
                **_named(parent),
            )


def parent_ahead(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """The last meeting before one of the parent's says how long before it the series ends."""
    ahead = next((parent for parent in case.parents if parent.date > meeting.end_date), None)
    following = case.after(meeting)
    if ahead is None or (following is not None and following.date < ahead.date):
        return
    days = (ahead.date - meeting.end_date).days
    yield remark(call, "series_ends_before_parent", meeting, days=days, **_named(ahead))


def _touched(case: Case, meeting: Meeting, before: int, after: int) -> Iterator[ParentMeeting]:
    for parent in case.parents:
        first = parent.date - timedelta(days=before)
        last = parent.end_date + timedelta(days=after)
        if meeting.date <= last and first <= meeting.end_date:
            yield parent


def _named(parent: ParentMeeting) -> dict[str, str]:
    return {
        "parent": parent.name or "",
        "parent_date": parent.date.isoformat(),
        "parent_end_date": parent.end_date.isoformat(),
    }
