"""New files under passing names, until all of them are written and can take their places."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from scheduler.errors import InterimError

_SECOND = 1_000_000_000


class OutputNotWritable(InterimError):
    """A folder that cannot be published into; nothing in it was changed."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(
            f"cannot publish to {path}: {cause}; move it out of the way, make it writable or "
            "make room, or name another folder"
        )


@contextmanager
def refusing(out: Path) -> Iterator[None]:
    """Turn what the file system says against writing below `out` into `OutputNotWritable`."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        culprit = Path(error.filename or out)
        raise OutputNotWritable(culprit, "a file stands where a folder is needed") from error
    except OSError as error:
        culprit = Path(error.filename or out)
        raise OutputNotWritable(culprit, error.strerror or str(error)) from error


@dataclass(frozen=True, slots=True)
class Staged:
    """Files that are written and wait under passing names."""

    places: tuple[tuple[Path, Path], ...]

    def put(self) -> None:
        """Give every file its place; each appears whole, in place of what stood there."""
        for passing, target in self.places:
            passing.replace(target)


class Staging:
    """The files and folders made on the way to a publication, taken back if it fails."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._passing: list[Path] = []
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        for passing in self._passing:
            passing.unlink(missing_ok=True)
        if kind is None:
            return
        for folder in reversed(self._folders):
            if not any(folder.iterdir()):
                folder.rmdir()

    def stage(self, files: Mapping[str, bytes]) -> Staged:
        """Write files for paths below the folder under passing names; raises `OSError`."""
        return Staged(
            tuple(
                (self._write(self._out / path, data), self._out / path)
                for path, data in files.items()
            )
        )

    def _write(self, target: Path, data: bytes) -> Path:
        self._make_folder(target.parent)
        # No fsync: what a power cut takes, the next publication finds changed and writes again.
        passing = target.with_name(f".{target.name}.{os.getpid()}-{len(self._passing)}.new")
        self._passing.append(passing)
        passing.write_bytes(data)
        _keep_time_rising(passing, target)
        return passing

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir()
        self._folders.append(folder)


def _keep_time_rising(passing: Path, target: Path) -> None:
    """Let every version of a file be of another second, the finest that HTTP can tell apart."""
    if not target.exists():
        return
    last = target.stat().st_mtime_ns // _SECOND
    if passing.stat().st_mtime_ns // _SECOND <= last:
        os.utime(passing, ns=((last + 1) * _SECOND, (last + 1) * _SECOND))
