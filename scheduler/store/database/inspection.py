"""What a database says of itself, to somebody who only looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Connection

from scheduler.model.moment import Instant
from scheduler.store.database.engines import Database
from scheduler.store.database.schema import known_versions, version_of

_OF_SQLITE = ("synchronous", "journal_mode", "foreign_keys")
_OF_POSTGRESQL = ("synchronous_commit", "fsync")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    """The version of a database's schema, the newest one, and the settings that keep it whole.

    `clock` is the time of a database's server, None where there is no server.
    """

    version: str
    newest: str
    settings: Mapping[str, object]
    clock: Instant | None = None


def inspect_database(database: Database) -> DatabaseState:
    """Return the state of a database, which is left as it is.

    Raises `NotAWorkspaceDatabase`, `DatabaseTooNew`, or that it cannot be reached.
    """
    with database.transaction(writing=False) as connection:
        version = version_of(connection, database)
        on_server = database.place.file is None
        found = _settings(connection, on_server=on_server)
        clock = _clock(connection) if on_server else None
    return DatabaseState(version=version, newest=known_versions()[-1], settings=found, clock=clock)


def _settings(connection: Connection, *, on_server: bool) -> Mapping[str, object]:
    word, names = ("SHOW", _OF_POSTGRESQL) if on_server else ("PRAGMA", _OF_SQLITE)
    return {name: connection.exec_driver_sql(f"{word} {name}").scalar() for name in names}


def _clock(connection: Connection) -> Instant:
    # What now() says is the time at which the transaction began.
    told = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return Instant(told.astimezone(UTC).replace(microsecond=0))
