"""What is before a group: its contributions, where each stands, and the record of every move."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.plan import known_group
from scheduler.model.contribution import Contribution
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.agenda import agendas
from scheduler.planning.calls import over_at
from scheduler.planning.carry_history import history
from scheduler.planning.placement import Agendas
from scheduler.store.protocol import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is before a group; `plan` is its draft, or what stands where there is none."""

    group: Group
    plan: Plan
    contributions: tuple[Contribution, ...]
    agendas: Agendas


def table_of(memory: Memory, acronym: str, groups: Mapping[str, Group], now: Instant) -> Table:
    """Return what is before one group; raises `UnknownGroup`."""
    group = known_group(acronym, memory, groups)
    plan = memory.draft(acronym) or memory.current(acronym) or Plan(group=acronym)
    return lay(memory, group, plan, now)


def lay(memory: Memory, group: Group, plan: Plan, now: Instant) -> Table:
    """Return what is before a group under a plan of it."""
    contributions = memory.contributions(group.acronym)
    return Table(
        group=group,
        plan=plan,
        contributions=contributions,
        agendas=agendas(plan, contributions, group.agenda, group.topics, now),
    )


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


def refreshed(memory: Memory, group: Group, draft: Plan, now: Instant) -> Plan:
    """Return a draft whose agendas are as its edits leave them.

    Those that somebody set and whose meetings are still ahead; what was is not told anew.
    """
    ahead = {m.uid for m in draft.meetings if m.agenda and over_at(m) >= now}
    return with_agendas(draft, lay(memory, group, draft, now).agendas, ahead) if ahead else draft


def with_agendas(plan: Plan, found: Agendas, chosen: Container[str]) -> Plan:
    """Return a plan in which the chosen meetings, by UID, carry the agendas that were found."""
    meetings = (
        replace(m, agenda=found.by_meeting.get(m.uid, m.agenda)) if m.uid in chosen else m
        for m in plan.meetings
    )
    return replace(plan, meetings=tuple(meetings))
