"""The published life of entries: SEQUENCE, LAST-MODIFIED and former times (RFC 5545, 3.8.7).

A sequence rises exactly once per significant change (time or status) from one approved plan to
the next; an entry whose text alone changed is modified; nothing else touches a stamp.
"""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import FormerTime, Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.planning.comparison import is_called_off, stands, substance, when
from scheduler.planning.handover import told_of_others


def stamped(before: Plan | None, draft: Plan, at: Instant) -> Plan:
    """Return the draft as the plan that stands from `at`, every entry with its stamp.

    What was published before and is missing from the draft is not lost: callers keep it as
    cancelled or withdrawn.
    """
    old = {meeting.uid: meeting for meeting in before.meetings} if before else {}
    meetings = tuple(
        _stamped_meeting(
            old.get(meeting.uid),
            meeting,
            at,
            before is not None and _preamble(before, meeting) != _preamble(draft, meeting),
            before is not None
            and told_of_others(meeting, before) != told_of_others(meeting, draft),
        )
        for meeting in draft.meetings
    )
    revision = (before.revision if before else 0) + 1
    return replace(draft, meetings=meetings, problems=(), imported=(), revision=revision, made=at)


def _preamble(plan: Plan, meeting: Meeting) -> tuple[object, ...]:
    """What the plan says in the text of a meeting's entries: of permission, while it waits."""
    told = plan.authorization if meeting.status is Status.TENTATIVE else None
    rule = plan.priority_rule and replace(plan.priority_rule, line=None)
    return (rule, told and (told.state, told.required_from))


def _stamped_meeting(
    old: Meeting | None, new: Meeting, at: Instant, reworded: bool, agenda_reworded: bool
) -> Meeting:
    deadlines = _with_withdrawn(new.deadlines, old.deadlines if old else ())
    new = replace(new, deadlines=deadlines, former=_former(old, new))
    told_anew = reworded or agenda_reworded or old is None or substance(old) != substance(new)
    significant = old is not None and (when(old), old.status) != (when(new), new.status)
    stamp = _stamp(old.stamp if old else None, at, told_anew, significant, is_called_off(new))
    known = {deadline.uid: deadline for deadline in old.deadlines} if old else {}
    # Entries of deadlines do not tell the agenda.
    beside = reworded or old is None or _beside_agenda(old) != _beside_agenda(new)
    deadlines = tuple(
        _stamped_deadline(known.get(deadline.uid), deadline, old, new, at, beside)
        for deadline in new.deadlines
    )
    return replace(new, stamp=stamp, deadlines=deadlines)


def _beside_agenda(meeting: Meeting) -> Meeting:
    return replace(substance(meeting), agenda=None)


def _stamped_deadline(
    old: Deadline | None,
    new: Deadline,
    old_meeting: Meeting | None,
    meeting: Meeting,
    at: Instant,
    told_anew: bool,
) -> Deadline:
    holds = stands(new, meeting)
    significant = (
        old is not None
        and old_meeting is not None
        and (old.moment, stands(old, old_meeting), old_meeting.status)
        != (new.moment, holds, meeting.status)
    )
    return replace(
        new, stamp=_stamp(old.stamp if old else None, at, told_anew, significant, not holds)
    )


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


def _former(old: Meeting | None, new: Meeting) -> tuple[FormerTime, ...]:
    if old is None:
        return new.former
    if when(old) == when(new) or old.starts is None:
        return old.former
    return (*old.former, FormerTime(start=old.starts, reason=new.reason))


def _with_withdrawn(
    deadlines: tuple[Deadline, ...], published: Iterable[Deadline]
) -> tuple[Deadline, ...]:
    """Published deadlines that no longer hold stay on, withdrawn."""
    present = {deadline.uid for deadline in deadlines}
    gone = (replace(d, withdrawn=True) for d in published if d.uid not in present)
    return (*deadlines, *gone)
