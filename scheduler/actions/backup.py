"""`backup`: a whole workspace in one file, while others go on working."""

from collections.abc import Callable
from pathlib import Path

from scheduler.actions.audit import remember_backup
from scheduler.actions.sending import pause_copy
from scheduler.errors import InterimError
from scheduler.model.audit import UNNAMED, AuditRow, Deed
from scheduler.model.moment import Instant
from scheduler.store.archives.contents import DATABASE
from scheduler.store.archives.packing import folder_beside, pack, put_in_place, workspace_files
from scheduler.store.protocol import Store


class BackupExists(InterimError):
    """A file stands where a backup was to be written."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is there already and was left as it is; name another file, or write over it "
            "with --force"
        )


class BackupNotWritten(InterimError):
    """A backup that could not be written."""

    def __init__(self, file: Path, cause: OSError) -> None:
        super().__init__(
            f"no backup was written to {file}: {cause.strerror or cause}; name a file in a folder "
            "that is there, can be written and has room"
        )


def backup(
    store: Store,
    workspace: Path,
    file: Path,
    open_copy: Callable[[Path], Store],
    *,
    force: bool,
    who: str = UNNAMED,
    now: Instant,
    older: bool = False,
) -> AuditRow | None:
    """Write the database, the settings and the groups of a workspace into one file.

    The file is whole or not there, and for its owner alone. In it sending is paused, however it is
    opened; `open_copy` opens a database and leaves nothing beside it. Returns the newest row of the
    audit that is surely in it. Of an `older` schema, which need not have an audit, nothing is asked
    and nothing is recorded in it, so that the program that wrote it can open the copy. Raises
    `BackupExists`, `BackupNotWritten`, or what `Store.copy_to` does.
    """
    if file.exists() and not force:
        raise BackupExists(file)
    head = None if older else _head(store)
    try:
        with folder_beside(file) as room:
            copy, made = room / DATABASE, room / "backup"
            store.copy_to(copy)
            with open_copy(copy).writing() as memory:
                pause_copy(memory, str(now), who, now)
            newest = (head.number, head.digest) if head else None
            pack(made, copy, workspace_files(workspace), made=str(now), head=newest)
            put_in_place(made, file, force=force)
    except FileExistsError:
        raise BackupExists(file) from None
    except OSError as cause:
        raise BackupNotWritten(file, cause) from cause
    if not older:
        _record(store, file, head, who, now)
    return head


def _head(store: Store) -> AuditRow | None:
    with store.reading() as memory:
        return memory.audit_head()


def _record(store: Store, file: Path, head: AuditRow | None, who: str, now: Instant) -> None:
    with store.writing() as memory:
        remember_backup(memory, head, now)
        details = {"file": file.name, "head": head.number if head else 0}
        memory.record(Deed(verb="backup", who=who, at=now, details=details))
