"""Connections to a database, with the same transactions on each kind: snapshots to read from,
one writer at a time.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, Pool, QueuePool, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError

from scheduler.store.database.driver_errors import is_mistake_of_ours, worded
from scheduler.store.database.places import Place
from scheduler.store.faults import DatabaseDriverMissing, TextWithNul

# A number of our own, so that no other program's advisory locks are in the way.
_WRITERS_LOCK = 0x494E5452


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database that can be entered; `patience` is how many seconds a lock is waited for."""

    place: Place
    patience: float
    reader: Engine
    writer: Engine
    driver: sqlite3.Connection | None = None

    @contextmanager
    def transaction(self, *, writing: bool) -> Iterator[Connection]:
        """Enter one transaction, committed unless the block raises.

        A fault of the database becomes one of `scheduler.store.faults`; a mistake of ours in a
        statement stays what it is.
        """
        engine = self.writer if writing else self.reader
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            if is_mistake_of_ours(error):
                raise
            raise worded(error.orig, self.place, self.patience) from error
        except sqlite3.Error as error:  # of `_begin_sqlite`
            raise worded(error, self.place, self.patience) from error

    @contextmanager
    def kept_open(self) -> Iterator["Database"]:
        """Yield the same database, all of whose transactions are held over one connection."""
        kept = database_at(self.place, self.patience, QueuePool)
        try:
            yield replace(kept, driver=_driver(kept))
        finally:
            kept.writer.dispose()

    def changes_of_others(self) -> int | None:
        """Return a number that is another one once somebody else has changed anything.

        None for a database that has no such number, or whose connection is not kept open.
        """
        if self.driver is None:
            return None
        try:
            (number,) = self.driver.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error as error:
            raise worded(error, self.place, self.patience) from error
        return int(number)


def database_at(place: Place, patience: float, pool: type[Pool] = NullPool) -> Database:
    """Return the database at a place; nothing is opened yet."""
    if place.file is not None:
        engine = _sqlite_engine(place.file, patience, pool)
        event.listen(engine, "before_cursor_execute", _refuse_nul)
        writer = engine.execution_options(writing=True)
        return Database(place=place, patience=patience, reader=engine, writer=writer)
    return _postgresql(place, patience, pool)


def use_write_ahead_log(database: Database) -> None:
    """Let readers of a SQLite file go on while somebody writes; kept in the file for good.

    Not part of a transaction, and so asked for once the file is known to be ours.
    """
    if database.place.file is None:
        return
    raw = database.writer.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise worded(error, database.place, database.patience) from error
    finally:
        raw.close()


def _driver(database: Database) -> sqlite3.Connection | None:
    """Return the driver's own connection of a database that is kept open, None for a server."""
    if database.place.file is None:
        return None
    try:
        raw = database.writer.raw_connection()
    except sqlite3.Error as error:
        raise worded(error, database.place, database.patience) from error
    driver = raw.driver_connection
    raw.close()  # that is, given back
    return driver if isinstance(driver, sqlite3.Connection) else None


def _sqlite_engine(file: Path, patience: float, pool: type[Pool]) -> Engine:
    # mode=rw: a file that went away is missed, never silently made anew.
    uri = f"file:{quote(os.fsencode(file))}?mode=rw"

    def connect() -> sqlite3.Connection:
        # isolation_level=None: the driver opens and commits nothing by itself, not even
        # around DDL; `_begin_sqlite` does.
        return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=pool,
        pool_reset_on_return=None,  # every transaction has ended by then
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: a writer waits for its turn here, and cannot fail half-way for want of it.
    writing = connection.get_execution_options().get("writing")
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(place: Place, patience: float, pool: type[Pool]) -> Database:
    engine = _postgresql_engine(place, patience, pool)
    event.listen(engine, "before_cursor_execute", _refuse_nul)
    writer = engine.execution_options(writing=True)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    event.listen(writer, "begin", _wait_for_turn)
    return Database(place=place, patience=patience, reader=reader, writer=writer)


def _postgresql_engine(place: Place, patience: float, pool: type[Pool]) -> Engine:
    url = place.url or URL.create("postgresql+psycopg")
    asked = url.query.get("options", "")  # such as a search_path; what is given here replaces it
    options = f"{asked} -c lock_timeout={_milliseconds(patience)}"
    words = {"connect_timeout": url.query.get("connect_timeout", "10"), "options": options}
    try:
        return create_engine(
            url,
            poolclass=pool,
            # a connection that was kept may have ended meanwhile
            pool_pre_ping=pool is not NullPool,
            hide_parameters=True,
            connect_args=words,
        )
    except ImportError:  # also where psycopg is there, and the library of PostgreSQL is not
        raise DatabaseDriverMissing(place.shown, "psycopg") from None


def _milliseconds(seconds: float) -> int:
    # Never 0: PostgreSQL takes that for "wait for ever".
    return max(1, round(seconds * 1000))


def _wait_for_turn(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _WRITERS_LOCK})


def _refuse_nul(
    _connection: Connection,
    _cursor: DBAPICursor,
    _statement: str,
    parameters: Any,
    _context: object,
    many: bool,
) -> None:
    # SQLite would take it, and the day that the store moves to PostgreSQL it would be lost.
    for row in parameters if many else [parameters]:
        for value in row.values() if isinstance(row, Mapping) else row:
            if isinstance(value, str) and "\0" in value:
                raise TextWithNul(value)
