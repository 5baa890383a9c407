"""What is before a group: its contributions, where each stands, and the record of every move."""

from collections.abc import Mapping

from scheduler.actions.laying import Table, lay
from scheduler.actions.plan import known_group
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.carry_history import history
from scheduler.store.protocol import Memory


def table_of(memory: Memory, acronym: str, groups: Mapping[str, Group], now: Instant) -> Table:
    """Return what is before one group; raises `UnknownGroup`."""
    group = known_group(acronym, memory, groups)
    plan = memory.draft(acronym) or memory.current(acronym) or Plan(group=acronym)
    return lay(memory, group, plan, now)


def record_moves(
    memory: Memory, acronym: str, groups: Mapping[str, Group], now: Instant, by: str | None
) -> Table:
    """Add what moved since the last record to a group's history; return where all stands now.

    Everything that changes who stands where ends with this, in its own transaction.
    """
    table = table_of(memory, acronym, groups, now)
    before = memory.placements(acronym)
    moves = history(before, table.agendas, now, by)
    if moves:
        memory.record_carries(moves)
    if table.agendas.placements != before:
        memory.save_placements(acronym, table.agendas.placements)
    return table
