"""`restore`: a meeting that was cancelled takes place again."""

from collections.abc import Mapping

from scheduler.actions.edit import Edited, change_draft, find_meeting
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.planning.comparison import is_called_off
from scheduler.planning.editing import Scope, called_back
from scheduler.store.protocol import Memory, Store


def restore(
    store: Store, meeting: str, *, scope: Scope, reason: str | None, now: Instant
) -> Edited:
    """Let a cancelled meeting take place again in its group's draft.

    It has the status again that it had when it last stood in an approved plan, and the time it
    was cancelled at. Raises `UnknownMeeting`, `SeveralMeetings` or `NotCancelled`.
    """
    with store.writing() as memory:
        chosen = find_meeting(memory, meeting)
        known = _last_standing(memory, chosen.group)
        return change_draft(
            memory,
            chosen.group,
            now,
            lambda plan, _: called_back(plan, chosen.uid, known, scope=scope, reason=reason),
        )


def _last_standing(memory: Memory, group: str) -> Mapping[str, Meeting]:
    """Each meeting, by UID, as it stood in the last revision in which it took place."""
    return {
        meeting.uid: meeting
        for plan in memory.revisions(group)
        for meeting in plan.meetings
        if not is_called_off(meeting)
    }
