"""The schema's versions, and what an interrupted change of version leaves."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from scheduler.store.database.engines import Database, database_at
from scheduler.store.database.places import read_place, sqlite_url
from scheduler.store.database.schema import (
    MIGRATIONS,
    bring_up,
    known_versions,
    make_schema,
)
from scheduler.store.sql import create

ROOT = Path(__file__).parent.parent.parent.parent
NEWEST = known_versions()[-1]
LETTER_COLUMNS = "SELECT name FROM pragma_table_info('letters')"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of today's version, with something in it."""
    file = tmp_path / "old.sqlite"
    with create(sqlite_url(file)).writing() as memory:
        memory.remember("hall", "B")
    return file


def database(file: Path) -> Database:
    return database_at(read_place(sqlite_url(file)), 30)


def test_the_versions_are_numbered_without_a_gap_in_names_and_migrations_alike() -> None:
    scripts = ScriptDirectory(MIGRATIONS, version_locations=[MIGRATIONS / "versions"])
    steps = [script.revision for script in scripts.walk_revisions()]
    assert known_versions() == tuple(reversed(steps))
    assert known_versions() == tuple(f"{number:04}" for number in range(1, len(steps) + 1))


def test_opening_what_is_newest_does_without_the_migrations_library(old: Path) -> None:
    program = (
        "import sys; from scheduler.store.sql import open_store; "
        "open_store(sys.argv[1]); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, sqlite_url(old)], cwd=ROOT, check=True)


def test_letters_that_were_in_doubt_before_they_were_tried_again_are_held(tmp_path: Path) -> None:
    earlier, file = tmp_path / "earlier", tmp_path / "earlier.sqlite"
    shutil.copytree(MIGRATIONS, earlier)
    for step in (earlier / "versions").glob("v*.py"):
        if step.name[1:].partition("_")[0] > "0004":
            step.unlink()
    file.touch()
    make_schema(database(file), earlier)
    with closing(sqlite3.connect(file)) as connection, connection:
        for state in ("ambiguous", "sent"):
            row = {name: "x" for (name,) in connection.execute(LETTER_COLUMNS)}
            row |= {"key": state, "message_id": state, "state": state, "attempts": 1}
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO letters ({names}) VALUES ({places})", [*row.values()])
    bring_up(database(file))
    with closing(sqlite3.connect(file)) as connection:
        states = [*connection.execute("SELECT key, state, doubts FROM letters ORDER BY key")]
    assert states == [("ambiguous", "held", 0), ("sent", "sent", 0)]


def test_a_schema_that_is_newest_is_only_looked_at(old: Path) -> None:
    before = old.read_bytes()
    bring_up(database(old))
    assert old.read_bytes() == before
