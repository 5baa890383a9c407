"""Making and opening a SQLite database, and everything else that may stand in its place."""

import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.store.database.places import sqlite_url
from scheduler.store.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseExists,
    DatabaseMissing,
    DatabaseNotWritable,
    DatabaseTooNew,
    NotAWorkspaceDatabase,
)
from scheduler.store.sql import create, open_store

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "interim.sqlite"


@pytest.fixture
def made(file: Path) -> Path:
    create(sqlite_url(file))
    return file


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user of this machine could reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def ask(file: Path, question: str) -> object:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchone()[0]


def test_what_was_made_can_be_opened(made: Path) -> None:
    with open_store(sqlite_url(made)).reading() as memory:
        assert memory.groups() == ()


def test_a_new_database_is_its_owners_alone(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_readers_and_a_writer_do_not_wait_for_each_other(made: Path) -> None:
    assert ask(made, "PRAGMA journal_mode") == "wal"


def test_every_connection_is_careful(made: Path) -> None:
    with open_store(sqlite_url(made)).writing() as memory:
        connection = memory._connection  # type: ignore[attr-defined]
        asked = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "busy_timeout")
        ]
    assert asked == [1, 2, 30_000]


def test_a_database_is_not_made_twice(made: Path) -> None:
    with open_store(sqlite_url(made)).writing() as memory:
        memory.remember("site", "out")
    with pytest.raises(DatabaseExists, match="use it as it is"):
        create(sqlite_url(made))
    with open_store(sqlite_url(made)).reading() as memory:
        assert memory.recall("site") == "out"


def test_an_empty_file_left_by_an_interrupted_making_is_used(file: Path) -> None:
    file.touch()
    with pytest.raises(NotAWorkspaceDatabase, match="none of its tables"):
        open_store(sqlite_url(file))
    create(sqlite_url(file))
    open_store(sqlite_url(file))


def test_opening_makes_nothing(file: Path) -> None:
    with pytest.raises(DatabaseMissing, match=r"no such file.*interim init"):
        open_store(sqlite_url(file))
    assert not file.exists()


def test_a_file_that_goes_away_is_missed_and_not_made_anew(made: Path) -> None:
    store = open_store(sqlite_url(made))
    made.unlink()
    with pytest.raises(DatabaseMissing), store.writing() as memory:
        memory.remember("site", "out")
    assert not made.exists()


@pytest.mark.parametrize("open_it", [create, open_store])
@pytest.mark.parametrize("content", [b"meeting report\n" * 100, b"\x00\xff" * 2048])
def test_a_file_of_something_else_is_refused_and_left_alone(
    file: Path, open_it: type, content: bytes
) -> None:
    file.write_bytes(content)
    with pytest.raises(NotAWorkspaceDatabase, match="something else"):
        open_it(sqlite_url(file))
    assert file.read_bytes() == content


@pytest.mark.parametrize("open_it", [create, open_store])
def test_another_programs_database_is_refused_and_left_alone(file: Path, open_it: type) -> None:
    change(file, "CREATE TABLE alembic_version (version_num TEXT)")
    before = file.read_bytes()
    with pytest.raises(NotAWorkspaceDatabase):
        open_it(sqlite_url(file))
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("open_it", [create, open_store])
def test_a_folder_is_no_database(tmp_path: Path, open_it: type) -> None:
    with pytest.raises(NotAWorkspaceDatabase, match="it is a folder"):
        open_it(sqlite_url(tmp_path))


def test_a_newer_schema_is_refused_with_both_versions(made: Path) -> None:
    change(made, "UPDATE interim_schema SET version_num = '0999'")
    with pytest.raises(DatabaseTooNew, match=r"version 0999 .* up to \d{4}; install .* later"):
        open_store(sqlite_url(made))
    with pytest.raises(DatabaseExists):
        create(sqlite_url(made))
    assert ask(made, "SELECT version_num FROM interim_schema") == "0999"


def test_a_database_that_lacks_a_table_is_damaged(made: Path) -> None:
    change(made, "DROP TABLE facts")
    store = open_store(sqlite_url(made))
    with pytest.raises(DatabaseDamaged, match="no such table: facts"), store.reading() as memory:
        memory.recall("site")


def test_a_broken_file_is_damaged(made: Path) -> None:
    ask(made, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = made.read_bytes()
    made.write_bytes(content[:100] + b"\x07" * (len(content) - 100))
    with pytest.raises(DatabaseDamaged, match="malformed"):
        open_store(sqlite_url(made))


def test_a_lock_is_waited_for_and_then_reported(made: Path) -> None:
    store = open_store(sqlite_url(made), patience=0.05)
    with closing(sqlite3.connect(made, isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(DatabaseBusy, match=r"more than 0\.05 seconds"),
            store.writing() as memory,
        ):
            memory.remember("site", "out")
        with store.reading() as memory:
            assert memory.recall("site") is None
    with store.writing() as memory:
        memory.remember("site", "out")


def test_a_database_locked_against_reading_is_reported_as_a_service_out_of_reach(
    made: Path,
) -> None:
    ask(made, "PRAGMA journal_mode=DELETE")
    with closing(sqlite3.connect(made, isolation_level=None)) as rival:
        rival.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ServiceUnreachable) as fault:
            open_store(sqlite_url(made), patience=0.05)
    assert isinstance(fault.value, DatabaseBusy)


def test_a_folder_that_is_none_cannot_hold_a_database(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseNotWritable, match="writable"):
        create(sqlite_url(tmp_path / "file" / "a.db"))
    with pytest.raises(DatabaseNotWritable, match="No such file"):
        create(sqlite_url(tmp_path / "missing" / "a.db"))


TRY = """
import os, sys
from scheduler.errors import InterimError
from scheduler.store.sql import create, open_store
verb, url, elsewhere = sys.argv[1:]
create(elsewhere)  # loads all there is to load, while the interpreter's own folder can be read
open_store(elsewhere)
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with {"create": create, "open": open_store}[verb](url).writing() as memory:
        memory.remember("site", "out")
except InterimError as error:
    print(type(error).__name__, error.exit_status)
"""


def as_somebody_without_rights(verb: str, file: Path, elsewhere: Path) -> str:
    arguments = [verb, sqlite_url(file), sqlite_url(elsewhere / "other.sqlite")]
    done = subprocess.run(
        [sys.executable, "-c", TRY, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_folder_without_the_right_to_write_gets_no_database(
    open_folder: Path, tmp_path: Path
) -> None:
    open_folder.chmod(0o555)
    outcome = as_somebody_without_rights("create", open_folder / "interim.sqlite", tmp_path)
    assert outcome == "DatabaseNotWritable 1"


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o755, 0o000), (0, 0o666)])
def test_a_database_without_the_right_to_use_it_is_reported(
    open_folder: Path, tmp_path: Path, folder_mode: int, file_mode: int
) -> None:
    file = open_folder / "interim.sqlite"
    create(sqlite_url(file))
    file.chmod(file_mode)
    open_folder.chmod(folder_mode)
    outcome = as_somebody_without_rights("open", file, tmp_path)
    assert outcome == "DatabaseNotWritable 1"


def test_a_making_that_fails_leaves_nothing_behind(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise InterimError("no")

    monkeypatch.setattr("scheduler.store.sql.make_schema", fail)
    with pytest.raises(InterimError, match="no"):
        create(sqlite_url(file))
    assert list(file.parent.iterdir()) == []
