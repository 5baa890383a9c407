"""Contributions laid on the table of a plan: where each stands, and agendas written into it."""

from collections.abc import Container
from dataclasses import dataclass, replace

from scheduler.model.contribution import Contribution
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.agenda import agendas
from scheduler.planning.calls import over_at
from scheduler.planning.placement import Agendas
from scheduler.store.protocol import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is before a group; `plan` is its draft, or what stands where there is none."""

    group: Group
    plan: Plan
    contributions: tuple[Contribution, ...]
    agendas: Agendas


def lay(memory: Memory, group: Group, plan: Plan, now: Instant) -> Table:
    """Return what is before a group under a plan of it."""
    contributions = memory.contributions(group.acronym)
    return Table(
        group=group,
        plan=plan,
        contributions=contributions,
        agendas=agendas(plan, contributions, group.agenda, group.topics, now),
    )


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
