"""`authorize`: records the parent's decision and confirms the meetings it permits."""

from collections.abc import Mapping
from datetime import date

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.change import Comparison
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.comparison import compare
from scheduler.planning.editing import confirmed
from scheduler.planning.stamping import stamped
from scheduler.store.protocol import Store


class NothingToAuthorize(InterimError):
    """A group that has no plan yet."""

    def __init__(self, group: str) -> None:
        super().__init__(f"{group} has no plan to authorise; import a report and approve it first")


def authorize(
    store: Store, group: str, decided: date | None, *, groups: Mapping[str, Group], now: Instant
) -> Comparison:
    """Confirm the tentative meetings of a group's plan, and of its draft if it has one.

    `decided` is the day of the parent's decision; if None, the day that is recorded already, or
    else today. Returns what changed in the plan that stands,
    or in the draft where none does yet; a second time changes nothing. Raises `UnknownGroup`
    or `NothingToAuthorize`.
    """
    with store.writing() as memory:
        known_group(group, memory, groups)
        draft, plan = memory.draft(group), memory.current(group)
        if plan is None and draft is None:
            raise NothingToAuthorize(group)
        changes = Comparison()
        if plan is not None:
            after = confirmed(plan, _day(plan, decided, now))
            changes = compare(plan, after)
            if after != plan:
                memory.save_current(stamped(plan, after, now))
        if draft is not None:
            after = confirmed(draft, _day(draft, decided, now))
            changes = changes if plan else compare(draft, after)
            memory.save_draft(after)
        return changes


def _day(plan: Plan, decided: date | None, now: Instant) -> date:
    return decided or plan.authorization.decided or now.utc.date()
