"""The schema's versions: making it, recognising it, and bringing an older one up.

Each change of version is one transaction, so that whoever is killed meanwhile leaves the old
schema or the new one, whole.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from scheduler.store.engines import Database
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
        if _versions(connection):
            raise DatabaseExists(database.place.shown)
        others = inspect(connection).get_table_names()
        if others:
            raise NotAWorkspaceDatabase(
                database.place.shown, f"it holds tables of another program ({min(others)})"
            )
        _upgrade(connection, _scripts(migrations))


def bring_up(database: Database, migrations: Path = MIGRATIONS) -> None:
    """Bring an older schema up to the newest version; a newest one is only looked at.

    Raises `NotAWorkspaceDatabase` where there is none, `DatabaseTooNew` where its version is
    later than ours.
    """
    scripts = _scripts(migrations)
    with database.transaction(writing=False) as connection:
        if _is_newest(connection, database, scripts):
            return
    with database.transaction(writing=True) as connection:
        # Another process may have been faster.
        if not _is_newest(connection, database, scripts):
            _upgrade(connection, scripts)


@cache
def _scripts(migrations: Path) -> ScriptDirectory:
    return ScriptDirectory(migrations, version_locations=[migrations / "versions"])


def _versions(connection: Connection) -> tuple[str, ...]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_heads()


def _is_newest(connection: Connection, database: Database, scripts: ScriptDirectory) -> bool:
    versions = _versions(connection)
    if not versions:
        raise NotAWorkspaceDatabase(database.place.shown, "it has none of its tables")
    known = {script.revision for script in scripts.walk_revisions()}
    newest = scripts.get_current_head() or ""
    for version in versions:
        if version not in known:
            raise DatabaseTooNew(database.place.shown, version, newest)
    return versions == (newest,)


def _upgrade(connection: Connection, scripts: ScriptDirectory) -> None:
    """Take every step from the version that stands to the newest, in the caller's transaction."""

    def steps(versions: tuple[str, ...], _context: MigrationContext) -> Iterable[MigrationStep]:
        missing = list(scripts.iterate_revisions("heads", versions, implicit_base=True))
        for script in reversed(missing):
            yield MigrationStep.upgrade_from_script(scripts.revision_map, script)

    with EnvironmentContext(Config(), scripts) as environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE, fn=steps)
        environment.run_migrations()
