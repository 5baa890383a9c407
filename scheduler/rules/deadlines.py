"""From a meeting to its cut-off moments.

Days, weeks and months are counted on the wall calendar: seven days before is the same wall time
a week earlier, whatever the clocks did in between. Only hours are counted as elapsed time.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta

from scheduler.model.deadline import Anchor, Deadline, DeadlineRule, IfClosed, TimeSource, Unit
from scheduler.model.meeting import Meeting
from scheduler.model.moment import (
    END_OF_DAY,
    Instant,
    Reading,
    WallTime,
    candidates,
)
from scheduler.rules.workdays import is_working_day, shift_working_days

NO_DAYS: AbstractSet[date] = frozenset()
DAYS_OF_A_WEEK = 7


def derive(
    rules: Iterable[DeadlineRule], meeting: Meeting, closed: AbstractSet[date] = NO_DAYS
) -> tuple[Deadline, ...]:
    """Return the deadlines that the rules give a meeting, in the rules' order.

    `closed` holds the host's closure days, for offsets in working days and for rules that leave
    no deadline on a closed day.
    """
    found = (apply(rule, meeting, closed) for rule in rules)
    return tuple(deadline for deadline in found if deadline is not None)


def apply(
    rule: DeadlineRule, meeting: Meeting, closed: AbstractSet[date] = NO_DAYS
) -> Deadline | None:
    """Return the deadline a rule gives a meeting.

    None where the rule is limited to other meetings, counts hours from a moment that is
    unknown or not settled, takes over an hour that is unknown, or leaves the calendar.
    """
    if rule.only_for and meeting.label not in rule.only_for:
        return None
    try:
        moment = (
            _elapsed(rule, meeting) if rule.unit is Unit.HOUR else _on_day(rule, meeting, closed)
        )
    except (OverflowError, ValueError):
        return None
    if moment is None:
        return None
    source = TimeSource.STATED if rule.unit is Unit.HOUR else rule.time_source
    return Deadline(kind=rule.kind, moment=moment, time_source=source, rule=rule)


def wall_of(instant: Instant, zone: str) -> WallTime:
    """Return an instant as wall time in `zone`, with the reading that leads back to it."""
    local = instant.in_zone(zone)
    wall = WallTime(local.date(), local.time().replace(fold=0), zone)
    readings = candidates(wall)
    if len(readings) == 1:
        return wall
    reading = Reading.EARLIER if readings[0] == instant else Reading.LATER
    return WallTime(wall.day, wall.clock, zone, reading)


def end_of_day(day: date, zone: str) -> WallTime:
    """Return the last second of a day; where clocks repeat it, the later one."""
    return settle_late(WallTime(day, END_OF_DAY, zone))


def settle_late(wall: WallTime) -> WallTime:
    """Settle a doubtful conventional moment in favour of the contributor."""
    if len(candidates(wall)) == 1:
        return wall
    return WallTime(wall.day, wall.clock, wall.zone, Reading.LATER)


def _elapsed(rule: DeadlineRule, meeting: Meeting) -> WallTime | None:
    at_end = rule.anchor in (Anchor.MEETING_END, Anchor.MEETING_END_DATE)
    anchor = meeting.end_instant if at_end else meeting.start_instant
    if anchor is None:
        return None
    return wall_of(anchor.plus(timedelta(hours=rule.offset)), rule.zone)


def _on_day(rule: DeadlineRule, meeting: Meeting, closed: AbstractSet[date]) -> WallTime | None:
    at_end = rule.anchor in (Anchor.MEETING_END, Anchor.MEETING_END_DATE)
    day = shift(meeting.end_date if at_end else meeting.date, _steps(rule), rule.unit, closed)
    if rule.weekday is not None:
        day = on_weekday(day, rule.weekday, later=rule.offset > 0)
    day = off_closed_days(day, rule.if_closed, closed)
    if rule.same_clock:
        own: time | None = meeting.end if at_end else meeting.start
        return None if own is None else WallTime(day, own, meeting.zone)
    clock: time | None = rule.clock
    return end_of_day(day, rule.zone) if clock is None else WallTime(day, clock, rule.zone)


def _steps(rule: DeadlineRule) -> int:
    """The offset; both ends are left out of clear days, so it is one day longer."""
    counted_in_days = rule.unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY)
    if not (rule.clear_days and counted_in_days and rule.offset):
        return rule.offset
    return rule.offset + (1 if rule.offset > 0 else -1)


def on_weekday(day: date, weekday: int, *, later: bool) -> date:
    """Return the last such day of the week up to `day`, or the first from it on."""
    if later:
        return day + timedelta(days=(weekday - day.weekday()) % DAYS_OF_A_WEEK)
    return day - timedelta(days=(day.weekday() - weekday) % DAYS_OF_A_WEEK)


def off_closed_days(day: date, if_closed: IfClosed, closed: AbstractSet[date] = NO_DAYS) -> date:
    """Return the nearest working day before or after a day that is none, as `if_closed` says."""
    if if_closed is IfClosed.LEAVE or is_working_day(day, closed):
        return day
    return shift_working_days(day, -1 if if_closed is IfClosed.EARLIER else 1, closed)


def shift(day: date, offset: int, unit: Unit, closed: AbstractSet[date] = NO_DAYS) -> date:
    """Return the day `offset` units from `day`, on the wall calendar.

    A month before 31 March is the last day of February. Raises OverflowError or ValueError
    where that is outside the years 1 to 9999.
    """
    match unit:
        case Unit.WORKING_DAY:
            return shift_working_days(day, offset, closed)
        case Unit.WEEK:
            return day + timedelta(weeks=offset)
        case Unit.MONTH:
            return day + relativedelta(months=offset)
        case _:
            return day + timedelta(days=offset)
