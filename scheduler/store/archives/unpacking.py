"""Unpacking a backup that may be damaged, or made by somebody who means harm."""

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.store.archives.contents import (
    CONTENTS,
    DATABASE,
    LONGEST_CONTENTS,
    LONGEST_SMALL_FILE,
    MOST_FILES,
    WORKSPACE,
    Contents,
    Member,
    may_be_unpacked,
    read_contents,
)
from scheduler.store.archives.packing import CHUNK
from scheduler.store.faults import BackupRefused

_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


def unpack(file: Path, into: Path) -> Contents:
    """Write the files of a backup into a folder that stands and is empty, and return its contents.

    Every name, size and digest has to be what the list of contents says, and every member a plain
    file of ours. Raises `BackupRefused`; whoever called takes away what was written until then.
    """
    with _reading(file) as tar:
        contents = _contents(file, tar)
        awaited = dict(contents.files)
        while (member := tar.next()) is not None:
            expected = awaited.pop(member.name, None)
            if expected is None:
                raise BackupRefused(file, f"{member.name!a} is not in its list of contents")
            _check_plain(file, member, expected.size)
            _write(file, tar, member, expected, into)
        if awaited:
            raise BackupRefused(file, f"{min(awaited)!a} is missing")
        return contents


@contextmanager
def _reading(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        # "r:" takes nothing that is compressed, so that nothing grows when it is unpacked.
        with tarfile.open(file, mode="r:", errorlevel=2) as tar:
            yield tar
    except (tarfile.TarError, EOFError, UnicodeError) as fault:
        raise BackupRefused(file, f"it is damaged, or no tar ({fault})") from fault


def _contents(file: Path, tar: tarfile.TarFile) -> Contents:
    first = tar.next()
    if first is None or first.name != CONTENTS or first.size > LONGEST_CONTENTS:
        raise BackupRefused(file, "it does not begin with a list of contents")
    _check_plain(file, first, first.size)
    opened = tar.extractfile(first)
    try:
        contents = read_contents(opened.read() if opened else b"")
    except (ValueError, RecursionError) as fault:
        raise BackupRefused(file, str(fault)) from fault
    _check_names(file, contents)
    return contents


def _check_names(file: Path, contents: Contents) -> None:
    if len(contents.files) > MOST_FILES:
        raise BackupRefused(file, f"it has more than {MOST_FILES} files")
    for name, member in contents.files.items():
        if not may_be_unpacked(name):
            raise BackupRefused(file, f"{name!a} is no file of a workspace")
        if name != DATABASE and member.size > LONGEST_SMALL_FILE:
            raise BackupRefused(file, f"{name!a} is larger than {LONGEST_SMALL_FILE} octets")
    for name in (DATABASE, WORKSPACE):
        if name not in contents.files:
            raise BackupRefused(file, f"{name} is missing")


def _check_plain(file: Path, member: tarfile.TarInfo, size: int) -> None:
    if member.type not in _PLAIN or member.issparse():
        raise BackupRefused(file, f"{member.name!a} is no plain file")
    if member.size != size:
        raise BackupRefused(file, f"{member.name!a} has another size than was written")


def _write(
    file: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, expected: Member, into: Path
) -> None:
    to = into / member.name
    to.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    source = tar.extractfile(member)
    with to.open("xb") as out:
        to.chmod(0o600)
        while source and (chunk := source.read(CHUNK)):
            found.update(chunk)
            out.write(chunk)
    if found.hexdigest() != expected.sha256:
        raise BackupRefused(file, f"{member.name!a} is not as it was written")
