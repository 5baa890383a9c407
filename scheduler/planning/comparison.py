"""What one plan does to another: added, moved, cancelled, restored, confirmed, edited."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.model.change import (
    ChangeKind,
    Comparison,
    DeadlineChange,
    MeetingChange,
    ZoneShift,
)
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting, Status
from scheduler.model.plan import Plan
from scheduler.planning.zone_shifts import (
    Versions,
    deadline_shift,
    meeting_shift,
    versions_between,
)


def compare(before: Plan | None, after: Plan) -> Comparison:
    """Return what differs, in the order of `after`; a plan beside itself differs in nothing.

    Where the two were computed with different zone data, what stays at its hour has moved if
    that is no longer the instant `before` was approved with.
    """
    versions = versions_between(before, after)
    old = {meeting.uid: meeting for meeting in before.meetings} if before else {}
    new = {meeting.uid for meeting in after.meetings}
    pairs = [(old.get(meeting.uid), meeting) for meeting in after.meetings]
    gone = [(meeting, None) for uid, meeting in old.items() if uid not in new]
    changes = [change for pair in [*pairs, *gone] if (change := _meeting_change(*pair, versions))]
    deadlines = [
        change for pair in [*pairs, *gone] for change in _deadline_changes(*pair, versions)
    ]
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


def shifted_meeting(
    before: Meeting | None, after: Meeting | None, versions: Versions | None
) -> ZoneShift | None:
    """Return how zone data moved a meeting that takes place and that nobody moved."""
    if before is None or after is None or is_called_off(before) or is_called_off(after):
        return None
    return meeting_shift(before, after, versions) if when(before) == when(after) else None


def shifted_deadline(
    before: Deadline | None, after: Deadline | None, versions: Versions | None
) -> ZoneShift | None:
    """Return how zone data moved a deadline that nobody moved."""
    if before is None or after is None or before.moment != after.moment:
        return None
    return deadline_shift(before, after, versions)


def _meeting_change(
    before: Meeting | None, after: Meeting | None, versions: Versions | None
) -> MeetingChange | None:
    shift = shifted_meeting(before, after, versions)
    kind = ChangeKind.MOVED if shift else _meeting_kind(before, after)
    if kind is None:
        return None
    return MeetingChange(kind=kind, before=before, after=after, shift=shift)


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


def _deadline_changes(
    before: Meeting | None, after: Meeting | None, versions: Versions | None
) -> Iterator[DeadlineChange]:
    old = _by_uid(before.deadlines if before else ())
    new = _by_uid(after.deadlines if after else ())
    meeting = after or before
    if meeting is None:
        return
    for uid in new | old:
        was, now = old.get(uid), new.get(uid)
        stood, holds = stands(was, before), stands(now, after)
        shift = shifted_deadline(was, now, versions) if stood and holds else None
        kind = ChangeKind.MOVED if shift else _deadline_kind(was, now, stood, holds)
        if kind:
            yield DeadlineChange(kind=kind, meeting=meeting, before=was, after=now, shift=shift)


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
