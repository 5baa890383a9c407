"""What a rule is given to judge, and how it words its judgement in facts."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.pack import Level, RuleCall
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity

WEIGHT = {
    Level.MUST: Severity.ERROR,
    Level.NORMALLY: Severity.WARNING,
    Level.NOTE: Severity.NOTICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A plan as it stands at an instant.

    `standing` are the meetings that take place, `timetable` those of them with a known start,
    in that order.
    """

    plan: Plan
    now: Instant
    standing: tuple[Meeting, ...]
    timetable: tuple[tuple[Instant, str, Meeting], ...]

    def overlapping_later(self, meeting: Meeting) -> Iterator[Meeting]:
        """Yield the meetings that start during `meeting`, or with it and stand behind it."""
        start, end = meeting.start_instant, meeting.end_instant
        if start is None or end is None:
            return
        behind = bisect_right(self.timetable, (start, meeting.uid), key=lambda row: row[:2])
        for other_start, _, other in islice(self.timetable, behind, None):
            if other_start >= end:
                return
            yield other

    @property
    def permitted_on(self) -> date | None:
        """The day from which notice counts: the parent's decision, or its meeting's last day.

        Until the parent has decided, the end of the meeting that was asked to is the earliest
        day on which it can have.
        """
        plan = self.plan
        if plan.authorization.decided:
            return plan.authorization.decided
        return plan.parent_meeting.end_date if plan.parent_meeting else None


def case_of(plan: Plan, now: Instant) -> Case:
    """Return a plan made ready to be judged as of `now`."""
    standing = tuple(m for m in plan.meetings if m.status is not Status.CANCELLED)
    starts = ((m.start_instant, m.uid, m) for m in standing)
    timetable = sorted(
        ((start, uid, m) for start, uid, m in starts if start), key=lambda row: row[:2]
    )
    return Case(plan=plan, now=now, standing=standing, timetable=tuple(timetable))


def finding(call: RuleCall, code: str, meeting: Meeting, **facts: str | int) -> Finding:
    """Return the judgement of a rule on a meeting, as heavy as the rule's level makes it."""
    return Finding(
        code=code,
        severity=WEIGHT[call.level],
        meeting=meeting.uid,
        facts=(("meeting", meeting.label or meeting.date.isoformat()), *facts.items()),
        citation=call.citation,
    )
