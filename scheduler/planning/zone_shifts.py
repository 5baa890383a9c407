"""Agreed hours that newer zone data put at other instants than those that were published.

People agree on wall time, so that an hour stays when its zone changes, and its instant moves.
"""

from scheduler.model.change import ZoneShift
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp

Versions = tuple[str, str]
"""Of the zone data that two plans were computed with, where they differ."""


def versions_between(before: Plan | None, after: Plan) -> Versions | None:
    """Return the versions of zone data of two plans; None where one is unknown or both the same."""
    if before is None or not before.zone_data or not after.zone_data:
        return None
    return None if before.zone_data == after.zone_data else (before.zone_data, after.zone_data)


def meeting_shift(old: Meeting, new: Meeting, versions: Versions | None) -> ZoneShift | None:
    """Return how the zone data moved a meeting at the hour it was published with."""
    return _shift(old.stamp, (new.start_instant, new.end_instant), new.zone, versions)


def deadline_shift(old: Deadline, new: Deadline, versions: Versions | None) -> ZoneShift | None:
    """Return how the zone data moved a deadline at the hour it was published with."""
    return _shift(old.stamp, (None, settled(new.moment)), new.moment.zone, versions)


def _shift(
    stamp: Stamp | None,
    instants: tuple[Instant | None, Instant | None],
    zone: str,
    versions: Versions | None,
) -> ZoneShift | None:
    if stamp is None or versions is None:
        return None
    # Plans of earlier versions kept no instants: nothing is claimed of them.
    if (stamp.starts, stamp.ends) in ((None, None), instants):
        return None
    return ZoneShift(
        zone=zone,
        data_before=versions[0],
        data_after=versions[1],
        started=stamp.starts,
        ended=stamp.ends,
        starts=instants[0],
        ends=instants[1],
    )
