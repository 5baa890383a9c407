"""Published files: only changed bytes are written, each file at once, and only ours are touched."""

import errno
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scheduler.publication.compression import is_compressed
from scheduler.publication.manifest import MANIFEST, digest, manifest_bytes, read_manifest
from scheduler.publication.names import belongs_to
from scheduler.publication.staging import OutputNotWritable, refusing, stage
from scheduler.publication.succession import recover, succeed
from scheduler.publication.turns import Turn


@dataclass(frozen=True, slots=True)
class Written:
    """What a publication did to its folder, as paths below it, sorted.

    `left` are files that no longer belong and yet were not removed, since somebody changed them.
    """

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...] = ()

    def without_copies(self) -> "Written":
        """Return the same without the compressed copies, which nobody asks for by name."""
        parts = (self.changed, self.unchanged, self.removed, self.left)
        return Written(*(_plain(paths) for paths in parts))


def write_files(out: Path, files: Mapping[str, bytes], *, only: str | None = None) -> Written:
    """Make the files of ours in `out` be exactly `files`, and report what that took.

    `only` limits the publication to the files of one group and those that speak of all groups;
    others of ours stay as they are. A reader sees the old publication or the new one, and a full
    disk changes nothing. A file that is not ours is neither overwritten nor removed. Publishers
    of one folder wait for one another.
    Raises `OutputNotWritable`.
    """
    out = Path(os.path.realpath(out))
    if only is not None:
        files = {path: data for path, data in files.items() if belongs_to(path, only)}
    with refusing(out), Turn(out) as turn:
        _refuse_unwritable(out)
        recover(out)
        return _write(turn, out, files, only)


def _write(turn: Turn, out: Path, files: Mapping[str, bytes], only: str | None) -> Written:
    ours = read_manifest(out)
    changed = sorted(path for path, data in files.items() if _bytes_at(out / path) != data)
    _refuse_strangers(out, changed, ours)
    stale = sorted(
        path for path in ours if path not in files and (only is None or belongs_to(path, only))
    )
    removed = tuple(path for path in stale if digest(_bytes_at(out / path) or b"") == ours[path])
    kept = {path: value for path, value in ours.items() if path not in stale}
    record = kept | {path: digest(data) for path, data in files.items()}
    if changed or record != ours:
        # The record first: what a tree holds is ours from the first file on.
        new = {MANIFEST: manifest_bytes(record)} | {path: files[path] for path in changed}
        succeed(turn, out, partial(stage, files=new, out=out), [*new, *removed])
    left = tuple(path for path in stale if _bytes_at(out / path) is not None)
    return Written(tuple(changed), tuple(sorted(files.keys() - {*changed})), removed, left)


def _refuse_unwritable(out: Path) -> None:
    # A folder that its owner has made read-only could be exchanged all the same.
    if not os.access(out, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))


def _refuse_strangers(out: Path, changed: Iterable[str], ours: Mapping[str, str]) -> None:
    for path in changed:
        target = out / path
        if target.is_dir():
            raise OutputNotWritable(target, "a folder stands where a file is to be written")
        if path not in ours and (target.exists() or target.is_symlink()):
            raise OutputNotWritable(target, "a file stands there that Interim did not write")


def _plain(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if not is_compressed(path))


def _bytes_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
