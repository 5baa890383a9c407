"""Days that the host or a member's country keeps, and their eves; facts say who lists them."""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.model.finding import Finding
from scheduler.model.holiday import Holiday
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding

ONE_DAY = timedelta(days=1)


def meeting_off_holidays(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not fall on a day that the host or a member's country keeps."""
    for number in range((meeting.end_date - meeting.date).days + 1):
        day = meeting.date + number * ONE_DAY
        for kept in case.holidays.get(day, ()):
            yield finding(call, "meeting_on_holiday", meeting, **_facts(day, kept))


def deadline_off_holidays(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline does not fall on a day that the host or a member's country keeps."""
    for kind, day in _deadline_days(meeting):
        for kept in case.holidays.get(day, ()):
            yield finding(call, "deadline_on_holiday", meeting, kind=kind, **_facts(day, kept))


def deadline_off_eves(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline does not fall on the eve of a day that the host or a member's country keeps."""
    for kind, day in _deadline_days(meeting):
        for kept in case.holidays.get(day + ONE_DAY, ()):
            yield finding(call, "deadline_on_eve", meeting, kind=kind, **_facts(day, kept))


def _deadline_days(meeting: Meeting) -> Iterator[tuple[str, date]]:
    for deadline in meeting.deadlines:
        if not deadline.withdrawn:
            yield deadline.kind, deadline.moment.day


def _facts(day: date, kept: Holiday) -> dict[str, str]:
    who = ", ".join((*([kept.host] if kept.host else []), *kept.countries))
    listed = {"listed_by": kept.source} if kept.source else {}
    return {"date": day.isoformat(), "holiday": kept.name, "kept_by": who, **listed}
