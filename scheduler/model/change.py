"""What one plan does to another."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant


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
class ZoneShift:
    """How newer data of a zone move an hour that stays: what was published, and what is now.

    `data_before` and `data_after` are versions of the zone database. The instants of now are
    None where the hour has become one that a clock change skips or repeats; a deadline has only
    ends.
    """

    zone: str
    data_before: str
    data_after: str
    started: Instant | None
    ended: Instant | None
    starts: Instant | None
    ends: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChange:
    """A meeting before and after; `removed` is for drafts that nobody has seen published.

    `shift` is set where nobody moved it but its zone's data did.
    """

    kind: ChangeKind
    before: Meeting | None
    after: Meeting | None
    shift: ZoneShift | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """A deadline before and after, and the meeting it belongs to; `shift` as of a meeting."""

    kind: ChangeKind
    meeting: Meeting
    before: Deadline | None
    after: Deadline | None
    shift: ZoneShift | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two plans; empty for a plan and itself."""

    meetings: tuple[MeetingChange, ...] = ()
    deadlines: tuple[DeadlineChange, ...] = ()

    @property
    def by_zone_data(self) -> "Comparison":
        """The part of it that nobody did, but newer zone data."""
        return Comparison(
            meetings=tuple(change for change in self.meetings if change.shift),
            deadlines=tuple(change for change in self.deadlines if change.shift),
        )

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.meetings or self.deadlines)
