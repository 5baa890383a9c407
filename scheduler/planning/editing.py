"""Edits of a draft: move, cancel, skip or restore one meeting, this and following, or all."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.errors import InterimError
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Reading, WallTime, exact, is_skipped, settled, zone_named
from scheduler.model.plan import Plan
from scheduler.model.report import AuthorizationState
from scheduler.planning.adoption import in_order
from scheduler.planning.calling_off import IsCancelled, NotCancelled, called_off, restored
from scheduler.planning.comparison import when
from scheduler.rules.deadlines import NO_DAYS, apply, wall_of

YEARS = range(1901, 2199)  # calendars know one more on each side, for what goes with a meeting


class Scope(StrEnum):
    """How far an edit reaches."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


class EndsBeforeStart(InterimError):
    """An edit after which a meeting would end before it starts."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"meeting {meeting.label or meeting.uid} would end at {meeting.ends}, "
            f"not after its start at {meeting.starts}; give an end after the start with --end"
        )


class NoHourToMove(InterimError):
    """A meeting without an hour was asked for another one without saying when it ends."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"meeting {meeting.label or meeting.uid} has no start in the plan; "
            "give one with --start"
        )


class OutsideCalendars(InterimError):
    """A meeting would be moved to a year that calendars do not know."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(
            f"a move to {day} takes meetings out of the years that calendars know; "
            f"give a day from {YEARS.start} to {YEARS.stop - 1} with --date"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a meeting goes; what is None stays as it is, and a new start keeps the length."""

    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    zone: str | None = None
    reading: Reading | None = None


def moved(
    plan: Plan,
    uid: str,
    move: Move,
    *,
    scope: Scope,
    reason: str | None,
    closed: AbstractSet[dt.date] = NO_DAYS,
) -> Plan:
    """Return the plan with a meeting moved; those in scope go by the same number of days.

    Deadlines that follow from a rule follow the meeting, `closed` being the days on which the
    group's host is; those that a document dates stay. What stands there already keeps its reason
    unless another one is given. Raises `EndsBeforeStart`, `NoHourToMove`,
    `OutsideCalendars`, `IsCancelled`, or `UnknownZone`.
    """
    if move.zone:
        zone_named(move.zone)
    chosen = _meeting(plan, uid)
    if chosen.status is Status.CANCELLED:
        raise IsCancelled(chosen)
    goal = move.date or chosen.date
    days = goal - chosen.date
    try:
        edited = _edited(
            plan, chosen, scope, lambda meeting: _moved(meeting, move, days, reason, closed)
        )
    except OverflowError as beyond:
        raise OutsideCalendars(goal) from beyond
    ends = {year for m in edited.meetings for year in (m.date.year, m.end_date.year)}
    if days and not ends <= {*YEARS}:
        raise OutsideCalendars(goal)
    return edited


def cancelled(
    plan: Plan, uid: str, published: Plan | None = None, *, scope: Scope, reason: str | None
) -> Plan:
    """Return the plan with meetings cancelled; their entries stay, marked so.

    `published` is the plan that calendars show: they are cancelled at the times it has.
    """
    shown = {meeting.uid: meeting for meeting in published.meetings} if published else {}

    def cancel(meeting: Meeting) -> Meeting:
        known = meeting.reason if meeting.status is Status.CANCELLED else None
        return replace(called_off(meeting, shown.get(meeting.uid)), reason=reason or known)

    return _edited(plan, _meeting(plan, uid), scope, cancel)


def called_back(
    plan: Plan, uid: str, known: Mapping[str, Meeting], *, scope: Scope, reason: str | None
) -> Plan:
    """Return the plan with cancelled meetings taking place again.

    `known` is as for `planning.calling_off.restored`. Raises `NotCancelled`.
    """
    chosen = _meeting(plan, uid)
    if chosen.status is not Status.CANCELLED:
        raise NotCancelled(chosen)

    def call_back(meeting: Meeting) -> Meeting:
        return restored(meeting, known, reason)

    return _edited(plan, chosen, scope, call_back, standing=False)


def skipped(
    plan: Plan, uid: str, published: Plan | None, *, scope: Scope, reason: str | None
) -> Plan:
    """Return the plan without meetings; those that calendars show already are cancelled there."""
    shown = {meeting.uid for meeting in published.meetings} if published else set[str]()
    chosen = _meeting(plan, uid)
    cancelled_plan = cancelled(plan, uid, published, scope=scope, reason=reason)
    reach = {meeting.uid for meeting in in_scope(plan.meetings, chosen, scope)}
    left = [m for m in cancelled_plan.meetings if m.uid not in reach or m.uid in shown]
    return replace(cancelled_plan, meetings=tuple(left))


def confirmed(plan: Plan, decided: dt.date) -> Plan:
    """Return the plan with the parent's permission recorded, its tentative meetings confirmed."""
    meetings = [
        replace(m, status=Status.CONFIRMED) if m.status is Status.TENTATIVE else m
        for m in plan.meetings
    ]
    authorization = replace(
        plan.authorization, state=AuthorizationState.AUTHORIZED, decided=decided
    )
    return replace(plan, meetings=tuple(meetings), authorization=authorization)


def _meeting(plan: Plan, uid: str) -> Meeting:
    return next(meeting for meeting in plan.meetings if meeting.uid == uid)


