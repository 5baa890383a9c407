"""Which deadlines each meeting gets: from the rules, and from sentences that date them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.intake.moments import Convention, OffsetFound
from scheduler.intake.reports.meetings.checks import at_line
from scheduler.intake.reports.problems import cob_convention, deadline_on_weekend
from scheduler.intake.reports.terms.deadlines import FoundRule, StatedLimit, limited
from scheduler.intake.reports.terms.stated import stated_deadline
from scheduler.model.deadline import Deadline, DeadlineRule
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import WallTime
from scheduler.model.problem import Problem
from scheduler.rules.deadlines import apply

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Meetings with their deadlines, and the limits that belong to none of them."""

    meetings: tuple[Meeting, ...]
    rules: tuple[DeadlineRule, ...]
    left: tuple[StatedLimit, ...]


def with_deadlines(
    meetings: tuple[Meeting, ...], rules: Sequence[FoundRule], limits: Sequence[StatedLimit]
) -> Dated:
    """Return the meetings with every deadline that rules and sentences give them."""
    dated = list(meetings)
    left: list[StatedLimit] = []
    for limit in limits:
        places = _places(limit, dated)
        if not places:
            left.append(limit)
        for place in places:
            dated[place] = stated_deadline(dated[place], limit.deadline)
    derived = [_derive(meeting, place, len(dated), rules) for place, meeting in enumerate(dated)]
    labels = [meeting.label for meeting in meetings]
    return Dated(
        meetings=tuple(_with_weekends(meeting) for meeting in derived),
        rules=tuple(limited(rule, labels) for rule in rules),
        left=tuple(left),
    )


def _places(limit: StatedLimit, meetings: Sequence[Meeting]) -> list[int]:
    """Return the meetings a dated limit is for: those it names, or else the first after it."""
    if limit.dates:
        days = {date.first for date in limit.dates}
        return [place for place, meeting in enumerate(meetings) if meeting.date in days]
    if limit.ordinals:
        return [
            place
            for place in range(len(meetings))
            if _is_meant(limit.ordinals, place, len(meetings))
        ]
    day = limit.deadline.date.last
    return next(([place] for place, meeting in enumerate(meetings) if meeting.end_date >= day), [])


def _is_meant(ordinals: tuple[int, ...], place: int, count: int) -> bool:
    return any(place == (count + ordinal if ordinal < 0 else ordinal - 1) for ordinal in ordinals)


def _derive(meeting: Meeting, place: int, count: int, rules: Sequence[FoundRule]) -> Meeting:
    """Give a meeting the deadlines of the rules; one limited to it displaces a general one."""
    if meeting.status in (Status.CANCELLED, Status.POSTPONED):
        return meeting
    meant = [rule for rule in rules if not rule.ordinals or _is_meant(rule.ordinals, place, count)]
    special = {rule.rule.kind for rule in meant if rule.ordinals}
    stated = {deadline.kind for deadline in meeting.deadlines}
    for rule in meant:
        if rule.rule.kind in stated or (rule.rule.kind in special and not rule.ordinals):
            continue
        meeting = _applied(meeting, rule)
    return meeting


def _applied(meeting: Meeting, found: FoundRule) -> Meeting:
    local = found.rule if found.stated_zone else replace(found.rule, zone=meeting.zone)
    deadline = apply(local, meeting)
    if deadline is None:
        return meeting
    moment = _shifted(deadline.moment, found.offset)
    deadline = replace(deadline, moment=moment, line=found.rule.line)
    line = found.rule.line or 0
    problems = [at_line(problem, line) for problem in found.offset.problems]
    if found.offset.convention is Convention.CLOSE_OF_BUSINESS and found.offset.clock is None:
        problems.append(cob_convention(line, moment.day, moment.zone))
    return replace(
        meeting,
        deadlines=(*meeting.deadlines, deadline),
        problems=(*meeting.problems, *problems),
    )


def _shifted(moment: WallTime, offset: OffsetFound) -> WallTime:
    """Return the moment on the day after for 24:00."""
    return replace(moment, day=moment.day + dt.timedelta(days=offset.clock_day_offset))


def _with_weekends(meeting: Meeting) -> Meeting:
    said = [_weekend(deadline) for deadline in meeting.deadlines]
    problems = tuple(problem for problem in said if problem is not None)
    return replace(meeting, problems=tuple(dict.fromkeys((*meeting.problems, *problems))))


def _weekend(deadline: Deadline) -> Problem | None:
    if deadline.moment.day.weekday() < _SATURDAY:
        return None
    return deadline_on_weekend(deadline.line, deadline.kind, deadline.moment.day)
