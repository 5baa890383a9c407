"""A second tree of a folder's files, without copying one, and what becomes of the first."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Self

from scheduler.publication.folder.apart import Apart
from scheduler.publication.folder.looking import Seen, times_of
from scheduler.publication.folder.manifest import MANIFEST, is_our_own, read_manifest


class NotExchangeable(Exception):
    """A folder in whose place no other can be put as a whole."""


@contextmanager
def not_exchangeable() -> Iterator[None]:
    """Turn what the file system says against a second tree into `NotExchangeable`."""
    try:
        yield
    except (OSError, NotImplementedError) as error:
        raise NotExchangeable from error


def carry_along(
    old: Path,
    new: Path,
    changed: Collection[str],
    removed: Collection[str] = (),
    seen: Seen | None = None,
    apart: Apart | None = None,
) -> None:
    """Give everything in `old` a second name in `new`, whoever it belongs to.

    What `new` holds beside that goes, apart from the paths that are `changed`; these and the
    paths that are `removed` are not taken from `old`. Only what differs is touched: a tree that
    was nearly the same already costs a look, and none where a folder was `seen` since, or where
    it is known how the trees are `apart`. Folders are made like those they stand for.
    Raises `OSError`, and `NotExchangeable` where something else is mounted inside.
    """
    carrying = _Carrying(frozenset(changed), frozenset(removed), seen or Seen(), apart or Apart())
    carrying.carry(str(old), str(new), "")


class _Listing:
    """What lies in a folder: which file each name is, and the names of folders."""

    def __init__(self, folder: str) -> None:
        self.files: dict[str, int] = {}
        self.folders: set[str] = set()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    self.folders.add(entry.name)
                else:
                    self.files[entry.name] = entry.inode()

    def other_than(self, other: Self) -> list[str]:
        """Return the names under which the other has not the same file, sorted."""
        known = other.files.get
        return sorted(name for name, node in self.files.items() if known(name) != node)


class _Carrying:
    def __init__(
        self, changed: frozenset[str], removed: frozenset[str], seen: Seen, apart: Apart
    ) -> None:
        self._changed, self._left, self._seen = changed, changed | removed, seen
        self._apart = apart
        parents = (PurePosixPath(path).parents for path in changed)
        self._needed = {str(folder) for folders in parents for folder in folders}
        self._touched = {str(PurePosixPath(path).parent) for path in self._left}

    def carry(self, old: str, new: str, below: str) -> None:
        folders = self._seen.unchanged(below, old)
        if folders is None:
            folders = self._carry_known(old, new, below)
        if folders is None:
            folders = self._carry_files(old, new, below)
        for path in self._left - self._changed:
            if path.startswith(below) and "/" not in path[len(below) :]:
                _remove(f"{new}/{path[len(below) :]}")
        for name in sorted(folders):
            self._descend(f"{old}/{name}", f"{new}/{name}", f"{below}{name}/")
        _make_alike(new, old)
        if (below.rstrip("/") or ".") in self._touched:
            os.utime(new)

    def _carry_known(self, old: str, new: str, below: str) -> frozenset[str] | None:
        """Do the same where it is known in which names the folders differ, None where not."""
        times, folders = times_of(old), self._apart.tree.unchanged(below, old)
        names = self._apart.names(below, old, new)
        if names is None or folders is None:
            return None
        for name in names:
            _remove(f"{new}/{name}")
            if below + name not in self._left and os.path.lexists(f"{old}/{name}"):
                os.link(f"{old}/{name}", f"{new}/{name}", follow_symlinks=False)
        self._seen.note(below, times, folders)
        return folders

    def _carry_files(self, old: str, new: str, below: str) -> frozenset[str]:
        """Let a folder hold the files that another one holds; return the folders of that one."""
        times = times_of(old)
        here, there = _Listing(old), _Listing(new)
        for name in (*there.other_than(here), *(there.folders - here.folders)):
            path = below + name
            if path not in self._changed and path not in self._needed and not is_our_own(path):
                _remove(f"{new}/{name}")
        for name in here.other_than(there):
            path = below + name
            if path not in self._left and not is_our_own(path):
                os.link(f"{old}/{name}", f"{new}/{name}", follow_symlinks=False)
        self._seen.note(below, times, here.folders)
        return frozenset(here.folders)

    def _descend(self, old: str, new: str, below: str) -> None:
        if Path(old).stat().st_dev != Path(old).parent.stat().st_dev:
            raise NotExchangeable
        Path(new).mkdir(exist_ok=True)
        self.carry(old, new, below)


def _remove(path: str) -> None:
    if Path(path).is_dir() and not Path(path).is_symlink():
        shutil.rmtree(path)
    else:
        Path(path).unlink(missing_ok=True)


def _make_alike(folder: str, model: str) -> None:
    made, like = Path(folder).stat(), Path(model).stat()
    if (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
        os.chown(folder, like.st_uid, like.st_gid)
    shutil.copystat(model, folder)


def bring_news(
    old: Path, new: Path, known: Collection[str] | None = None, seen: Seen | None = None
) -> None:
    """Bring to `new` what others put into the tree `old`, or changed there, last.

    That is what they did after it was carried along. `known` are the paths in which both differ
    by our own doing; without it, these are all that the record of `old` names. Nobody has news
    in a folder that was `seen` since it changed. Raises `OSError`.
    """
    ours = read_manifest(old) if known is None else known
    _bring(str(old), str(new), "", frozenset(ours), seen or Seen())


def _bring(old: str, new: str, below: str, ours: frozenset[str], seen: Seen) -> None:
    folders = seen.unchanged(below, old)
    if folders is None:
        folders = _bring_files(old, new, below, ours)
    for name in sorted(folders):
        if not is_our_own(below + name):
            _bring(f"{old}/{name}", f"{new}/{name}", f"{below}{name}/", ours, seen)


def _bring_files(old: str, new: str, below: str, ours: frozenset[str]) -> frozenset[str]:
    here = _Listing(old)
    there = _Listing(new) if Path(new).is_dir() else None
    for name in here.other_than(there) if there else sorted(here.files):
        path, found = below + name, Path(old) / name
        if path not in ours and not is_our_own(path) and _is_news(found, Path(new) / name):
            Path(new).mkdir(parents=True, exist_ok=True)
            found.replace(f"{new}/{name}")
    return frozenset(here.folders)


def _is_news(found: Path, known: Path) -> bool:
    try:
        there = known.lstat()
    except OSError:
        return True
    return found.lstat().st_mtime_ns > there.st_mtime_ns


def retire(old: Path, new: Path) -> None:
    """Remove the tree `old`, whose files stand in `new`; raises `OSError`.

    A file that somebody else put or changed there after it was carried along is brought to `new`.
    """
    bring_news(old, new)
    # The record last: whoever has to go on here knows from it what is whose.
    for entry in sorted(old.iterdir()):
        if entry.name != MANIFEST:
            _remove(str(entry))
    shutil.rmtree(old)
