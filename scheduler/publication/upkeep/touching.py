"""Entries that say something else although their plan does not: what they are stamped with."""

from dataclasses import replace

from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp


def touched(plan: Plan, since: Instant | None) -> Plan:
    """Return a plan whose entries were all modified at an instant, or later.

    Where a group's settings change what entries say, such as who sees join links, calendar
    clients have to see that they changed (RFC 5545, 3.8.7.3); their times have not.
    """
    if since is None:
        return plan
    meetings = tuple(
        replace(
            meeting,
            stamp=_stamp(meeting.stamp, since),
            deadlines=tuple(
                replace(one, stamp=_stamp(one.stamp, since)) for one in meeting.deadlines
            ),
        )
        for meeting in plan.meetings
    )
    events, former = (
        tuple(replace(one, stamp=_stamp(one.stamp, since)) for one in known)
        for known in (plan.events, plan.former_events)
    )
    return replace(plan, meetings=meetings, events=events, former_events=former)


def _stamp(stamp: Stamp | None, since: Instant) -> Stamp | None:
    if stamp is None or stamp.modified >= since:
        return stamp
    return replace(stamp, modified=since)
