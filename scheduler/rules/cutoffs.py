"""Deadlines that a body's rules give: entered where asked for, else held against the plan's."""

from collections.abc import Iterable, Iterator
from datetime import time

from scheduler.model.deadline import Anchor, Deadline, DeadlineRule, IfClosed, TimeSource, Unit
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import settled
from scheduler.model.pack import Pack, RuleCall
from scheduler.rules.case import Case, finding, remark
from scheduler.rules.deadlines import apply

WORD = "deadline"
MEETING_ZONE = "meeting"
SAME_AS_ANCHOR, END_OF_DAY, CLOSE_OF_BUSINESS = "meeting", "end_of_day", "cob"
DAYS, CLEAR_DAYS, AS_GROUP = "days", "clear_days", "group"
BEFORE, AFTER = "before", "after"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def deadline(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline of this kind is no later than the rule has it; one that is not stated is told."""
    rule = deadline_rule(call, case.group, meeting)
    limit = apply(rule, meeting, case.closed)
    latest = settled(limit.moment) if limit else None
    if limit is None or latest is None:
        return
    stated = [d for d in meeting.deadlines if d.kind == rule.kind and not d.withdrawn]
    if not stated:
        yield remark(call, "deadline_not_stated", meeting, kind=rule.kind, limit=str(limit.moment))
    for own in stated:
        instant = settled(own.moment)
        if instant and instant > latest:
            yield finding(
                call,
                "deadline_too_late",
                meeting,
                kind=rule.kind,
                moment=str(own.moment),
                limit=str(limit.moment),
            )


def supplied(packs: Iterable[Pack], group: Group, meeting: Meeting) -> tuple[Deadline, ...]:
    """Return the deadlines that the law gives a meeting beside those it has, in the law's order.

    Only those of rules that say `supply`, or all where the group says so; of a kind that the
    meeting has already, none. A meeting that does not take place is given nothing.
    """
    if meeting.status in (Status.CANCELLED, Status.POSTPONED):
        return ()
    found: dict[str, Deadline] = {}
    stated = {deadline.kind for deadline in meeting.deadlines}
    for call in (call for pack in packs for call in pack.rules if call.rule == WORD):
        if not call.holds_for(meeting) or not (group.supply or call.option("supply")):
            continue
        own = apply(deadline_rule(call, group, meeting), meeting, group.closed_days)
        if own and own.kind not in stated:
            found.setdefault(own.kind, own)
    return tuple(found.values())


def deadline_rule(call: RuleCall, group: Group, meeting: Meeting) -> DeadlineRule:
    """Return a call of `deadline` as the rule that a deadline is derived by."""
    sign = 1 if call.option("side") == AFTER else -1
    unit, at = Unit(str(call.value("unit"))), str(call.option("at") or END_OF_DAY)
    zone, weekday = str(call.option("zone") or MEETING_ZONE), call.option("weekday")
    anchor = Anchor(str(call.option("anchor") or Anchor.MEETING_DATE))
    clock = (
        None if at in (SAME_AS_ANCHOR, END_OF_DAY, CLOSE_OF_BUSINESS) else time.fromisoformat(at)
    )
    stated = clock is not None or at == SAME_AS_ANCHOR
    return DeadlineRule(
        kind=str(call.value("kind")),
        offset=sign * int(call.value("amount")),
        unit=unit,
        anchor=_counting_hours(anchor) if unit is Unit.HOUR else anchor,
        clock=clock,
        zone=meeting.zone if zone == MEETING_ZONE else zone,
        time_source=TimeSource.STATED if stated else TimeSource.CONVENTION,
        clear_days=_clear(call, group),
        same_clock=at == SAME_AS_ANCHOR,
        weekday=None if weekday is None else WEEKDAYS.index(str(weekday)),
        if_closed=IfClosed(str(call.option("if_closed") or IfClosed.LEAVE)),
        citation=call.citation,
    )


def _counting_hours(anchor: Anchor) -> Anchor:
    at_end = anchor in (Anchor.MEETING_END, Anchor.MEETING_END_DATE)
    return Anchor.MEETING_END if at_end else Anchor.MEETING_START


def _clear(call: RuleCall, group: Group) -> bool:
    counting = call.option("counting")
    return group.clear_days if counting == AS_GROUP else counting == CLEAR_DAYS
