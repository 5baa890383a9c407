"""Notice: how long before a meeting its permission has to stand, or its announcement."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from scheduler.model.deadline import Unit
from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding, remark
from scheduler.rules.deadlines import shift

PERMISSION, ANNOUNCEMENT = "permission", "announcement"


def notice(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting is permitted, or announced, so many units before its date.

    Silent where no day is known. Where another rule of notice is missed, one that is met says
    so, for both together are what the body asks.
    """
    start = _start(case, call, meeting)
    if start is None or meeting.date <= start:
        return
    limit = _latest(call, meeting)
    missed = limit < start
    if not missed and not _misses_another(case, call, meeting):
        return
    amount, unit = int(call.value("amount")), Unit(str(call.value("unit")))
    days, latest = (meeting.date - start).days, limit.isoformat()
    if not missed:
        yield remark(call, "notice_kept", meeting, days=days, amount=amount, unit=unit)
        return
    earliest = shift(start, amount, unit).isoformat()
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
        earliest=earliest,
    )


def _counts_permission(call: RuleCall) -> bool:
    return call.option("counted_from") in (None, PERMISSION)


def _start(case: Case, call: RuleCall, meeting: Meeting) -> date | None:
    return case.permitted_on if _counts_permission(call) else case.announced_on(meeting)


def _latest(call: RuleCall, meeting: Meeting) -> date:
    return _before(meeting.date, int(call.value("amount")), str(call.value("unit")))


@lru_cache(maxsize=16_384)  # many candidates are of one day
def _before(day: date, amount: int, unit: str) -> date:
    return shift(day, -amount, Unit(unit))


def _misses_another(case: Case, call: RuleCall, meeting: Meeting) -> bool:
    others = (c for c in case.calls if c.rule == call.rule and c is not call)
    return any(
        start is not None and _latest(other, meeting) < start
        for other in others
        if other.holds_for(meeting)
        for start in [_start(case, other, meeting)]
    )
