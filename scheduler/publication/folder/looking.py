"""Looking at a folder again only where somebody touched it since."""

import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Self

Times = tuple[int, int]  # of the last change of what is in a folder, and of itself, in ns
SECOND = 1_000_000_000
TICK = SECOND // 50  # what happens within it may have the same time
_COARSE_TICK = 2 * SECOND  # where only whole seconds are told apart


def times_of(folder: str) -> Times:
    """Return when a folder was changed last; raises `OSError`."""
    found = Path(folder).stat()
    return found.st_mtime_ns, found.st_ctime_ns


class Seen:
    """Which folders of a tree were carried along, and how each looked then.

    What has the same times still is the same, unless it had been touched just before.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[Times, frozenset[str]]] = {}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """Return what was seen as a document tells; raises `ValueError` and `TypeError`."""
        seen = cls()
        for below, (modified, changed, folders) in document.items():
            seen._seen[below] = (int(modified), int(changed)), frozenset(map(str, folders))
        return seen

    @property
    def document(self) -> Mapping[str, Any]:
        """All of this as JSON has it."""
        return {below: (*times, sorted(folders)) for below, (times, folders) in self._seen.items()}

    @property
    def folders(self) -> Mapping[str, frozenset[str]]:
        """The names of folders in each folder that was seen."""
        return {below: folders for below, (_, folders) in self._seen.items()}

    def look(self, below: str, folder: str, folders: Collection[str]) -> None:
        """Remember a folder, known to have these `folders` in it, as it looks now."""
        self.note(below, times_of(folder), folders)

    def note(self, below: str, times: Times, folders: Collection[str]) -> None:
        """Remember a folder with these `folders` in it, by its times from before it was read."""
        tick = TICK if times[0] % SECOND else _COARSE_TICK
        if time.time_ns() - max(times) > tick:
            self._seen[below] = times, frozenset(folders)

    def unchanged(self, below: str, folder: str) -> frozenset[str] | None:
        """Return the folders in a folder that holds what it held, None where it may not."""
        times, folders = self._seen.get(below, (None, None))
        return folders if times == times_of(folder) else None
