"""What a driver's error means, in the words of `scheduler.store.faults`."""

import sqlite3

from scheduler.errors import InterimError
from scheduler.store.database.places import Place
from scheduler.store.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNotWritable,
    DatabaseUnreachable,
    NotAWorkspaceDatabase,
)

_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL, appendix A: lock_timeout ran out


def worded(error: BaseException | None, place: Place, patience: float) -> InterimError:
    """Return the exception that says what a driver's error means to the person who asked."""
    reason = str(error).strip().partition("\n")[0]
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind of error, the rest its variety.
        kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
        return _of_sqlite(kind, reason, place, patience)
    if getattr(error, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
        return DatabaseBusy(place.shown, patience)
    return DatabaseUnreachable(place.shown, reason)


def _of_sqlite(kind: int, reason: str, place: Place, patience: float) -> InterimError:
    match kind:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(place.shown, patience)
        case sqlite3.SQLITE_NOTADB:
            return NotAWorkspaceDatabase(place.shown, "its content is something else")
        case sqlite3.SQLITE_CANTOPEN:
            return _not_opened(reason, place)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return DatabaseNotWritable(place.shown, reason)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_ERROR:
            return DatabaseDamaged(place.shown, reason)
        case _:
            return DatabaseUnreachable(place.shown, reason)


def _not_opened(reason: str, place: Place) -> InterimError:
    """Tell the reasons apart for which SQLite says no more than "unable to open"."""
    try:
        if place.file is not None and place.file.is_dir():
            return NotAWorkspaceDatabase(place.shown, "it is a folder")
        if place.file is not None and not place.file.exists():
            return DatabaseMissing(place.shown)
    except OSError as error:
        return DatabaseNotWritable(place.shown, error.strerror or reason)
    return DatabaseNotWritable(place.shown, reason)
