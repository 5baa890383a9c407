"""What of a plan is in its feeds and on its page on a given day."""

import datetime as dt
from collections.abc import Iterator

from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.planning.comparison import is_called_off, stands


def standing_meetings(plan: Plan, group: Group, today: Instant) -> Iterator[Meeting]:
    """Yield the approved meetings whose local time is settled, without those long cancelled."""
    for meeting in plan.meetings:
        if _is_published(meeting) and not _has_left(
            meeting.end_date, meeting.stamp, group, today, cancelled=is_called_off(meeting)
        ):
            yield meeting


def standing_deadlines(
    plan: Plan, group: Group, today: Instant
) -> Iterator[tuple[Meeting, Deadline]]:
    """Yield each such deadline with its meeting; it leaves by its own date, not the meeting's."""
    for meeting in filter(_is_published, plan.meetings):
        for deadline in meeting.deadlines:
            if (
                deadline.stamp
                and settled(deadline.moment)
                and not _has_left(
                    deadline.moment.day,
                    deadline.stamp,
                    group,
                    today,
                    cancelled=not stands(deadline, meeting),
                )
            ):
                yield meeting, deadline


def standing_events(plan: Plan, group: Group, today: Instant) -> Iterator[Event]:
    """Yield each event that was approved, without those long withdrawn."""
    for event in (*plan.events, *plan.former_events):
        if event.stamp and not _has_left(
            event.end_date, event.stamp, group, today, cancelled=event.withdrawn
        ):
            yield event


def _is_published(meeting: Meeting) -> bool:
    unsettled = (meeting.starts is not None and meeting.start_instant is None) or (
        meeting.ends is not None and meeting.end_instant is None
    )
    return meeting.stamp is not None and not unsettled


def _has_left(
    day: dt.date, stamp: Stamp | None, group: Group, today: Instant, *, cancelled: bool
) -> bool:
    if not cancelled:
        return False
    return today.in_zone(group.zone).date() >= leaves_on(day, stamp, group)


def leaves_on(day: dt.date, stamp: Stamp | None, group: Group) -> dt.date:
    """Return the day, by the group's clock, from which a cancelled entry of a day is not kept."""
    # Who cancels afterwards is heard as long as who cancels in time.
    if stamp is not None and stamp.cancelled is not None:
        day = max(day, stamp.cancelled.in_zone(group.zone).date())
    return day + dt.timedelta(days=group.keep_cancelled_days + 1)
