"""How far each person was told what became of a group's plan."""

from dataclasses import dataclass

from scheduler.model.moment import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a letter about changes tells of one group: its plan up to a revision.

    `since` is when the oldest change was made that it waits to tell.
    """

    group: str
    revision: int
    since: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The revision of a group's plan that a person knows, and those they may know.

    `known` is 0 for who was told nothing yet. `doubtful` are those of letters that are on their
    way, or that may have arrived.
    """

    known: int = 0
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """That nobody is told what one revision of a group's plan changed, since when and by whom."""

    group: str
    revision: int
    at: Instant
    by: str | None = None
