"""The schema's versions, and what an interrupted change of version leaves."""

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from scheduler.model.contribution import Contribution
from scheduler.store.database.engines import Database, database_at
from scheduler.store.database.places import read_place, sqlite_url
from scheduler.store.database.schema import (
    MIGRATIONS,
    VERSION_TABLE,
    bring_up,
    known_versions,
    make_schema,
)
from scheduler.store.faults import DatabaseTooNew, NotAWorkspaceDatabase
from scheduler.store.memory.tables import metadata
from scheduler.store.sql import create, open_store

ROOT = Path(__file__).parent.parent.parent.parent
NEWEST = known_versions()[-1]
NEXT_STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{NEWEST}"


def upgrade() -> None:
    op.create_table("rooms", sa.Column("name", sa.Text, primary_key=True))
    op.execute("INSERT INTO rooms SELECT value FROM facts")
    op.add_column("facts", sa.Column("unit", sa.Text))
    op.execute("DELETE FROM facts")
"""

CONTRIBUTION = Contribution(
    group="RG-X", id="TSAG-TD7", document_group="TSAG", series="TD", number=7
)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a later version of the program."""
    folder = tmp_path / "later"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "v9001_rooms.py").write_text(NEXT_STEP)
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of today's version, with something in it."""
    file = tmp_path / "old.sqlite"
    with create(sqlite_url(file)).writing() as memory:
        memory.remember("hall", "B")
    return file


def database(file: Path) -> Database:
    return database_at(read_place(sqlite_url(file)), 30)


def ask(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def state(file: Path) -> tuple[object, ...]:
    """Which version a file says it has, and what of that version is there."""
    version = ask(file, f"SELECT version_num FROM {VERSION_TABLE}")
    tables = {name for (name,) in ask(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    facts = ask(file, "SELECT name FROM facts")
    columns = ask(file, "SELECT name FROM pragma_table_info('facts')")
    return version, "rooms" in tables, facts, columns


OLD = ([(NEWEST,)], False, [("hall",)], [("name",), ("value",)])
NEW = ([("9001",)], True, [], [("name",), ("value",), ("unit",)])


def test_the_migrations_lead_to_the_tables(old: Path) -> None:
    with database(old).transaction(writing=False) as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_versions_are_numbered_alike_in_names_and_migrations() -> None:
    scripts = ScriptDirectory(MIGRATIONS, version_locations=[MIGRATIONS / "versions"])
    steps = [script.revision for script in scripts.walk_revisions()]
    assert known_versions() == tuple(reversed(steps))


def test_opening_what_is_newest_does_without_the_migrations_library(old: Path) -> None:
    program = (
        "import sys; from scheduler.store.sql import open_store; "
        "open_store(sys.argv[1]); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, sqlite_url(old)], cwd=ROOT, check=True)


def test_an_older_schema_is_brought_up_with_what_it_holds(old: Path, later: Path) -> None:
    bring_up(database(old), later)
    assert state(old) == NEW
    assert ask(old, "SELECT name FROM rooms") == [("B",)]


@pytest.mark.parametrize("version", known_versions()[:-1])
def test_a_database_of_each_earlier_version_is_brought_up(tmp_path: Path, version: str) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(MIGRATIONS, earlier)
    for step in (earlier / "versions").glob("v*.py"):
        if step.name[1:].partition("_")[0] > version:
            step.unlink()
    file = tmp_path / "earlier.sqlite"
    file.touch()
    make_schema(database(file), earlier)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO facts VALUES ('hall', 'B')")
    with open_store(sqlite_url(file)).writing() as memory:
        assert memory.recall("hall") == "B"
        memory.save_contribution(CONTRIBUTION)
        assert memory.contributions("RG-X") == (CONTRIBUTION,)
    with database(file).transaction(writing=False) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_a_schema_that_is_newest_is_only_looked_at(old: Path) -> None:
    before = old.read_bytes()
    bring_up(database(old))
    assert old.read_bytes() == before


def test_what_a_later_version_brought_up_is_refused_by_this_one(old: Path, later: Path) -> None:
    bring_up(database(old), later)
    with pytest.raises(DatabaseTooNew, match=rf"version 9001 .* up to {NEWEST}"):
        open_store(sqlite_url(old))


def test_two_that_bring_up_at_once_do_it_once(old: Path, later: Path) -> None:
    with ThreadPoolExecutor(2) as rivals:
        list(rivals.map(lambda _: bring_up(database(old), later), range(2)))
    assert state(old) == NEW
    assert ask(old, "SELECT name FROM rooms") == [("B",)]


KILL_AT_EVERY_STATEMENT = """
import os, shutil, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
import scheduler.store.database.migrations.steps  # once, for all children
from scheduler.store.database.engines import database_at
from scheduler.store.database.places import read_place, sqlite_url
from scheduler.store.database.schema import bring_up
from scheduler.store.sql import create

folder, start, migrations = (Path(argument) for argument in sys.argv[1:])
left = 0

def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", count)
event.listen(Engine, "after_cursor_execute", count)
event.listen(Engine, "commit", count)

def change(file):
    if start.exists():
        shutil.copy(start, file)
        bring_up(database_at(read_place(sqlite_url(file)), 30), migrations)
    else:
        create(sqlite_url(file))

for moment in range(1, 1000):
    child = os.fork()
    if child == 0:
        left = moment
        change(folder / f"{moment:03}.sqlite")
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def kill_at_every_statement(folder: Path, start: Path, migrations: Path) -> list[Path]:
    """Give the files left by one killed process per statement, and by one that lived."""
    folder.mkdir()
    arguments = [str(folder), str(start), str(migrations)]
    subprocess.run(
        [sys.executable, "-c", KILL_AT_EVERY_STATEMENT, *arguments], cwd=ROOT, check=True
    )
    return sorted(folder.glob("*.sqlite"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_whoever_is_killed_while_bringing_up_leaves_the_old_schema_or_the_new(
    tmp_path: Path, old: Path, later: Path
) -> None:
    files = kill_at_every_statement(tmp_path / "killed", old, later)
    states = [state(file) for file in files]
    assert len(states) > 10
    assert states == [OLD] * (len(states) - 1) + [NEW]
    bring_up(database(files[-2]), later)
    assert state(files[-2]) == NEW


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_whoever_is_killed_while_making_leaves_nothing_that_is_taken_for_a_database(
    tmp_path: Path,
) -> None:
    *killed, lived = kill_at_every_statement(tmp_path / "killed", tmp_path / "none", MIGRATIONS)
    assert len(killed) > 10
    open_store(sqlite_url(lived))
    for file in killed:
        with pytest.raises(NotAWorkspaceDatabase):
            open_store(sqlite_url(file))
        create(sqlite_url(file))
        open_store(sqlite_url(file))
