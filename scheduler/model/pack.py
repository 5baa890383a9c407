"""A body's rules as data: which function of the vocabulary, how strongly, by which clause."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.finding import Citation
from scheduler.model.meeting import Mode


class Level(StrEnum):
    """How strongly a rule binds: a missed MUST is an error, a missed NORMALLY a warning."""

    MUST = "must"
    NORMALLY = "normally"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCall:
    """One call of a rule from the vocabulary.

    `values` are its parameters by name, `modes` the modes of meeting it holds for (empty: all).
    """

    rule: str
    level: Level
    citation: Citation | None = None
    values: tuple[tuple[str, int | str], ...] = ()
    modes: tuple[Mode, ...] = ()

    def value(self, name: str) -> int | str:
        """Return a parameter that the vocabulary says this rule has."""
        return dict(self.values)[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The rules of one body in the order they are applied; `since` is the year they hold from."""

    body: str
    title: str
    since: int
    rules: tuple[RuleCall, ...]
