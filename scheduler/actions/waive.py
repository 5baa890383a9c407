"""`waive`: a group does without a rule, with a reason that is kept with its plan."""

from collections.abc import Iterable, Mapping

from scheduler.actions.edit import Edited, change_draft, find_meeting
from scheduler.actions.plan import known_group
from scheduler.errors import InterimError, WrongUsage
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack, Waiver
from scheduler.model.plan import Plan
from scheduler.planning.editing import Scope, in_scope
from scheduler.planning.waiving import lifted, waived
from scheduler.rules.law import check_waivable
from scheduler.store.protocol import Memory, Store


class NoReason(WrongUsage):
    """A waiver that does not say why."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            f"no reason was given for waiving {rule!r}; give one with --reason, or take a waiver "
            "back with --lift"
        )


class NothingToWaiveFor(InterimError):
    """A group that has no plan yet."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"{group} has no plan that could do without a rule; import a report or generate a "
            "series first, or write the waiver into the group's file"
        )


def waive(
    store: Store,
    group: str,
    rule: str,
    meeting: str | None,
    *,
    scope: Scope,
    reason: str | None,
    by: str | None,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    now: Instant,
) -> Edited:
    """Waive a rule in the group's draft, for meetings or for all that the plan ever has.

    `meeting` is named as in `actions.edit.move`, None for the whole plan. The same again changes
    nothing. Raises `NoReason`, `UnknownRule`, `RuleNotWaivable`, `NothingToWaiveFor`, or what
    finding the group and the meeting raises.
    """
    if not reason:
        raise NoReason(rule)
    with store.writing() as memory:
        check_waivable(known_group(group, memory, groups), packs, rule)
        meant = _meant(memory, group, meeting, scope)
        waiver = Waiver(rule=rule, reason=reason, meetings=meant, by=by, made=now)
        return change_draft(memory, group, now, lambda plan, _: waived(plan, waiver))


def lift(
    store: Store,
    group: str,
    rule: str,
    meeting: str | None,
    *,
    scope: Scope,
    groups: Mapping[str, Group],
    now: Instant,
) -> Edited:
    """Let a rule hold again that the group's draft waives, for meetings or for all.

    Raises `NothingWaived`, `WaivedForAll`, `NothingToWaiveFor`, or what finding the group and
    the meeting raises.
    """
    with store.writing() as memory:
        known_group(group, memory, groups)
        meant = _meant(memory, group, meeting, scope)
        return change_draft(memory, group, now, lambda plan, _: lifted(plan, rule, meant))


def _meant(memory: Memory, group: str, meeting: str | None, scope: Scope) -> tuple[str, ...]:
    """The UIDs of the meetings that are meant, in order; none for the whole plan."""
    plan: Plan | None = memory.draft(group) or memory.current(group)
    if plan is None:
        raise NothingToWaiveFor(group)
    if meeting is None:
        return ()
    chosen = find_meeting(memory, meeting, group)
    reach = {found.uid for found in in_scope(plan.meetings, chosen, scope)}
    return tuple(found.uid for found in plan.meetings if found.uid in reach)
