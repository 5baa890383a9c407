"""Letters on their way to one person each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant

# A letter that may have arrived is sent again so often, under the same Message-ID; then a person
# has to look.
RETRIES_IN_DOUBT = 2
CALLED_OFF = "called off by a person"
SUPPRESSED = "the address is suppressed"
NOT_OWED = "not owed: "
"""What the reason begins with for which a letter goes to nobody who owes something."""


class LetterState(StrEnum):
    """Where a letter stands; `ambiguous` means the server may or may not have taken it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    HELD = "held"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one recipient, recorded before it is sent.

    `key` is unique per version of what is told, kind and recipient; `message_id` is fixed when
    it is queued. `subjects` are the UIDs it speaks of, `told` the instant each of them stood at
    when it was queued: where they have moved since, it is not sent. `due` is when it may go,
    `not_after` when it is too late; `rungs` is when each subject's own time to be told began, and
    empty where that is `due`. `doubts` counts how often nobody could know whether it was
    taken, `released` says that a person let it go whatever else the run holds.
    """

    key: str
    kind: str
    recipient: str
    subscription: int
    group: str
    subjects: tuple[str, ...]
    told: tuple[Instant, ...]
    message_id: str
    due: Instant
    not_after: Instant
    state: LetterState = LetterState.QUEUED
    attempts: int = 0
    last_error: str | None = None
    doubts: int = 0
    released: bool = False
    rungs: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many letters stand in each state, and since when the longest waiting one is due.

    Each state is a key. `oldest_due` is the earliest instant at which a queued letter was or
    will be due, None where none is queued.
    """

    counts: Mapping[LetterState, int]
    oldest_due: Instant | None
