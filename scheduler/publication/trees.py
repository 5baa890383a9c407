"""A second tree of a folder's files, without copying one, and what becomes of the first."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from scheduler.publication.manifest import is_our_own, read_manifest


class NotExchangeable(Exception):
    """A folder in whose place no other can be put as a whole."""


@contextmanager
def not_exchangeable() -> Iterator[None]:
    """Turn what the file system says against a second tree into `NotExchangeable`."""
    try:
        yield
    except (OSError, NotImplementedError) as error:
        raise NotExchangeable from error


def carry_along(old: Path, new: Path, replaced: Collection[str]) -> None:
    """Give everything in `old` a second name in `new`, whoever it belongs to.

    Left out are the paths `replaced`, and the record. Folders are made like those they stand
    for. Raises `OSError`, and `NotExchangeable` where something else is mounted inside.
    """
    folders = frozenset(str(PurePosixPath(path).parent) for path in replaced)
    _carry(old, new, ".", frozenset(replaced), folders)


def _carry(
    old: Path, new: Path, below: str, replaced: frozenset[str], folders: frozenset[str]
) -> None:
    like = old.stat()
    with os.scandir(old) as entries:
        for entry in entries:
            path = entry.name if below == "." else f"{below}/{entry.name}"
            if path in replaced or is_our_own(path):
                continue
            if not entry.is_dir(follow_symlinks=False):
                os.link(entry.path, f"{new}/{entry.name}", follow_symlinks=False)
            elif entry.stat(follow_symlinks=False).st_dev != like.st_dev:
                raise NotExchangeable
            else:
                (new / entry.name).mkdir(exist_ok=True)
                _carry(old / entry.name, new / entry.name, path, replaced, folders)
    _make_alike(new, old, like)
    if below in folders:
        os.utime(new)


def _make_alike(folder: Path, model: Path, like: os.stat_result) -> None:
    made = folder.stat()
    if (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
        os.chown(folder, like.st_uid, like.st_gid)
    shutil.copystat(model, folder)


def retire(old: Path, new: Path) -> None:
    """Remove the tree `old`, whose files stand in `new`; raises `OSError`.

    A file that somebody else put or changed there after it was carried along is brought to `new`.
    """
    with os.scandir(old) as entries:
        others = [entry for entry in entries if not is_our_own(entry.name)]
    ours = frozenset(read_manifest(old))
    for entry in others:
        _retire(entry, new / entry.name, entry.name, ours)
    # The record last: whoever has to go on here knows from it what is whose.
    shutil.rmtree(old)


def _retire(entry: os.DirEntry[str], new: Path, path: str, ours: frozenset[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        with os.scandir(entry) as entries:
            found = list(entries)
        for inner in found:
            _retire(inner, new / inner.name, f"{path}/{inner.name}", ours)
        Path(entry).rmdir()
    elif path in ours or not _is_news(entry, new):
        Path(entry).unlink()
    else:
        new.parent.mkdir(parents=True, exist_ok=True)
        Path(entry).replace(new)


def _is_news(entry: os.DirEntry[str], known: Path) -> bool:
    try:
        there = known.lstat()
    except OSError:
        return True
    found = entry.stat(follow_symlinks=False)
    same = os.path.samestat(found, there)
    return not same and found.st_mtime_ns > there.st_mtime_ns
