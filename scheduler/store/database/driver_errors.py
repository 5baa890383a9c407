"""What a driver's error means, in the words of `scheduler.store.faults`."""

import re
import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from scheduler.errors import InterimError
from scheduler.store.database.places import Place
from scheduler.store.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNotWritable,
    DatabaseRightsMissing,
    DatabaseUnreachable,
    NotAWorkspaceDatabase,
    UnfitDatabaseUrl,
)

# What PostgreSQL says of a lock, a user or a schema; codes as in its appendix A.
_LOCK_NOT_AVAILABLE = "55P03"  # lock_timeout ran out
_INSUFFICIENT_PRIVILEGE = "42501"
_READ_ONLY_TRANSACTION = "25006"
_UNDEFINED_TABLE = "42P01"
_UNDEFINED_COLUMN = "42703"
_DISK_FULL = "53100"
# The library of PostgreSQL has no code for it: `invalid sslmode value: "maybe"`.
_VALUE_REFUSED = re.compile(r'invalid \w+ value: "')
_MAKE_ROOM = "see that its disk works and has room"
_OF_THE_SERVER = {_INSUFFICIENT_PRIVILEGE, _UNDEFINED_TABLE, _UNDEFINED_COLUMN}


def is_mistake_of_ours(error: DBAPIError) -> bool:
    """Tell a statement that this program should not have made from a fault of the database.

    PostgreSQL calls it the same mistake where a table is not there or may not be used, and its
    driver where a connection was to be made with words that it does not know.
    """
    if _is_of_the_url(error.orig) and error.statement is None:
        return False
    if getattr(error.orig, "sqlstate", None) in _OF_THE_SERVER:
        return False
    return isinstance(error, DataError | IntegrityError | ProgrammingError)


def _is_of_the_url(error: BaseException | None) -> bool:
    """Tell whether a server's driver, before it asked anybody, found no sense in the URL."""
    if isinstance(error, sqlite3.Error) or getattr(error, "sqlstate", None) is not None:
        return False
    return type(error).__name__ == "ProgrammingError" or bool(_VALUE_REFUSED.search(str(error)))


def worded(error: BaseException | None, place: Place, patience: float) -> InterimError:
    """Return the exception that says what a driver's error means to the person who asked."""
    reason = str(error).strip().partition("\n")[0]
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind of error, the rest its variety.
        kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
        return _of_sqlite(kind, reason, place, patience)
    if _is_of_the_url(error):
        return UnfitDatabaseUrl(place.shown, reason)
    return _of_server(getattr(error, "sqlstate", None), reason, place, patience)


def _of_server(code: str | None, reason: str, place: Place, patience: float) -> InterimError:
    if code == _LOCK_NOT_AVAILABLE:
        return DatabaseBusy(place.shown, patience)
    if code in (_INSUFFICIENT_PRIVILEGE, _READ_ONLY_TRANSACTION):
        return DatabaseRightsMissing(place.shown, reason)
    if code in (_UNDEFINED_TABLE, _UNDEFINED_COLUMN):
        return DatabaseDamaged(place.shown, reason)
    if code == _DISK_FULL:
        return DatabaseUnreachable(place.shown, reason, _MAKE_ROOM)
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
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return DatabaseUnreachable(place.shown, reason, _MAKE_ROOM)
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
