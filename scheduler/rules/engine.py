"""Applies packs of law to a plan, in the order they state their rules."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from scheduler.model.busy import BusyTime
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack, RuleCall, Waiver
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.rules.case import Case, case_of
from scheduler.rules.law import WITHOUT_INSTANT
from scheduler.rules.timetable import Timetable
from scheduler.rules.vocabulary import VOCABULARY


def judge(
    packs: Iterable[Pack],
    plan: Plan,
    now: Instant,
    group: Group | None = None,
    elsewhere: Iterable[Timetable[BusyTime]] = (),
) -> tuple[Finding, ...]:
    """Return what the packs find in a plan as of `now`: by pack, rule, then meeting.

    `packs` are those that bind the group (see `scheduler.rules.law`), `elsewhere` what other groups
    and outside calendars hold. Cancelled meetings are not
    judged; a rule for certain modes or years passes over the other meetings. What the group or
    the plan has waived is still found, as a notice with the reason; what has no instant stays.
    """
    calls = tuple(call for pack in packs for call in pack.rules)
    return _findings(case_of(plan, now, group, calls, elsewhere))


def judging(
    packs: Iterable[Pack],
    plan: Plan,
    now: Instant,
    group: Group | None = None,
    elsewhere: Iterable[Timetable[BusyTime]] = (),
) -> Callable[[Meeting], tuple[Finding, ...]]:
    """Return the judge of one meeting at a time, as if `plan` held no other.

    It finds what `judge` does; what does not depend on the meeting is made ready once.
    """
    calls = tuple(call for pack in packs for call in pack.rules)
    ground = case_of(replace(plan, meetings=()), now, group, calls, elsewhere)
    return lambda meeting: _findings(ground.with_meetings((meeting,)))


def meant_by(call: RuleCall, meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Return the meetings that a rule speaks of."""
    if call.holds_for_all:
        return meetings
    return tuple(meeting for meeting in meetings if call.holds_for(meeting))


def _findings(case: Case) -> tuple[Finding, ...]:
    waivers = (*case.plan.waivers, *case.group.waivers)
    found: list[Finding] = []
    for call in case.calls:
        word = VOCABULARY[call.rule]
        about = word.about(case)
        for meeting in meant_by(call, about) if about else ():
            judged = word.rule(case, call, meeting)
            found.extend((_waived(one, meeting, waivers) for one in judged) if waivers else judged)
    return tuple(found)


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
