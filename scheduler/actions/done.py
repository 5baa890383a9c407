"""`done`: a meeting has what its deadlines of a kind are for, so that nobody is reminded of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.actions.auditing import note_duty
from scheduler.actions.edit import find_meeting
from scheduler.errors import InterimError
from scheduler.model.duty import Done
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.store.protocol import Memory, Store

DONE, UNDONE = "done", "undone"


class NoSuchDuty(InterimError):
    """A kind of which the meeting has no deadline."""

    def __init__(self, meeting: Meeting, kind: str, known: Iterable[str]) -> None:
        kinds = ", ".join(dict.fromkeys(known)) or "none"
        super().__init__(
            f"the meeting of {meeting.group} on {meeting.date} has no deadline of the kind "
            f"{kind!r}; those that it has are: {kinds}"
        )


class NotDone(InterimError):
    """A duty that nobody had said to be done."""

    def __init__(self, meeting: Meeting, kind: str) -> None:
        super().__init__(
            f"nobody has said that the {kind} of the meeting of {meeting.group} on {meeting.date} "
            "is done, so there is nothing to undo; 'interim plan' shows what is done"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A duty of a meeting, since when it is done, or None where that was taken back."""

    meeting: Meeting
    kind: str
    done: Done | None


def mark_done(
    store: Store,
    name: str,
    kind: str,
    group: str | None,
    *,
    now: Instant,
    by: str | None,
    who: str,
) -> Marked:
    """Record that a duty of a meeting is done; a second time changes nothing.

    The meeting is named as people name it, `kind` is that of its deadline; `by` is kept with it,
    `who` in the audit. Raises `UnknownMeeting`, `SeveralMeetings` or `NoSuchDuty`.
    """
    with store.writing() as memory:
        meeting = find_meeting(memory, name, group)
        known = [one.kind for one in meeting.deadlines if not one.withdrawn]
        kind = _as_known(kind, known)
        if kind not in known:
            raise NoSuchDuty(meeting, kind, known)
        before = _found(memory, meeting, kind)
        done = before or Done(group=meeting.group, meeting=meeting.uid, kind=kind, at=now, by=by)
        if before is None:
            memory.record_done(done)
            note_duty(memory, DONE, meeting, kind, who=who, at=now)
    return Marked(meeting=meeting, kind=kind, done=done)


def mark_undone(
    store: Store, name: str, kind: str, group: str | None, *, now: Instant, who: str
) -> Marked:
    """Take back that a duty of a meeting is done; raises as `mark_done` does, and `NotDone`."""
    with store.writing() as memory:
        meeting = find_meeting(memory, name, group)
        kind = _as_known(kind, [one.kind for one in memory.done(meeting.group)])
        if not memory.drop_done(meeting.uid, kind):
            raise NotDone(meeting, kind)
        note_duty(memory, UNDONE, meeting, kind, who=who, at=now)
    return Marked(meeting=meeting, kind=kind, done=None)


def _as_known(kind: str, known: Iterable[str]) -> str:
    """Return a kind as it is known: capitals make no other one."""
    return next((one for one in known if one.casefold() == kind.casefold()), kind)


def _found(memory: Memory, meeting: Meeting, kind: str) -> Done | None:
    known = memory.done(meeting.group)
    return next((one for one in known if (one.meeting, one.kind) == (meeting.uid, kind)), None)
