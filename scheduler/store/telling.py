"""What may be asked of the store about how far people were told what became of plans."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from scheduler.model.letter import Letter
from scheduler.model.telling import Silence, Telling, Told


class Tellings(Protocol):
    """Which revision of a group's plan each letter about changes tells, and who knows which."""

    def record_tellings(self, letter: str, tellings: Iterable[Telling]) -> None:
        """Remember with the key of a letter what it tells, one of each group."""

    def tellings(self, letter: str) -> tuple[Telling, ...]:
        """Return what the letter with a key tells, by group; nothing of another kind of letter."""

    def forget_tellings(self, letter: str) -> None:
        """Let the letter with a key tell nothing of the kind any more."""

    def told_of(self, group: str, recipient: str | None = None) -> Mapping[str, Told]:
        """Return how far each recipient was told of a group's plan, or only one of them.

        A letter that a person called off counts as told; who was told nothing is absent.
        """

    def untold(self, group: str | None, recipient: str | None = None) -> tuple[Letter, ...]:
        """Return the letters about changes that wait and certainly did not arrive, oldest first.

        Those that tell of a group, or of any; those to one recipient, or to all.
        """

    def introductions(self, group: str) -> Mapping[int, int]:
        """Return which revision stood when each subscription to a group began, by its `id`.

        Where letters were asked for again after none, it is the one that stood then. One from
        before this was remembered is absent.
        """

    def keep_silent(self, silence: Silence) -> None:
        """Record that nobody is told what a revision changed."""

    def silences(self, group: str) -> tuple[Silence, ...]:
        """Return the revisions of a group's plan that nobody is told of, by number."""
