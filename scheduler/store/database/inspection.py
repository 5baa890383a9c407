"""What a database says of itself, to somebody who only looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from scheduler.store.database.engines import Database
from scheduler.store.database.schema import known_versions, version_of

_OF_SQLITE = ("synchronous", "journal_mode", "foreign_keys")
_OF_POSTGRESQL = ("synchronous_commit", "fsync")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    """The version of a database's schema, the newest one, and the settings that keep it whole."""

    version: str
    newest: str
    settings: Mapping[str, object]


def inspect_database(database: Database) -> DatabaseState:
    """Return the state of a database, which is left as it is.

    Raises `NotAWorkspaceDatabase`, `DatabaseTooNew`, or that it cannot be reached.
    """
    with database.transaction(writing=False) as connection:
        version = version_of(connection, database)
        found = _settings(connection, on_server=database.place.file is None)
    return DatabaseState(version=version, newest=known_versions()[-1], settings=found)


def _settings(connection: Connection, *, on_server: bool) -> Mapping[str, object]:
    word, names = ("SHOW", _OF_POSTGRESQL) if on_server else ("PRAGMA", _OF_SQLITE)
    return {name: connection.exec_driver_sql(f"{word} {name}").scalar() for name in names}
