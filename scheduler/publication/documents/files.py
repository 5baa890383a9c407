"""A document in its file: whole or not at all, and nobody's file is lost unasked."""

from pathlib import Path

from scheduler.errors import InterimError
from scheduler.publication.folder.staging import put_whole


class FileStands(InterimError):
    """A document that would take the place of another file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} stands already and is not the same; write it over with --force, "
            "or name another file with --out"
        )


class FileNotWritable(InterimError):
    """A document that cannot be written where it should be."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(f"cannot write {path}: {cause}; name another file with --out")


def put(path: Path, data: bytes, *, force: bool) -> bool:
    """Write a file at once; False, and nothing is done, where it is there with these bytes.

    Raises `FileStands` where another is there, unless `force`, and `FileNotWritable`.
    """
    try:
        if path.exists():
            if path.read_bytes() == data:
                return False
            if not force:
                raise FileStands(path)
        put_whole(path, data)
    except OSError as fault:
        raise FileNotWritable(path, fault.strerror or str(fault)) from fault
    return True
