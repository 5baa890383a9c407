"""The clock radar: weeks in which zones stand otherwise to each other than people are used to."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.moment import (
    Instant,
    clock_text,
    settled,
    zone_named,
)
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding
from scheduler.rules.deadlines import wall_of

NO_TIME = timedelta()
WINTER, SUMMER = (1, 15), (7, 15)


def clocks_in_step(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not lie in the weeks in which only one of two zones has changed its clocks.

    Only for a meeting in a zone that changes its clocks itself; told with the hour in the other
    zone, and the hour that it is there in all other weeks.
    """
    start = meeting.start_instant
    if start and (gap := _gap(call, start, meeting.zone)):
        yield finding(call, "clock_gap", meeting, start=str(meeting.starts), **gap)


def deadlines_in_step(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A deadline does not lie in the weeks in which two zones are out of step."""
    for deadline in meeting.deadlines:
        instant = settled(deadline.moment)
        if deadline.withdrawn or instant is None:
            continue
        if gap := _gap(call, instant, deadline.moment.zone):
            moment = str(deadline.moment)
            yield finding(
                call, "deadline_in_clock_gap", meeting, kind=deadline.kind, moment=moment, **gap
            )


def steady_for_members(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting at the same hour as the one before it is at the same hour for its members too."""
    earlier = case.before(meeting)
    if earlier is None or (earlier.start, earlier.zone) != (meeting.start, meeting.zone):
        return
    then, now = earlier.start_instant, meeting.start_instant
    if then is None or now is None:
        return
    for zone in case.group.member_zones:
        was, will_be = then.in_zone(zone), now.in_zone(zone)
        if was.time() != will_be.time():
            yield finding(
                call,
                "clock_shift",
                meeting,
                zone=zone,
                before=clock_text(was.time()),
                after=clock_text(will_be.time()),
            )


def _gap(call: RuleCall, instant: Instant, zone: str) -> dict[str, str] | None:
    """The hour in the other zone, and its usual one, where the two are out of step."""
    first, second = str(call.value("zone")), str(call.value("beside"))
    seen_from = second if zone == first else first
    other = first if zone == first else second
    local = instant.in_zone(seen_from)
    if not _changes_clocks(zone_named(zone), local.year):
        return None
    beside = _summer_time(instant, other)
    ahead = (local.dst() or NO_TIME) - beside
    if not ahead or (zone != other and _summer_time(instant, zone) != beside):
        return None
    usual = clock_text((local - ahead).time())
    local_time = str(wall_of(instant, seen_from))
    return {"zone": first, "beside": second, "local": local_time, "usual": usual}


def _summer_time(instant: Instant, zone: str) -> timedelta:
    return instant.in_zone(zone).dst() or NO_TIME


@lru_cache(maxsize=4_096)  # asked for every meeting
def _changes_clocks(zone: ZoneInfo, year: int) -> bool:
    offsets = (
        datetime.combine(date(year, month, day), datetime.min.time(), zone).utcoffset()
        for month, day in (WINTER, SUMMER)
    )
    return len(set(offsets)) > 1
