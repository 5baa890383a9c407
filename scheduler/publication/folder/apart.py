"""In what two trees differ that were the same before one of them was published.

It is noted in the one that left, so that the next publication looks at no folder that nobody has
touched since.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from scheduler.publication.folder.looking import Seen

_FORM = 1


@dataclass(frozen=True, slots=True)
class Apart:
    """How the folders of a tree and of its spare looked, and the names in which they differ.

    `differing` are names of files by the path of their folder, which ends with a slash unless it
    is the tree itself.
    """

    tree: Seen = field(default_factory=Seen)
    spare: Seen = field(default_factory=Seen)
    differing: Mapping[str, Collection[str]] = field(default_factory=dict)

    def names(self, below: str, tree: str, spare: str) -> Collection[str] | None:
        """Return the names in which a folder differs, None where there may be more of them."""
        folders = self.tree.unchanged(below, tree)
        if folders is None or folders != self.spare.unchanged(below, spare):
            return None
        return self.differing.get(below, ())


def parted(left: Seen, tree: Path, changed: Collection[str]) -> Apart:
    """Return how a tree that is nobody else's yet differs from the one whose place it will take.

    `left` tells how the folders of that one looked, `changed` are the paths of all files in which
    both differ.
    """
    differing, entered = defaultdict[str, list[str]](list), defaultdict[str, set[str]](set)
    for path in map(PurePosixPath, changed):
        differing[_below(path.parent)].append(path.name)
        for folder in path.parents[:-1]:
            entered[_below(folder.parent)].add(folder.name)
    seen = Seen()
    for below, folders in left.folders.items():
        if entered[below] <= folders:
            with suppress(OSError):
                seen.look(below, f"{tree}/{below}", folders)
    return Apart(seen, left, differing)


def note_apart(file: Path, apart: Apart) -> None:
    """Write down how two trees differ; raises `OSError`."""
    told = (_FORM, apart.tree.document, apart.spare.document, apart.differing)
    file.write_text(json.dumps(told))


def read_apart(file: Path) -> Apart:
    """Return what is noted of two trees; nothing where it is not what we wrote."""
    try:
        form, tree, spare, differing = json.loads(file.read_bytes())
        if form == _FORM:
            return Apart(Seen.of(tree), Seen.of(spare), dict(differing))
    except (OSError, ValueError, TypeError, AttributeError):
        pass
    return Apart()


def _below(folder: PurePosixPath) -> str:
    return "" if folder == PurePosixPath() else f"{folder}/"
