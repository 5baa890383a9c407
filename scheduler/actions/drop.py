"""`drop`: a draft is taken back altogether."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.change import Comparison
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Waiver
from scheduler.model.plan import Plan
from scheduler.planning.comparison import compare
from scheduler.store.protocol import Store


class NothingToDrop(InterimError):
    """A group without a draft."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"{group} has no draft to drop; what was approved is changed by 'interim move', "
            "'cancel' or 'restore', and by approving that"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A draft that is gone, what it would have changed, and the plan that stands, if any."""

    draft: Plan
    changes: Comparison
    published: Plan | None

    @property
    def lost_waivers(self) -> tuple[Waiver, ...]:
        """The waivers of the draft that the plan which stands does not have."""
        kept = self.published.waivers if self.published else ()
        return tuple(waiver for waiver in self.draft.waivers if waiver not in kept)


def drop(store: Store, group: str, *, groups: Mapping[str, Group], now: Instant) -> Dropped:
    """Forget a group's draft; what is published stays as it is.

    The reports it was read from can be imported again. Raises `UnknownGroup` or `NothingToDrop`.
    """
    with store.writing() as memory:
        known_group(group, memory, groups)
        draft, published = memory.draft(group), memory.current(group)
        if draft is None:
            raise NothingToDrop(group)
        for name, digest in draft.imported:
            memory.record_import(group, digest, name, now)
        memory.drop_draft(group)
        return Dropped(draft=draft, changes=compare(published, draft), published=published)
