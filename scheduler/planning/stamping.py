"""The published life of entries: SEQUENCE, LAST-MODIFIED and former times (RFC 5545, 3.8.7).

A sequence rises exactly once per significant change (time or status) from one approved plan to
the next, also where newer zone data moved the instant of an hour that stays; an entry whose text
alone changed is modified; nothing else touches a stamp.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, FormerTime, Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.planning.comparison import (
    is_called_off,
    shifted_deadline,
    shifted_meeting,
    stands,
    when,
)
from scheduler.planning.events import event_substance, event_when, with_uids
from scheduler.planning.telling import told_of_deadline, told_of_meeting
from scheduler.planning.zone_shifts import Versions, versions_between

Instants = tuple[Instant | None, Instant | None]


@dataclass(frozen=True, slots=True)
class Approval:
    """The plan that stood and the one that is to stand from an instant.

    `versions` are those of the zone data before and after it, where they differ.
    """

    before: Plan | None
    draft: Plan
    at: Instant
    versions: Versions | None


def stamped(before: Plan | None, draft: Plan, at: Instant) -> Plan:
    """Return the draft as the plan that stands from `at`, every entry with its stamp.

    What was published before and is missing from the draft is not lost: callers keep it as
    cancelled or withdrawn.
    """
    old = {meeting.uid: meeting for meeting in before.meetings} if before else {}
    approval = Approval(before, draft, at, versions_between(before, draft))
    return replace(
        draft,
        meetings=tuple(_stamped_meeting(old.get(m.uid), m, approval) for m in draft.meetings),
        events=_stamped_events(before, with_uids(draft.events, draft), at),
        former_events=_stamped_events(before, draft.former_events, at),
        problems=(),
        imported=(),
        revision=(before.revision if before else 0) + 1,
        made=at,
    )


def _stamped_events(before: Plan | None, events: Iterable[Event], at: Instant) -> tuple[Event, ...]:
    known = (*before.events, *before.former_events) if before else ()
    old = {event.uid: event for event in known if event.stamp}
    return tuple(_stamped_event(old.get(event.uid), event, at) for event in events)


def _stamped_event(old: Event | None, new: Event, at: Instant) -> Event:
    told_anew = old is None or event_substance(old) != event_substance(new)
    significant = old is not None and event_when(old) != event_when(new)
    stamp = _stamp(old.stamp if old else None, at, told_anew, significant, new.withdrawn)
    return replace(new, stamp=stamp)


def _stamped_meeting(old: Meeting | None, new: Meeting, approval: Approval) -> Meeting:
    deadlines = _with_withdrawn(new.deadlines, old.deadlines if old else ())
    new = replace(new, deadlines=deadlines, former=_former(old, new))
    shifted = shifted_meeting(old, new, approval.versions) is not None
    moved = old is None or when(old) != when(new) or shifted
    significant = old is not None and (moved or old.status is not new.status)
    before = old.stamp if old else None
    told_anew = _is_told_anew(old, new, approval)
    stamp = _stamp(before, approval.at, told_anew, significant, is_called_off(new))
    instants = _instants(before, (new.start_instant, new.end_instant), approval, moved)
    known = {deadline.uid: deadline for deadline in old.deadlines} if old else {}
    deadlines = tuple(
        _stamped_deadline(known.get(deadline.uid), deadline, old, new, approval)
        for deadline in new.deadlines
    )
    return replace(new, stamp=_at(stamp, instants), deadlines=deadlines)


def _is_told_anew(old: Meeting | None, new: Meeting, approval: Approval) -> bool:
    if old is None or approval.before is None:
        return True
    return told_of_meeting(old, approval.before) != told_of_meeting(new, approval.draft)


def _stamped_deadline(
    old: Deadline | None,
    new: Deadline,
    old_meeting: Meeting | None,
    meeting: Meeting,
    approval: Approval,
) -> Deadline:
    holds, stood = stands(new, meeting), stands(old, old_meeting)
    shifted = holds and stood and shifted_deadline(old, new, approval.versions) is not None
    moved = old is None or old.moment != new.moment or shifted
    significant = (
        old is not None
        and old_meeting is not None
        and (moved or (stood, old_meeting.status) != (holds, meeting.status))
    )
    before = old.stamp if old else None
    told_anew = _is_deadline_told_anew(old, new, old_meeting, meeting, approval)
    stamp = _stamp(before, approval.at, told_anew, significant, not holds)
    instants = _instants(before, (None, settled(new.moment)), approval, moved)
    return replace(new, stamp=_at(stamp, instants))


def _is_deadline_told_anew(
    old: Deadline | None,
    new: Deadline,
    old_meeting: Meeting | None,
    meeting: Meeting,
    approval: Approval,
) -> bool:
    if old is None or old_meeting is None or approval.before is None:
        return True
    was = told_of_deadline(old, old_meeting, approval.before)
    return was != told_of_deadline(new, meeting, approval.draft)


def _stamp(
    old: Stamp | None, at: Instant, told_anew: bool, significant: bool, called_off: bool
) -> Stamp:
    if old is None:
        return Stamp(sequence=0, created=at, modified=at, cancelled=at if called_off else None)
    if not (told_anew or significant):
        return old
    return Stamp(
        sequence=old.sequence + significant,
        created=old.created,
        modified=max(at, old.modified),
        cancelled=(old.cancelled or at) if called_off else None,
    )


def _instants(before: Stamp | None, present: Instants, approval: Approval, moved: bool) -> Instants:
    """The instants that an entry is approved with; what nothing moved keeps its own."""
    unknown = before is None or before.starts is before.ends is None
    if before is None or unknown or moved or approval.versions:
        return present
    return (before.starts, before.ends)


def _at(stamp: Stamp, instants: Instants) -> Stamp:
    return replace(stamp, starts=instants[0], ends=instants[1])


def _former(old: Meeting | None, new: Meeting) -> tuple[FormerTime, ...]:
    if old is None:
        return new.former
    if when(old) == when(new):
        return _with_reason_of(old, new)
    if old.starts is None:
        return old.former
    return (*old.former, FormerTime(start=old.starts, reason=new.reason))


def _with_reason_of(old: Meeting, new: Meeting) -> tuple[FormerTime, ...]:
    """The former times of a meeting that stays; another reason for its last move replaces that."""
    same_life = old.status is new.status and not is_called_off(new)
    if not (old.former and same_life and new.reason and old.former[-1].reason == old.reason):
        return old.former
    return (*old.former[:-1], replace(old.former[-1], reason=new.reason))


def _with_withdrawn(
    deadlines: tuple[Deadline, ...], published: Iterable[Deadline]
) -> tuple[Deadline, ...]:
    """Published deadlines that no longer hold stay on, withdrawn."""
    present = {deadline.uid for deadline in deadlines}
    gone = (replace(d, withdrawn=True) for d in published if d.uid not in present)
    return (*deadlines, *gone)
