"""Taking the steps, with alembic, in a transaction that somebody else opened."""

from collections.abc import Iterable
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def take_steps(connection: Connection, migrations: Path, version_table: str) -> None:
    """Take every step from the version that stands to the newest.

    There is no `env.py` and no `alembic.ini`: what they would say is said here.
    """
    scripts = ScriptDirectory(migrations, version_locations=[migrations / "versions"])

    def steps(versions: tuple[str, ...], _context: MigrationContext) -> Iterable[MigrationStep]:
        missing = list(scripts.iterate_revisions("heads", versions, implicit_base=True))
        for script in reversed(missing):
            yield MigrationStep.upgrade_from_script(scripts.revision_map, script)

    with EnvironmentContext(Config(), scripts) as environment:
        environment.configure(connection=connection, version_table=version_table, fn=steps)
        environment.run_migrations()
