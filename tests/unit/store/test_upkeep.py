"""What is done to a whole database: copied, checked, written anew without what was deleted."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from scheduler.store.database.engines import Database, database_at
from scheduler.store.database.places import Place, read_place, sqlite_url
from scheduler.store.database.upkeep import check_file, copy_database, scrub
from scheduler.store.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    NoCopyOfServer,
    NotAWorkspaceDatabase,
)
from scheduler.store.sql import create

SECRET = "someone@example.org"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "made.sqlite"
    with create(sqlite_url(made)).writing() as memory:
        for number in range(500):
            memory.remember(f"{number}", SECRET)
    return made


def database(file: Path, patience: float = 30) -> Database:
    return database_at(read_place(sqlite_url(file)), patience)


def test_a_copy_is_one_file_with_all_that_was_committed(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with database(file).transaction(writing=True) as connection:
        connection.exec_driver_sql("DELETE FROM facts")
        copy_database(database(file), copy)
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.sqlite"]
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT count(*) FROM facts").fetchone() == (500,)
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_server_copies_itself(file: Path, tmp_path: Path) -> None:
    url = make_url("postgresql+psycopg://somebody:secret@db.example.org/interim")
    server = replace(database(file), place=Place(shown="postgresql://db.example.org", url=url))
    with pytest.raises(NoCopyOfServer, match="'pg_dump --format=custom'"):
        copy_database(server, tmp_path / "copy.sqlite")
    assert not (tmp_path / "copy.sqlite").exists()


def test_a_whole_file_passes_and_a_broken_one_is_named(file: Path) -> None:
    scrub(database(file))
    check_file(file)
    octets = bytearray(file.read_bytes())
    octets[4096:8192] = b"\xff" * 4096
    file.write_bytes(octets)
    with pytest.raises(DatabaseDamaged, match=r"made\.sqlite is damaged"):
        check_file(file)


def test_a_file_of_something_else_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("a letter that is long enough to be looked at" * 100)
    with pytest.raises(NotAWorkspaceDatabase):
        check_file(tmp_path / "x.sqlite")


def test_what_was_deleted_is_in_no_file_afterwards(file: Path, tmp_path: Path) -> None:
    with database(file).transaction(writing=True) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")  # some builds overwrite by default
        connection.exec_driver_sql("DELETE FROM facts")
    octets = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert SECRET.encode() in octets
    scrub(database(file))
    octets = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert SECRET.encode() not in octets


def test_a_reader_who_stays_is_reported_for_traces_may_be_left(file: Path) -> None:
    with database(file).transaction(writing=False) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM facts").fetchall()
        with pytest.raises(DatabaseBusy):
            scrub(database(file, patience=0.1))
