"""Rules that a plan does without: waived with a reason that is kept, and lifted again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.errors import InterimError
from scheduler.model.pack import Waiver
from scheduler.model.plan import Plan


class NothingWaived(InterimError):
    """A waiver was to be lifted that the plan does not hold."""

    def __init__(self, plan: Plan, rule: str) -> None:
        known = ", ".join(sorted({waiver.rule for waiver in plan.waivers})) or "none"
        super().__init__(
            f"the plan of {plan.group} does not waive {rule!r} there; it waives {known}. "
            "A waiver in the group's file is taken out of that file"
        )


class WaivedForAll(InterimError):
    """A rule was to hold again for one meeting, and is waived for the whole plan."""

    def __init__(self, plan: Plan, rule: str) -> None:
        super().__init__(
            f"{rule!r} is waived for the whole plan of {plan.group}; lift it without MEETING, and "
            "waive it again for the meetings that need it"
        )


def waived(plan: Plan, waiver: Waiver) -> Plan:
    """Return the plan with a rule waived; a waiver of other words for the same meetings goes.

    `waiver.meetings` are UIDs, none for the whole plan. The same again changes nothing.
    """
    if any(replace(known, made=waiver.made) == waiver for known in plan.waivers):
        return plan
    return replace(plan, waivers=(waiver, *_without(plan.waivers, waiver.rule, waiver.meetings)))


def lifted(plan: Plan, rule: str, meetings: tuple[str, ...]) -> Plan:
    """Return the plan with a rule that holds again, for some meetings by UID or for all.

    Raises `NothingWaived` or `WaivedForAll`.
    """
    left = tuple(_without(plan.waivers, rule, meetings))
    if meetings and any(known.rule == rule and not known.meetings for known in left):
        raise WaivedForAll(plan, rule)
    if left == plan.waivers:
        raise NothingWaived(plan, rule)
    return replace(plan, waivers=left)


def _without(waivers: Iterable[Waiver], rule: str, meetings: tuple[str, ...]) -> Iterator[Waiver]:
    """The waivers without those of a rule, or without the meetings that are named."""
    for known in waivers:
        left = tuple(uid for uid in known.meetings if uid not in meetings)
        if known.rule != rule or (meetings and left == known.meetings):
            yield known
        elif meetings and left:
            yield replace(known, meetings=left)
