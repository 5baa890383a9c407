"""What one meeting's agenda says of the other meetings: where items came from, and where they go.

These facts of others stand in the text of its entry, so an entry is told anew when they change.
"""

import datetime as dt

from scheduler.model.agenda import Standing
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan


def meeting_of(uid: str | None, plan: Plan) -> Meeting | None:
    """Return the meeting with this UID, None where the plan has it no more."""
    return next((meeting for meeting in plan.meetings if meeting.uid == uid), None)


def is_on_main_topic(meeting: Meeting, contribution: str) -> bool:
    """Tell whether the agenda of a meeting has a contribution among those on its main topic."""
    items = meeting.agenda.items if meeting.agenda else ()
    return any(
        item.contribution == contribution and item.standing is Standing.MAIN_TOPIC for item in items
    )


def told_of_others(meeting: Meeting, plan: Plan) -> tuple[tuple[dt.date | None, bool], ...]:
    """Return what the agenda of a meeting tells of others.

    That is the day of each meeting an item came from or goes to, None for one that is no longer
    in the plan, and whether what goes there is on its main topic.
    """
    if meeting.agenda is None:
        return ()
    origins = ((item.came_from, None) for item in meeting.agenda.items if item.came_from)
    goals = ((one.to, one.contribution) for one in meeting.agenda.carried if one.to)
    return tuple(_told(meeting_of(uid, plan), what) for uid, what in (*origins, *goals))


def _told(other: Meeting | None, contribution: str | None) -> tuple[dt.date | None, bool]:
    if other is None:
        return None, False
    return other.date, contribution is not None and is_on_main_topic(other, contribution)
