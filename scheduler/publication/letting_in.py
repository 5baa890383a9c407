"""Who is shown the way into meetings."""

from dataclasses import replace

from scheduler.model.group import Group, JoinLink
from scheduler.model.plan import Plan


def plan_seen(plan: Plan, group: Group, *, member: bool) -> Plan:
    """Return a plan as a member may see it, or as everyone may."""
    return plan if member else public_plan(plan, group)


def public_plan(plan: Plan, group: Group) -> Plan:
    """Return a plan as everyone may see it: without links to join where only members have them."""
    if group.join_link is JoinLink.PUBLIC:
        return plan
    return replace(plan, meetings=tuple(replace(one, link=None) for one in plan.meetings))
