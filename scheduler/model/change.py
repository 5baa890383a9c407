"""What one plan does to another."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting


class ChangeKind(StrEnum):
    """What happens to an entry."""

    ADDED = "added"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    CONFIRMED = "confirmed"
    EDITED = "edited"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChange:
    """A meeting before and after; `removed` is for drafts that nobody has seen published."""

    kind: ChangeKind
    before: Meeting | None
    after: Meeting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """A deadline before and after, and the meeting it belongs to."""

    kind: ChangeKind
    meeting: Meeting
    before: Deadline | None
    after: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two plans; empty for a plan and itself."""

    meetings: tuple[MeetingChange, ...] = ()
    deadlines: tuple[DeadlineChange, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.meetings or self.deadlines)
