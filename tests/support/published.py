"""Published files that lie nowhere but in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.publication.folder.collection import Item
from scheduler.publication.folder.manifest import digest


@dataclass
class InMemory:
    """The least that keeps files."""

    files: Mapping[str, bytes]

    def names(self) -> Iterable[str]:
        return self.files.keys()

    def get(self, name: str) -> Item | None:
        data = self.files.get(name)
        return None if data is None else Item(data, digest(data))
