"""What is done to a whole database and not within it: copying it, and leaving no traces in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scheduler.store.database.driver_errors import worded
from scheduler.store.database.engines import Database
from scheduler.store.database.places import Place
from scheduler.store.faults import DatabaseBusy, DatabaseDamaged, NoCopyOfServer

WHOLE = "ok"


def copy_database(database: Database, to: Path) -> None:
    """Copy a SQLite database into a new file while others write, and check the copy.

    The copy is one state: what a transaction had not committed by then is not in it. Raises
    `NoCopyOfServer` for a database of another kind, `DatabaseDamaged` for a copy with faults.
    """
    if database.place.file is None:
        raise NoCopyOfServer(database.place.shown)
    with _opened(database) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        # A file alone: no log beside it that would have to be taken along.
        copy.execute("PRAGMA journal_mode=DELETE")
    check_file(to)


def check_file(file: Path) -> None:
    """Raise `DatabaseDamaged` unless a SQLite file is whole; nothing is written beside it."""
    shown = Place(shown=file.name, file=file)
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            (found,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise worded(error, shown, 0) from error
    if found != WHOLE:
        raise DatabaseDamaged(shown.shown, str(found))


def scrub(database: Database) -> None:
    """Leave nothing in the files of what was deleted.

    SQLite only marks it as free: the file is written anew, and its log emptied. Raises
    `DatabaseBusy` where a reader does not finish in time. PostgreSQL is told to clear away what
    it can; when it does, it decides itself.
    """
    if database.place.file is None:
        with database.writer.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
        return
    with _opened(database) as opened:
        opened.execute("PRAGMA secure_delete=ON")
        opened.execute("VACUUM")
        (busy, _, _) = opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DatabaseBusy(database.place.shown, database.patience)


@contextmanager
def _opened(database: Database) -> Iterator[sqlite3.Connection]:
    """Open a SQLite file outside of any transaction; its faults become ours."""
    try:
        with closing(database.writer.raw_connection()) as raw:
            connection = raw.driver_connection
            if not isinstance(connection, sqlite3.Connection):
                raise TypeError("no SQLite connection")
            yield connection
    except sqlite3.Error as error:
        raise worded(error, database.place, database.patience) from error
