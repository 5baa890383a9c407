"""Notice: how long before a meeting its permission has to stand, or its announcement."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from scheduler.model.deadline import Unit
from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding, remark
from scheduler.rules.deadlines import shift

PERMISSION, ANNOUNCEMENT = "permission", "announcement"
PARENT_MEETING = "parent_meeting"  # what stands in for a permission that is not recorded yet
NO_DAYS: frozenset[date] = frozenset()
ONE_DAY = timedelta(days=1)


def notice(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting is permitted, or announced, so many units before its date.

    Silent where no day is known, and on what was over before that day without waiting for it.
    Where another rule of notice is missed, one that is met says so, for both together are what
    the body asks.
    """
    start = _start(case, call, meeting)
    if start is None or _is_no_concern(case, call, meeting, start):
        return
    limit = _latest(case, call, meeting)
    missed = limit < start
    if not missed and not _misses_another(case, call, meeting):
        return
    amount, unit = int(call.value("amount")), Unit(str(call.value("unit")))
    days, latest = (meeting.date - start).days, limit.isoformat()
    if not missed:
        yield remark(call, "notice_kept", meeting, days=days, amount=amount, unit=unit)
        return
    code = "notice_too_short" if _counts_permission(call) else "announcement_too_late"
    yield finding(
        call,
        code,
        meeting,
        days=days,
        permitted=start.isoformat(),
        amount=amount,
        unit=unit,
        latest=latest,
        earliest=_earliest(case, call, start).isoformat(),
        counted_from=_counted_from(case, call),
    )


def _is_no_concern(case: Case, call: RuleCall, meeting: Meeting, start: date) -> bool:
    """Tell whether a meeting took place without having waited for the day notice counts from.

    What was over when it was first approved is a record. What a report asks for waits for the
    decision on it, not for one on another series, nor for one that is not known yet.
    """
    if not _counts_permission(call):
        return meeting.date < start
    if case.plan.authorization.decided is None:
        return meeting.date <= start
    return meeting.date < start and not case.is_of_last_report(meeting)


def _counted_from(case: Case, call: RuleCall) -> str:
    if not _counts_permission(call):
        return ANNOUNCEMENT
    return PERMISSION if case.plan.authorization.decided else PARENT_MEETING


def _earliest(case: Case, call: RuleCall, start: date) -> date:
    """The first day of a meeting that keeps the rule.

    Months are of several lengths: two months before 28 February is 28 December, while two months
    after 31 December would be 28 February.
    """
    amount, unit = int(call.value("amount")), str(call.value("unit"))
    day = shift(start, amount, Unit(unit), case.closed)
    while _before(day, amount, unit, _closed(case, unit)) < start:
        day += ONE_DAY
    return day


def _counts_permission(call: RuleCall) -> bool:
    return call.option("counted_from") in (None, PERMISSION)


def _start(case: Case, call: RuleCall, meeting: Meeting) -> date | None:
    return case.permitted_on if _counts_permission(call) else case.announced_on(meeting)


def _latest(case: Case, call: RuleCall, meeting: Meeting) -> date:
    unit = str(call.value("unit"))
    return _before(meeting.date, int(call.value("amount")), unit, _closed(case, unit))


def _closed(case: Case, unit: str) -> frozenset[date]:
    return case.closed if unit == Unit.WORKING_DAY else NO_DAYS


@lru_cache(maxsize=16_384)  # many candidates are of one day
def _before(day: date, amount: int, unit: str, closed: frozenset[date]) -> date:
    return shift(day, -amount, Unit(unit), closed)


def _misses_another(case: Case, call: RuleCall, meeting: Meeting) -> bool:
    others = (c for c in case.calls if c.rule == call.rule and c is not call)
    return any(
        start is not None and _latest(case, other, meeting) < start
        for other in others
        if other.holds_for(meeting)
        for start in [_start(case, other, meeting)]
    )
