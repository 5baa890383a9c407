"""Packing a workspace into one file, which is whole or not there."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scheduler.store.archives.contents import (
    CONTENTS,
    DATABASE,
    GROUPS,
    LONGEST_SMALL_FILE,
    WORKSPACE,
    Contents,
    Member,
    may_be_unpacked,
    write_contents,
)
from scheduler.store.faults import UnfitForBackup

CHUNK = 1024 * 1024


def workspace_files(folder: Path) -> Mapping[str, bytes]:
    """Return the settings of a workspace and the files of its groups, by their names in a backup.

    They are read at once, so that what is packed is what its list of contents says. Raises
    `UnfitForBackup` for what could not be unpacked again.
    """
    found = {WORKSPACE: folder / WORKSPACE}
    for path in sorted((folder / GROUPS).rglob("*")):
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = path
    for name, path in found.items():
        if not may_be_unpacked(name):
            raise UnfitForBackup(name, "its name cannot stand in a backup")
        if path.stat().st_size > LONGEST_SMALL_FILE:
            raise UnfitForBackup(name, f"it is larger than {LONGEST_SMALL_FILE} octets")
    return {name: path.read_bytes() for name, path in found.items()}


def pack(
    to: Path, database: Path, files: Mapping[str, bytes], *, made: str, head: tuple[int, str] | None
) -> None:
    """Write a new file `to`, for its owner alone, with a copy of the database and other files."""
    members = {name: Member(len(data), _sha256(io.BytesIO(data))) for name, data in files.items()}
    with database.open("rb") as copy:
        members[DATABASE] = Member(database.stat().st_size, _sha256(copy))
        copy.seek(0)
        contents = write_contents(Contents(made=made, head=head, files=members))
        with open(to, "xb", opener=_for_the_owner) as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                _add(tar, CONTENTS, io.BytesIO(contents), len(contents))
                _add(tar, DATABASE, copy, members[DATABASE].size)
                for name, data in files.items():
                    _add(tar, name, io.BytesIO(data), len(data))
            out.flush()
            os.fsync(out.fileno())


@contextmanager
def folder_beside(file: Path) -> Iterator[Path]:
    """Give a folder on the disk of a file, for its owner alone, that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
        yield Path(folder)


def put_in_place(made: Path, file: Path, *, force: bool) -> None:
    """Give a finished file its name; raises `FileExistsError` where one has it, unless `force`."""
    if force:
        made.replace(file)
        return
    try:
        file.hardlink_to(made)  # unlike a rename, this never takes the place of another
    except FileExistsError:
        raise
    except OSError:  # a disk without second names, such as many that are carried around
        file.touch(mode=0o600, exist_ok=False)
        made.replace(file)


def _add(tar: tarfile.TarFile, name: str, data: io.BufferedIOBase, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, data)


def _sha256(data: io.BufferedIOBase) -> str:
    found = hashlib.sha256()
    while chunk := data.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
