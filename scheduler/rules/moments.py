"""Rules about the moments themselves: settled, in order, ahead, on working days."""

from collections.abc import Iterator

from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.moment import candidates, is_skipped, settled
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding
from scheduler.rules.workdays import is_weekend


def time_settled(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """Each start, end and deadline is one instant, or a person has chosen which."""
    start = meeting.starts if meeting.start_instant is None else None
    end = meeting.ends if meeting.end_instant is None else None
    hours = [wall for wall in (start, end) if wall]
    limits = [deadline.moment for deadline in meeting.deadlines if not deadline.withdrawn]
    for wall in [*hours[:1], *(moment for moment in limits if settled(moment) is None)]:
        code = "nonexistent_local_time" if is_skipped(wall) else "ambiguous_local_time"
        earlier, later = candidates(wall)
        yield finding(call, code, meeting, local=str(wall), earlier=str(earlier), later=str(later))


def in_order(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting ends after it starts."""
    start, end = meeting.start_instant, meeting.end_instant
    if start and end and end <= start:
        yield finding(
            call, "end_before_start", meeting, start=str(meeting.starts), end=str(meeting.ends)
        )


# What a meeting is given beforehand; minutes, slides and the like may well come later.
INPUTS = frozenset({"contribution", "document", "internet_draft", "position_paper", "registration"})


def deadline_before_start(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline for inputs or registration does not come after the meeting has started."""
    start = meeting.start_instant
    for deadline in meeting.deadlines:
        instant = settled(deadline.moment)
        if deadline.withdrawn or deadline.kind not in INPUTS or not (start and instant):
            continue
        if instant > start:
            yield finding(
                call,
                "deadline_after_start",
                meeting,
                kind=deadline.kind,
                moment=str(deadline.moment),
                start=str(meeting.starts),
            )


def deadline_ahead(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline still lies ahead."""
    for deadline in meeting.deadlines:
        instant = settled(deadline.moment)
        if not deadline.withdrawn and instant and instant <= case.now:
            yield finding(
                call,
                "deadline_passed",
                meeting,
                kind=deadline.kind,
                moment=str(deadline.moment),
            )


def deadline_on_working_day(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline does not fall on a weekend."""
    for deadline in meeting.deadlines:
        if not deadline.withdrawn and is_weekend(deadline.moment.day):
            yield finding(
                call,
                "deadline_on_weekend",
                meeting,
                kind=deadline.kind,
                date=deadline.moment.day.isoformat(),
            )


def meeting_on_working_day(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not fall on a weekend."""
    if is_weekend(meeting.date):
        yield finding(call, "meeting_on_weekend", meeting, date=meeting.date.isoformat())


def apart(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """Two meetings of a group do not overlap; told once, at the earlier of the two."""
    for other in case.overlapping_later(meeting):
        yield finding(call, "clash", meeting, start=str(meeting.starts), other=str(other.starts))
