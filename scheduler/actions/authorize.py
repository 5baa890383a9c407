"""`authorize`: records the parent's decision and confirms the meetings it permits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.actions.auditing import note_authorization
from scheduler.actions.edit import Edited
from scheduler.actions.plan import known_group
from scheduler.actions.telling import Teller, tell
from scheduler.errors import InterimError
from scheduler.model.audit import UNNAMED
from scheduler.model.group import Group
from scheduler.model.letter import Letter
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
    store: Store,
    group: str,
    decided: date | None,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    who: str = UNNAMED,
    teller: Teller | None = None,
) -> Edited:
    """Confirm the tentative meetings of a group's plan, and of its draft if it has one.

    `decided` is the day of the parent's decision; if None, the day that is recorded already, or
    else today; `who` entered it. Returns what changed in the plan that stands, at once, or what
    the draft changes where none does yet; a second time changes nothing. `teller` is as in
    `approve`. Raises `UnknownGroup` or `NothingToAuthorize`.
    """
    with store.writing() as memory:
        settings = known_group(group, memory, groups)
        draft, plan = memory.draft(group), memory.current(group)
        if draft is not None:
            permitted = confirmed(draft, _day(draft, decided, now))
            memory.save_draft(permitted)
            if plan is None:
                if permitted != draft:
                    note_authorization(memory, permitted, who=who, at=now)
                return _edited(draft, permitted, None)
        if plan is None:
            raise NothingToAuthorize(group)
        after = confirmed(plan, _day(plan, decided, now))
        letters: tuple[Letter, ...] = ()
        if after != plan:
            standing = stamped(plan, after, now)
            memory.save_current(standing)
            note_authorization(memory, standing, who=who, at=now)
            if teller is not None:
                letters = tell(memory, settings, standing, teller, now)
            if draft is not None:
                memory.save_draft(permitted)
        return replace(_edited(plan, after, plan), letters=letters)


def _edited(before: Plan, after: Plan, published: Plan | None) -> Edited:
    changes = compare(before, after)
    return Edited(group=after.group, changes=changes, published=published, draft=after)


def _day(plan: Plan, decided: date | None, now: Instant) -> date:
    return decided or plan.authorization.decided or now.utc.date()
