"""`check`: what the rules say of every group's draft, or of its plan where it has no draft."""

from collections.abc import Iterable, Mapping

from scheduler.actions.plan import Proposal, propose
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.store.protocol import Store


def check(
    store: Store,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    now: Instant,
) -> tuple[Proposal, ...]:
    """Return what would stand, with its findings, for one group or for all with meetings.

    Raises `UnknownGroup`, also for a group's own law that changes a rule which does not bind it.
    """
    packs = tuple(packs)
    with store.reading() as memory:
        chosen = [group] if group else memory.groups()
        return tuple(propose(memory, name, groups, packs, now) for name in chosen)
