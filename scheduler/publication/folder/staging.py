"""New files in a folder where nobody looks yet, until all of them are written."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import FileIO
from pathlib import Path

from scheduler.errors import InterimError

OURS_ALONE = 0o700
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


def stage(folder: Path, path: str, parts: Iterable[bytes], out: Path) -> str:
    """Write a file for a path below `out` into `folder` instead; return its digest.

    Raises `OSError`.
    """
    staged = folder / path
    if not staged.parent.is_dir():
        staged.parent.mkdir(parents=True, exist_ok=True)
    found = sha256()
    # No fsync: what a power cut takes, the next publication finds changed and writes again.
    with staged.open("wb", buffering=0) as file:
        for part in parts:
            found.update(part)
            _write(file, part)
    _keep_time_rising(staged, out / path)
    return found.hexdigest()


def _write(file: FileIO, part: bytes) -> None:
    done = file.write(part)
    while done < len(part):
        done += file.write(memoryview(part)[done:])


def put_whole(path: Path, data: bytes, *, folder_mode: int = 0o777) -> None:
    """Write one file under a passing name first, and make its folder; raises `OSError`."""
    path.parent.mkdir(mode=folder_mode, parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        passing.write_bytes(data)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def _keep_time_rising(staged: Path, target: Path) -> None:
    """Let every version of a file be of another second, the finest that HTTP can tell apart."""
    if not target.exists():
        return
    last = target.stat().st_mtime_ns // _SECOND
    if staged.stat().st_mtime_ns // _SECOND <= last:
        os.utime(staged, ns=((last + 1) * _SECOND, (last + 1) * _SECOND))
