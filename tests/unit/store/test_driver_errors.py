"""What the errors of drivers are called."""

import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from scheduler.errors import InterimError
from scheduler.store.database.driver_errors import worded
from scheduler.store.database.engines import database_at
from scheduler.store.database.places import Place, read_place, sqlite_url
from scheduler.store.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseDriverMissing,
    DatabaseNotWritable,
    DatabaseUnreachable,
    NotAWorkspaceDatabase,
    UnfitDatabaseUrl,
)
from scheduler.store.sql import create, open_store

FILE = Place(shown="a.sqlite", file=Path("a.sqlite"))
SERVER = read_place("postgresql://u:s3cret@host/plans")


class ServerError(Exception):
    """An error as PostgreSQL's drivers raise it."""

    def __init__(self, sqlstate: str | None, message: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


def of_sqlite(code: int, message: str) -> sqlite3.Error:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "fault", "status"),
    [
        (sqlite3.SQLITE_BUSY, DatabaseBusy, 3),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseBusy, 3),
        (sqlite3.SQLITE_NOTADB, NotAWorkspaceDatabase, 1),
        (sqlite3.SQLITE_READONLY_DIRECTORY, DatabaseNotWritable, 1),
        (sqlite3.SQLITE_CORRUPT_INDEX, DatabaseDamaged, 1),
        (sqlite3.SQLITE_FULL, DatabaseUnreachable, 3),
        (sqlite3.SQLITE_IOERR_WRITE, DatabaseUnreachable, 3),
    ],
)
def test_an_error_of_sqlite_is_named_by_its_kind(
    code: int, fault: type[InterimError], status: int
) -> None:
    named = worded(of_sqlite(code, "what SQLite says"), FILE, 30)
    assert (type(named), named.exit_status) == (fault, status)
    assert str(named).startswith("a.sqlite ")


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL, "database or disk is full"), FILE),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE, "database or disk is full"), FILE),
        (ServerError("53100", "database or disk is full"), SERVER),
    ],
    ids=["full", "writing", "server"],
)
def test_a_full_disk_is_reported_in_the_words_of_the_database_with_what_would_do(
    error: Exception, place: Place
) -> None:
    told = str(worded(error, place, 30))
    assert told.endswith(
        " could not be used: database or disk is full;"
        " see that its disk works and has room, and try again"
    )


def test_a_lock_of_a_server_that_is_not_released_is_busy() -> None:
    fault = worded(ServerError("55P03", "canceling statement"), SERVER, 30)
    assert isinstance(fault, DatabaseBusy)
    assert "more than 30 seconds" in str(fault)


def test_a_server_that_does_not_answer_is_out_of_reach_in_one_line() -> None:
    fault = worded(ServerError(None, "connection refused\n\tIs it running?"), SERVER, 30)
    assert isinstance(fault, DatabaseUnreachable)
    assert str(fault) == (
        "postgresql://host/plans could not be used: connection refused; "
        "see that it runs, and try again"
    )


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("ssl_mode=require", 'invalid connection option "ssl_mode"'),
        ("sslmode=maybe", 'invalid sslmode value: "maybe"'),
        ("connect_timeout=soon", "bad value for connect_timeout: 'soon'"),
    ],
)
def test_a_word_of_a_url_that_cannot_be_is_a_setting_that_cannot_be(word: str, told: str) -> None:
    with pytest.raises(UnfitDatabaseUrl) as refusal:
        open_store(f"postgresql://u:s3cret@127.0.0.1:1/plans?{word}")
    said = str(refusal.value)
    assert (refusal.value.exit_status, "s3cret" in said) == (2, False)
    assert said.startswith("postgresql://127.0.0.1:1/plans cannot be asked for as the database URL")
    assert [part in said for part in (told, "database_url")] == [True, True]


def test_a_server_without_its_driver_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as it is where nobody installed it
    with pytest.raises(DatabaseDriverMissing) as refusal:
        open_store("postgresql://u:s3cret@host/plans")
    assert str(refusal.value) == (
        "postgresql://host/plans needs the driver 'psycopg', which is not installed; "
        "pip install 'interim-scheduler[postgres]', or use sqlite:///FILE"
    )


def test_a_mistake_of_ours_is_not_blamed_on_the_database(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "a.sqlite")
    create(url)
    database = database_at(read_place(url), 30)
    with pytest.raises(IntegrityError), database.transaction(writing=True) as connection:
        connection.execute(text("INSERT INTO facts (name) VALUES ('site')"))
