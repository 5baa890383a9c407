"""`recover`: a workspace from its backup, with sending paused until somebody has looked."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.actions.sending import pause_copy
from scheduler.errors import InterimError
from scheduler.intake.workspace_file import read_workspace
from scheduler.model.audit import Deed
from scheduler.model.moment import Instant
from scheduler.store.archives.contents import DATABASE, WORKSPACE, Contents
from scheduler.store.archives.unpacking import unpack
from scheduler.store.database.upkeep import check_file
from scheduler.store.faults import BackupRefused
from scheduler.store.protocol import Store

ROOM = ".interim-recovering"
_DATABASE_URL = re.compile(r"^(?=database_url\s*:)", re.MULTILINE)


class FolderNotEmpty(InterimError):
    """A backup was to be unpacked where something is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is not empty, and a backup is put over nothing; name a new or empty folder, "
            "and move its files to where they belong once you have looked at them"
        )


class FolderNotRecovered(InterimError):
    """A folder that a backup could not be unpacked into, or a file that could not be read."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        at = f"{cause.filename}: " if cause.filename else ""
        super().__init__(
            f"nothing was recovered into {folder}: {at}{cause.strerror or cause}; name a backup "
            "that can be read, and a folder that can be written and has room"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A workspace that stands again, as it was when its backup was made."""

    folder: Path
    made: str
    files: int
    database_was_elsewhere: bool


def recover(
    file: Path, folder: Path, open_database: Callable[[Path], Store], *, who: str, now: Instant
) -> Recovered:
    """Unpack a backup into a new or empty folder; all of it, or nothing.

    Sending is paused in it, for letters that went out after the backup are unknown to it. Where
    its settings named a database elsewhere, that line is commented out: the living one is not
    this one's. Raises `FolderNotEmpty`, `FolderNotRecovered`, `BackupRefused`, or what opening
    the database does.
    """
    try:
        with _room_in(folder) as room:
            contents = unpack(file, room)
            check_file(room / DATABASE)
            elsewhere = _keep_to_its_own_database(file, room / WORKSPACE)
            _pause(open_database(room / DATABASE), file, contents, who, now)
            _move_out(room, folder)
    except OSError as cause:
        raise FolderNotRecovered(folder, cause) from cause
    return Recovered(
        folder=folder,
        made=contents.made,
        files=len(contents.files),
        database_was_elsewhere=elsewhere,
    )


@contextmanager
def _room_in(folder: Path) -> Iterator[Path]:
    """Give a room in a folder that holds nothing else; what is left in it goes with it."""
    fresh = not folder.exists()
    if not fresh and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    room = folder / ROOM
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room)
        if fresh and not any(folder.iterdir()):
            folder.rmdir()


def _keep_to_its_own_database(file: Path, settings: Path) -> bool:
    """Let the settings name no database elsewhere; tell whether they did."""
    if not _names_a_database(file, settings):
        return False
    text = settings.read_text(encoding="utf-8")
    settings.write_text(_DATABASE_URL.sub("# ", text), encoding="utf-8")
    if _names_a_database(file, settings):
        raise BackupRefused(file, f"its {WORKSPACE} names another database")
    return True


def _names_a_database(file: Path, settings: Path) -> bool:
    try:
        return read_workspace(settings).database_url is not None
    except InterimError as fault:
        raise BackupRefused(file, f"its {WORKSPACE} cannot be read ({fault})") from fault


def _pause(store: Store, file: Path, contents: Contents, who: str, now: Instant) -> None:
    with store.writing() as memory:
        pause_copy(memory, contents.made, who, now)
        details = {"file": file.name, "made": contents.made}
        memory.record(Deed(verb="recover", who=who, at=now, details=details))


def _move_out(room: Path, folder: Path) -> None:
    """Move everything to its place; the settings come last, as the mark of a workspace."""
    for path in sorted(room.iterdir(), key=lambda path: path.name == WORKSPACE):
        path.rename(folder / path.name)
