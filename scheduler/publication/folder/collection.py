"""What is published, as the doors see it, wherever it is kept."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Item(NamedTuple):
    """A published file: its bytes, and a text that is another one for other bytes."""

    data: bytes
    version: str


class Collection(Protocol):
    """Published files by name, such as `feeds/rg-nav.ics`: all of one publication."""

    def names(self) -> Iterable[str]:
        """Return the names of what is published."""

    def get(self, name: str) -> Item | None:
        """Return what is published under a name, None where nothing is."""
