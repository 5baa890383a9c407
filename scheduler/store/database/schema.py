"""The schema's versions: making it, recognising it, and bringing an older one up.

Each change of version is one transaction, so that whoever is killed meanwhile leaves the old
schema or the new one, whole. A version is the number in a migration's file name; alembic is
loaded only where there is something to change, for it takes longer than most commands do.
"""

from pathlib import Path

from sqlalchemy import Connection, Text, column, inspect, select, table

from scheduler.store.database.engines import Database
from scheduler.store.faults import DatabaseExists, DatabaseTooNew, NotAWorkspaceDatabase

# A name of our own: `alembic_version` could be another program's.
VERSION_TABLE = "interim_schema"
MIGRATIONS = Path(__file__).parent / "migrations"


def make_schema(database: Database, migrations: Path = MIGRATIONS) -> None:
    """Make the newest schema in an empty database.

    Raises `DatabaseExists` where it stands already, `NotAWorkspaceDatabase` where there are
    other tables.
    """
    with database.transaction(writing=True) as connection:
        if _version(connection):
            raise DatabaseExists(database.place.shown)
        others = inspect(connection).get_table_names()
        if others:
            raise NotAWorkspaceDatabase(
                database.place.shown, f"it holds tables of another program ({min(others)})"
            )
        _migrate(connection, migrations)


def bring_up(database: Database, migrations: Path = MIGRATIONS) -> None:
    """Bring an older schema up to the newest version; a newest one is only looked at.

    Raises `NotAWorkspaceDatabase` where there is none, `DatabaseTooNew` where its version is
    later than ours.
    """
    with database.transaction(writing=False) as connection:
        if _is_newest(connection, database, migrations):
            return
    with database.transaction(writing=True) as connection:
        # Another process may have been faster.
        if not _is_newest(connection, database, migrations):
            _migrate(connection, migrations)


def known_versions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return the versions that there are migrations to, oldest first."""
    names = [path.name for path in (migrations / "versions").glob("v*.py")]
    return tuple(sorted(name[1:].partition("_")[0] for name in names))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    number = select(column("version_num", Text)).select_from(table(VERSION_TABLE))
    return connection.execute(number).scalar()


def version_of(connection: Connection, database: Database, migrations: Path = MIGRATIONS) -> str:
    """Return the version of a schema of ours.

    Raises `NotAWorkspaceDatabase` where there is none, `DatabaseTooNew` where its version is
    later than ours.
    """
    version = _version(connection)
    if version is None:
        raise NotAWorkspaceDatabase(database.place.shown, "it has none of its tables")
    known = known_versions(migrations)
    if version not in known:
        raise DatabaseTooNew(database.place.shown, version, known[-1])
    return version


def _is_newest(connection: Connection, database: Database, migrations: Path) -> bool:
    return version_of(connection, database, migrations) == known_versions(migrations)[-1]


def _migrate(connection: Connection, migrations: Path) -> None:
    from scheduler.store.database.migrations.steps import take_steps

    take_steps(connection, migrations, VERSION_TABLE)
