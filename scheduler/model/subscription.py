"""Who is told, who has asked to be, and what each of them follows."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant
from scheduler.model.reminding import Rung


class Following(StrEnum):
    """What a person's own calendar holds of a group."""

    EVERYTHING = "all"
    MEETINGS = "meetings"
    DEADLINES = "deadlines"


class Letters(StrEnum):
    """How a person is reminded: by a letter for each thing, by one a day for all, or by none."""

    SINGLE = "single"
    DIGEST = "digest"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A person's wish to be told about a group, in their zone and language.

    `address` is one mail address, already parsed; `since` the instant it was asked for, so that
    what was past by then is not told; `id` is set by the store.

    What their own calendar holds of the group is `following`, and of this only what is on one of
    `topics` where there are any; it rings so many minutes before each meeting, and before each
    deadline, None for never.

    They are reminded by `letters`, and where there are any `kinds` only of deadlines of these, of
    `ANY_DEADLINE`, or of a `MEETING`; before them at `rungs`, none for those of the group.

    `member` says that the secretariat entered them: who asked from outside is shown no more of a
    group than everyone is.
    """

    address: str
    group: str
    zone: str
    language: str
    since: Instant
    following: Following = Following.EVERYTHING
    topics: tuple[str, ...] = ()
    meeting_alarm_minutes: int | None = None
    deadline_alarm_minutes: int | None = None
    letters: Letters = Letters.SINGLE
    rungs: tuple[Rung, ...] = ()
    kinds: tuple[str, ...] = ()
    member: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRequest:
    """A wish that came from outside, and holds once the person at `address` confirms it.

    `asked` is when it came, `expires` when it is forgotten; `id` is set by the store.
    """

    address: str
    groups: tuple[str, ...]
    zone: str
    language: str
    asked: Instant
    expires: Instant
    id: int = 0
