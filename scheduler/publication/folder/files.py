"""Published files: only changed bytes are written, each file at once, and only ours are touched."""

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from scheduler.publication.folder.compression import (
    COMPRESSED,
    is_compressed,
    is_worth_compressing,
    packed,
)
from scheduler.publication.folder.manifest import (
    MANIFEST,
    digest,
    manifest_bytes,
    read_manifest,
)
from scheduler.publication.folder.pieces import Content, joined, octets, size
from scheduler.publication.folder.staging import (
    OURS_ALONE,
    OutputNotWritable,
    put_whole,
    refusing,
    stage,
)
from scheduler.publication.folder.state import Portion, State, mark_of, read_state, state_bytes
from scheduler.publication.folder.succession import Succession, recover
from scheduler.publication.folder.turns import Turn
from scheduler.publication.folder.writers import Writers
from scheduler.publication.names import belongs_to


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


class Folder:
    """A folder that is one publisher's alone for a while, and what stands in it.

    `ours` is the digest of each file of ours by its path, `state` what they were made from as far
    as the file `notes` tells, which lies elsewhere and may be lost, and beside which the last
    tree is kept. New files wait in another tree, so that no publication has to be held in memory.
    """

    def __init__(self, out: Path, turn: Turn, notes: Path | None) -> None:
        self._out, self._notes = out, notes
        spare = notes.with_suffix(".tree") if notes else None
        self._succession = Succession(turn, out, spare)
        self._values: dict[str, str] = {}  # of what was put
        self._changed: list[str] = []
        self._stands: dict[str, bool] = {}  # of what was looked at
        self._false_marks = {""}
        self._writers = Writers()
        self.ours = read_manifest(out)
        record = digest(_bytes_at(out / MANIFEST) or b"")
        self.state = read_state(notes, record) if notes else State(record)

    def stands(self, path: str) -> bool:
        """Tell whether a file of ours is as it was published; it is looked at once a turn."""
        if path not in self._stands:
            self._stands[path] = self._is_as_published(path)
        return self._stands[path]

    def all_stand(self, portion: Portion) -> bool:
        """Tell whether all files of a portion are as they were published."""
        if portion.mark and portion.mark == mark_of(portion.files, str(self._out)):
            self._stands.update((path, True) for path in portion.files)
            return True
        self._false_marks.add(portion.mark)
        return all(map(self.stands, portion.files))

    def place(self, path: str) -> Path:
        """Return where a file lies: in its place, or where it waits for it."""
        waiting = path in self._values and not self._has(path, self._values[path])
        return (self._succession.place if waiting else self._out) / path

    def value(self, path: str) -> str | None:
        """Return the digest of a file that stands as it was published, or waits to be."""
        return self._values.get(path) or (self.ours[path] if self.stands(path) else None)

    def put(self, path: str, content: Content) -> tuple[str, ...]:
        """Have a file in the next publication, and its compressed copy where it is worth it.

        Returns their paths. Raises `OutputNotWritable`.
        """
        with refusing(self._out):
            data, copy = joined(content), path + COMPRESSED
            is_new = self._put(path, data)
            if not is_worth_compressing(path, len(data)):
                return (path,)
            if is_new or not self.stands(copy):
                self._put(copy, joined(packed(content)))
            else:
                self._values[copy] = self.ours[copy]
            return path, copy

    def put_all(self, files: Iterable[tuple[str, Content]]) -> tuple[str, ...]:
        """Have large files in the next publication, which are written while others are made.

        None of them is in memory as a whole. Returns the paths as `put` does; what the file
        system says against them, `await_writers` raises. Raises `OutputNotWritable`.
        """
        with refusing(self._out):
            _ = self._succession.place  # made before several need it
        paths = list[str]()
        for path, content in files:
            self._writers.add(partial(self._stream, path, content))
            paths += _paths(path, content)
        return tuple(paths)

    def await_writers(self) -> None:
        """Wait until all files that were put are written; raises `OutputNotWritable`."""
        self._writers.wait()

    def put_bytes(self, path: str, data: bytes) -> None:
        """Have just this file in the next publication; raises `OutputNotWritable`."""
        with refusing(self._out):
            self._put(path, data)

    def write(
        self,
        *,
        kept: Collection[str] = (),
        portions: Mapping[str, Portion] | None = None,
        only: str | None = None,
    ) -> Written:
        """Make the files of ours be exactly those that were put and those that are `kept`.

        `portions` says what they were made from, `only` is as in `write_files`.
        Raises `OutputNotWritable`.
        """
        self.await_writers()
        with refusing(self._out):
            written = self._write(frozenset(kept), only)
        if self._notes:
            self._note(self._notes, portions or {})
        return written

    def begin_again(self) -> None:
        """Forget what was put; raises `OutputNotWritable`."""
        self._writers.stop()
        with refusing(self._out):
            self._succession.clear()
        self._values, self._changed = {}, []

    def leave(self) -> None:
        """Remove what still waits."""
        self._writers.leave()
        self._succession.abandon()

    def _is_as_published(self, path: str) -> bool:
        return path in self.ours and self._holds(path, self.ours[path])

    def _put(self, path: str, data: bytes) -> bool:
        """Let a file wait for its place; tell whether it is another one than stands there."""
        value = self._values[path] = digest(data)
        if self._has(path, value):
            return False
        self._stage(path, (data,))
        return True

    def _stream(self, path: str, content: Content) -> None:
        """Let a file and its copy wait for their places, or none where they stand there."""
        with refusing(self._out):
            self._stage(path, octets(content))
            for copy in _paths(path, content)[1:]:
                self._stage(copy, octets(packed(content)))

    def _stage(self, path: str, parts: Iterable[bytes]) -> None:
        """Write a file, to wait for its place unless it stands there."""
        place = self._succession.place
        self._values[path] = stage(place, path, parts, self._out)
        if self._has(path, self._values[path]):
            (place / path).unlink()
        else:
            _refuse_stranger(self._out, path, self.ours)
            self._changed.append(path)

    def _has(self, path: str, value: str) -> bool:
        if path in self.ours:
            return value == self.ours[path] and self.stands(path)
        return self._holds(path, value)

    def _holds(self, path: str, value: str) -> bool:
        found = _bytes_at(self._out / path)
        return found is not None and digest(found) == value

    def _write(self, kept: frozenset[str], only: str | None) -> Written:
        stale = sorted(
            path
            for path in self.ours.keys() - self._values.keys() - kept
            if only is None or belongs_to(path, only)
        )
        gone = frozenset(stale)
        removed = tuple(path for path in stale if self.stands(path))
        record = {path: value for path, value in self.ours.items() if path not in gone}
        record |= self._values
        if self._changed or record != self.ours:
            self._succession.finish(manifest_bytes(record), self._changed, removed)
        left = tuple(path for path in stale if _bytes_at(self._out / path) is not None)
        unchanged = sorted((self._values.keys() | kept) - {*self._changed})
        return Written(tuple(sorted(self._changed)), tuple(unchanged), removed, left)

    def _note(self, notes: Path, portions: Mapping[str, Portion]) -> None:
        record = _bytes_at(self._out / MANIFEST) or b""
        state = State(digest(record), {name: self._marked(one) for name, one in portions.items()})
        if state != self.state:
            with suppress(OSError):  # it only saves work
                put_whole(notes, state_bytes(state), folder_mode=OURS_ALONE)

    def _marked(self, portion: Portion) -> Portion:
        if portion.mark not in self._false_marks:
            return portion
        return replace(portion, mark=mark_of(portion.files, str(self._out)) or "")


