"""The fillings of the store's Protocol, so that each runs through the same tests."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import Store
from scheduler.store.sql import create, open_store
from tests.support.postgresql import PostgreSQL, postgresql_server

FreshUrl = Callable[[], str]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server for all tests of this process that ask for one."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def made_on_postgresql(postgresql: PostgreSQL) -> str:
    """The name of a database with the newest schema, to be copied: a tenth of making one."""
    name = postgresql.make_database()
    create(postgresql.url(name))
    return name


@pytest.fixture(scope="session")
def made_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("made") / "made.sqlite"
    create(sqlite_url(file))
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def filling(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs on: on each in turn."""
    return str(request.param)


@pytest.fixture
def fresh_url(filling: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreshUrl]:
    """Give the URL of a new, empty place for a database at each call."""
    if filling == "sqlite":
        yield lambda: sqlite_url(_new_file(tmp_path))
    else:
        with databases(request.getfixturevalue("postgresql"), "template0") as fresh:
            yield fresh


@pytest.fixture
def made_url(filling: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreshUrl]:
    """Give the URL of another database with the newest schema and nothing in it at each call."""
    made = request.getfixturevalue(f"made_on_{filling}")
    if filling == "sqlite":
        yield lambda: sqlite_url(shutil.copy(made, _new_file(tmp_path)))
    else:
        with databases(request.getfixturevalue("postgresql"), made) as fresh:
            yield fresh


@pytest.fixture
def store(made_url: FreshUrl) -> Store:
    """A new store of each filling."""
    return open_store(made_url())


@contextmanager
def databases(server: PostgreSQL, template: str) -> Iterator[FreshUrl]:
    """Give the URL of another copy of a template at each call, and drop them all afterwards."""
    made: list[str] = []

    def fresh() -> str:
        made.append(server.make_database(template))
        return server.url(made[-1])

    yield fresh
    for name in made:
        server.drop_database(name)


def _new_file(folder: Path) -> Path:
    return folder / f"{secrets.token_hex(8)}.sqlite"