def in_scope(
    meetings: Iterable[Meeting], chosen: Meeting, scope: Scope, *, standing: bool = True
) -> list[Meeting]:
    """Return the chosen meeting and those of its series that the scope adds.

    These are meetings that stand, or with `standing` false those that are cancelled.
    """
    if scope is Scope.THIS:
        return [chosen]
    series = [
        meeting
        for meeting in meetings
        if meeting.source == chosen.source and (meeting.status is not Status.CANCELLED) == standing
    ]
    if scope is Scope.FOLLOWING:
        series = [m for m in series if (m.date, m.uid) > (chosen.date, chosen.uid)]
    return [chosen, *(meeting for meeting in series if meeting.uid != chosen.uid)]


def _edited(
    plan: Plan,
    chosen: Meeting,
    scope: Scope,
    edit: Callable[[Meeting], Meeting],
    *,
    standing: bool = True,
) -> Plan:
    """The plan with some meetings edited; what was doubtful about them is settled thereby."""
    reach = in_scope(plan.meetings, chosen, scope, standing=standing)
    uids = {meeting.uid for meeting in reach}
    doubts = {problem for meeting in reach for problem in meeting.problems}
    edited = (replace(edit(m), problems=()) if m.uid in uids else m for m in plan.meetings)
    problems = tuple(problem for problem in plan.problems if problem not in doubts)
    return replace(plan, meetings=in_order(edited), problems=problems)


def _moved(
    meeting: Meeting,
    move: Move,
    days: dt.timedelta,
    reason: str | None,
    closed: AbstractSet[dt.date],
) -> Meeting:
    goal = _goal(meeting, move, days)
    if goal == meeting and move.reading is None:
        return replace(meeting, reason=reason or meeting.reason)
    shifted = replace(goal, reading=None)
    if _is_doubtful(shifted):
        shifted = _without_skipped_hours(replace(shifted, reading=move.reading))
    first, last = shifted.start_instant, shifted.end_instant
    if first and last and last <= first:
        raise EndsBeforeStart(shifted)
    followed = (_followed(deadline, shifted, closed) for deadline in meeting.deadlines)
    deadlines = tuple(_settled(d, move.reading) for d in followed)
    known = meeting.reason if when(shifted) == when(meeting) else None
    return replace(shifted, deadlines=deadlines, reason=reason or known)


def _goal(meeting: Meeting, move: Move, days: dt.timedelta) -> Meeting:
    """The meeting at the day and hours it is moved to; what goes with them is left to do."""
    start, end, end_date = _hours(meeting, move)
    return replace(
        meeting,
        date=meeting.date + days,
        end_date=end_date + days,
        start=start,
        end=end,
        zone=move.zone or meeting.zone,
    )


def _is_doubtful(meeting: Meeting) -> bool:
    """Tell whether a clock change skips or repeats an hour of a meeting."""
    return any(wall and settled(wall) is None for wall in (meeting.starts, meeting.ends))


def _without_skipped_hours(meeting: Meeting) -> Meeting:
    """The meeting at hours that exist, once a reading says what a skipped one means.

    A start that moves takes the end along: the length is what people agreed on.
    """
    start, end = meeting.starts, meeting.ends
    if meeting.reading is None or start is None:
        return meeting
    first = wall_of(exact(start), meeting.zone) if is_skipped(start) else start
    last = end
    if end is not None and first != start:
        length = _naive(end) - _naive(start)
        last = wall_of(exact(start).plus(length), meeting.zone)
    elif end is not None and is_skipped(end):
        last = wall_of(exact(end), meeting.zone)
    return replace(
        meeting,
        date=first.day,
        start=first.clock,
        end_date=last.day if last else meeting.end_date,
        end=last.clock if last else None,
    )


def _naive(wall: WallTime) -> dt.datetime:
    return dt.datetime.combine(wall.day, wall.clock)


def _hours(meeting: Meeting, move: Move) -> tuple[dt.time | None, dt.time | None, dt.date]:
    """The new start, end and end date: a new start without an end keeps the wall-clock length."""
    start = move.start or meeting.start
    if start is None and move.end is not None:
        raise NoHourToMove(meeting)
    if move.end is not None:
        return start, move.end, meeting.end_date
    if move.start is None or meeting.start is None or meeting.end is None:
        return start, meeting.end, meeting.end_date
    length = dt.datetime.combine(meeting.end_date, meeting.end) - dt.datetime.combine(
        meeting.date, meeting.start
    )
    end = dt.datetime.combine(meeting.date, move.start) + length
    return start, end.time(), end.date()


def _followed(deadline: Deadline, meeting: Meeting, closed: AbstractSet[dt.date]) -> Deadline:
    """A deadline after its meeting moved; the rule gives its new moment."""
    rule = deadline.rule
    again = apply(replace(rule, only_for=()), meeting, closed) if rule else None
    return replace(deadline, moment=again.moment) if again else deadline


def _settled(deadline: Deadline, reading: Reading | None) -> Deadline:
    """A deadline at an hour that exists, once a reading says what a doubtful one means."""
    if reading is None or settled(deadline.moment) is not None:
        return deadline
    instant = exact(replace(deadline.moment, reading=reading))
    return replace(deadline, moment=wall_of(instant, deadline.moment.zone))
