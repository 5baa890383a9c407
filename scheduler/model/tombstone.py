"""What is left of an entry that calendars had and that is kept in them no longer."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant


class Holding(StrEnum):
    """What an entry of a feed is."""

    MEETING = "meeting"
    DEADLINE = "deadline"
    EVENT = "event"
    TASK = "task"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An entry that left the feeds: whose it was, when it left, and why it no longer held."""

    uid: str
    group: str
    holding: Holding
    left: Instant
    reason: str | None = None
