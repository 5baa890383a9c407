"""Applies packs of law to a plan, in the order they state their rules."""

from collections.abc import Iterable

from scheduler.model.finding import Finding
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.rules.case import case_of
from scheduler.rules.vocabulary import VOCABULARY


def judge(packs: Iterable[Pack], plan: Plan, now: Instant) -> tuple[Finding, ...]:
    """Return what the packs find in a plan as of `now`: by pack, rule, then meeting.

    Cancelled meetings are not judged; a rule for certain modes passes over the others.
    """
    case = case_of(plan, now)
    return tuple(
        found
        for pack in packs
        for call in pack.rules
        for meeting in case.standing
        if not call.modes or meeting.mode in call.modes
        for found in VOCABULARY[call.rule].rule(case, call, meeting)
    )
