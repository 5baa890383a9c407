"""Applies packs of law to a plan, in the order they state their rules."""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack, RuleCall, Waiver
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.rules.case import case_of
from scheduler.rules.law import WITHOUT_INSTANT
from scheduler.rules.vocabulary import VOCABULARY


def judge(
    packs: Iterable[Pack], plan: Plan, now: Instant, group: Group | None = None
) -> tuple[Finding, ...]:
    """Return what the packs find in a plan as of `now`: by pack, rule, then meeting.

    `packs` are those that bind the group (see `scheduler.rules.law`). Cancelled meetings are not
    judged; a rule for certain modes or years passes over the other meetings. What the group or
    the plan has waived is still found, as a notice with the reason; what has no instant stays.
    """
    calls = tuple(call for pack in packs for call in pack.rules)
    case = case_of(plan, now, group, calls)
    waivers = (*plan.waivers, *case.group.waivers)
    return tuple(
        _waived(found, meeting, waivers)
        for call in calls
        for meeting in meant_by(call, case.standing)
        for found in VOCABULARY[call.rule].rule(case, call, meeting)
    )


def meant_by(call: RuleCall, meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Return the meetings that a rule speaks of."""
    if call.holds_for_all:
        return meetings
    return tuple(meeting for meeting in meetings if call.holds_for(meeting))


def _waived(found: Finding, meeting: Meeting, waivers: Iterable[Waiver]) -> Finding:
    if found.code in WITHOUT_INSTANT:
        return found
    for waiver in waivers:
        if waiver.waives(found.rule, meeting):
            return replace(
                found,
                severity=Severity.NOTICE,
                waived=waiver.reason,
                waived_by=waiver.by,
                waived_on=waiver.made,
            )
    return found
