"""`check`: what the rules say of every group's draft, or of its plan where it has no draft."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.actions.calendars import refreshed
from scheduler.actions.plan import Proposal, propose
from scheduler.actions.surroundings import Outside, survey
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
    outside: Outside | None = None,
    offline: bool = True,
) -> tuple[Proposal, ...]:
    """Return what would stand, with its findings, for one group or for all with meetings.

    Unless `offline`, outside calendars that are due are fetched before. Raises `UnknownGroup`,
    also for a group's own law that changes a rule which does not bind it.
    """
    packs = tuple(packs)
    with store.reading() as memory:
        chosen = [group] if group else list(memory.groups())
    # Strangers may take their time: no transaction is open while they are asked.
    unkept = refreshed(groups, chosen, outside) if outside and not offline else ()
    with store.reading() as memory:
        around = survey(memory, groups, chosen, outside)
        found = [propose(memory, name, groups, packs, now, around) for name in chosen]
    return tuple(
        replace(one, doubts=(*one.doubts, *unkept)) if one.group.calendars else one for one in found
    )
