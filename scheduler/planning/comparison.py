"""What one plan does to another: added, moved, cancelled, restored, confirmed, edited."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.model.change import ChangeKind, Comparison, DeadlineChange, MeetingChange
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting, Status
from scheduler.model.plan import Plan


def compare(before: Plan | None, after: Plan) -> Comparison:
    """Return what differs, in the order of `after`; a plan beside itself differs in nothing."""
    old = {meeting.uid: meeting for meeting in before.meetings} if before else {}
    new = {meeting.uid for meeting in after.meetings}
    pairs = [(old.get(meeting.uid), meeting) for meeting in after.meetings]
    gone = [(meeting, None) for uid, meeting in old.items() if uid not in new]
    changes = [change for pair in [*pairs, *gone] if (change := _meeting_change(*pair))]
    deadlines = [change for pair in [*pairs, *gone] for change in _deadline_changes(*pair)]
    return Comparison(meetings=tuple(changes), deadlines=tuple(deadlines))


def substance(meeting: Meeting) -> Meeting:
    """Return what a meeting tells its readers: all but stamps, sources and doubts."""
    deadlines = tuple(replace(d, stamp=None, line=None, rule=None) for d in meeting.deadlines)
    return replace(
        meeting, deadlines=deadlines, stamp=None, problems=(), line=None, source=None, former=()
    )


def when(meeting: Meeting) -> tuple[object, ...]:
    """Return what makes up a meeting's time: moving it is a significant change."""
    return (
        meeting.date,
        meeting.start,
        meeting.end_date,
        meeting.end,
        meeting.zone,
        meeting.reading,
        meeting.start_instant,
        meeting.end_instant,
    )


def is_called_off(meeting: Meeting | None) -> bool:
    """Tell whether a meeting is absent or cancelled."""
    return meeting is None or meeting.status is Status.CANCELLED


def stands(deadline: Deadline | None, meeting: Meeting | None) -> bool:
    """Tell whether a deadline holds: it is there, not withdrawn, and its meeting takes place."""
    return deadline is not None and not deadline.withdrawn and not is_called_off(meeting)


def _meeting_change(before: Meeting | None, after: Meeting | None) -> MeetingChange | None:
    kind = _meeting_kind(before, after)
    return None if kind is None else MeetingChange(kind=kind, before=before, after=after)


def _meeting_kind(before: Meeting | None, after: Meeting | None) -> ChangeKind | None:
    if after is None:
        return ChangeKind.REMOVED
    if before is None:
        return ChangeKind.ADDED
    if is_called_off(before) != is_called_off(after):
        return ChangeKind.CANCELLED if is_called_off(after) else ChangeKind.RESTORED
    if when(before) != when(after):
        return ChangeKind.MOVED
    if before.status is not after.status and after.status is Status.CONFIRMED:
        return ChangeKind.CONFIRMED
    return ChangeKind.EDITED if substance(before) != substance(after) else None


def _deadline_changes(before: Meeting | None, after: Meeting | None) -> Iterator[DeadlineChange]:
    old = _by_uid(before.deadlines if before else ())
    new = _by_uid(after.deadlines if after else ())
    meeting = after or before
    if meeting is None:
        return
    for uid in new | old:
        was, now = old.get(uid), new.get(uid)
        kind = _deadline_kind(was, now, stands(was, before), stands(now, after))
        if kind:
            yield DeadlineChange(kind=kind, meeting=meeting, before=was, after=now)


def _by_uid(deadlines: Iterable[Deadline]) -> dict[str, Deadline]:
    return {deadline.uid: deadline for deadline in deadlines}


def _deadline_kind(
    was: Deadline | None, now: Deadline | None, stood: bool, holds: bool
) -> ChangeKind | None:
    if was is None:
        return ChangeKind.ADDED if holds else None
    if stood != holds:
        return ChangeKind.RESTORED if holds else ChangeKind.CANCELLED
    if now is not None and was.moment != now.moment:
        return ChangeKind.MOVED
    return None
