"""Which deadlines each meeting gets: from the rules, and from sentences that date them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.intake.moments import Convention, OffsetFound
from scheduler.intake.reports.meetings.checks import at_line, unsettled
from scheduler.intake.reports.problems import (
    cob_convention,
    deadline_on_weekend,
    unknown_meeting,
)
from scheduler.intake.reports.terms.deadlines import FoundRule, StatedLimit, limited
from scheduler.intake.reports.terms.meant import is_meant
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
    problems: tuple[Problem, ...] = ()


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
    derived = [_derive(dated, place, rules) for place in range(len(dated))]
    return Dated(
        meetings=tuple(_with_doubts(meeting) for meeting in derived),
        rules=tuple(limited(rule, meetings) for rule in rules),
        left=tuple(left),
        problems=tuple(_unknown(rules, limits, meetings)),
    )


def _unknown(
    rules: Sequence[FoundRule], limits: Sequence[StatedLimit], meetings: Sequence[Meeting]
) -> Iterator[Problem]:
    """Yield a doubt for each deadline that is limited to meetings the text does not have."""
    named = [(rule.rule.line, rule.meant) for rule in rules]
    named += [(limit.deadline.line, limit.meant) for limit in limits]
    for line, meant in dict.fromkeys(named):
        here = any(is_meant(meant, place, meetings) for place in range(len(meetings)))
        if meant and meetings and not here:
            yield unknown_meeting(line or 0, str(meant))


def _places(limit: StatedLimit, meetings: Sequence[Meeting]) -> list[int]:
    """Return the meetings a dated limit is for: those it names, or else the first after it."""
    if limit.meant:
        return [place for place in range(len(meetings)) if is_meant(limit.meant, place, meetings)]
    day = limit.deadline.date.last
    return next(([place] for place, meeting in enumerate(meetings) if meeting.end_date >= day), [])


def _derive(meetings: Sequence[Meeting], place: int, rules: Sequence[FoundRule]) -> Meeting:
    """Give a meeting the deadlines of the rules; one limited to it displaces a general one."""
    meeting = meetings[place]
    if meeting.status in (Status.CANCELLED, Status.POSTPONED):
        return meeting
    meant = [rule for rule in rules if not rule.meant or is_meant(rule.meant, place, meetings)]
    special = {rule.rule.kind for rule in meant if rule.meant}
    stated = {deadline.kind for deadline in meeting.deadlines}
    for rule in meant:
        if rule.rule.kind in stated or (rule.rule.kind in special and not rule.meant):
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


def _with_doubts(meeting: Meeting) -> Meeting:
    said = [problem for deadline in meeting.deadlines for problem in _doubts(deadline)]
    return replace(meeting, problems=tuple(dict.fromkeys((*meeting.problems, *said))))


def _doubts(deadline: Deadline) -> Iterator[Problem]:
    """Yield what is doubtful about the moment of a deadline."""
    yield from unsettled(deadline.moment, deadline.line or 0)
    if deadline.moment.day.weekday() >= _SATURDAY:
        yield deadline_on_weekend(deadline.line, deadline.kind, deadline.moment.day)