@contextmanager
def publishing(out: Path, notes: Path | None = None) -> Iterator[Folder]:
    """Have a folder alone, made where it is missing; other publishers wait.

    What an earlier publisher left undone is finished first. Raises `OutputNotWritable`.
    """
    out = Path(os.path.realpath(out))
    with Turn(out) as turn:
        with refusing(out):
            turn.begin()
            _refuse_unwritable(out)
            recover(out)
        folder = Folder(out, turn, notes)
        try:
            yield folder
        finally:
            folder.leave()


def write_files(
    out: Path, files: Mapping[str, bytes], *, only: str | None = None, notes: Path | None = None
) -> Written:
    """Make the files of ours in `out` be exactly `files`, and report what that took.

    `only` limits the publication to the files of one group and those that speak of all groups;
    others of ours stay as they are. A reader sees the old publication or the new one, and a full
    disk changes nothing. A file that is not ours is neither overwritten nor removed. Publishers
    of one folder wait for one another. `notes` is as in `Folder`. Raises `OutputNotWritable`.
    """
    if only is not None:
        files = {path: data for path, data in files.items() if belongs_to(path, only)}
    with publishing(out, notes) as folder:
        for path, data in files.items():
            folder.put_bytes(path, data)
        return folder.write(only=only)


def _paths(path: str, content: Content) -> tuple[str, ...]:
    """Return the path of a file, and that of its compressed copy where it has one."""
    return (path, path + COMPRESSED) if is_worth_compressing(path, size(content)) else (path,)


def _refuse_unwritable(out: Path) -> None:
    # A folder that its owner has made read-only could be exchanged all the same.
    if not os.access(out, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))


def _refuse_stranger(out: Path, path: str, ours: Mapping[str, str]) -> None:
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
