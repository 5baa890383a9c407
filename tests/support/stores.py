"""The fillings of the store's Protocol, so that each runs through the same tests."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from scheduler.store.database.places import sqlite_url

FreshUrl = Callable[[], str]


@contextmanager
def sqlite_files(folder: Path) -> Iterator[FreshUrl]:
    """Give the URL of another file at each call; none of them exists yet."""
    yield lambda: sqlite_url(folder / f"{secrets.token_hex(8)}.sqlite")


@contextmanager
def postgresql_databases(folder: Path) -> Iterator[FreshUrl]:
    """Give the URL of another empty database at each call, and drop them all afterwards."""
    server = make_url(os.environ["INTERIM_TEST_POSTGRES"])
    server = server.set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def fresh() -> str:
        name = f"interim_{secrets.token_hex(8)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        made.append(name)
        return server.set(database=name).render_as_string(hide_password=False)

    yield fresh
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name}"))
    engine.dispose()


FILLINGS = {"sqlite": sqlite_files}
if "INTERIM_TEST_POSTGRES" in os.environ:
    FILLINGS["postgresql"] = postgresql_databases


@pytest.fixture(params=sorted(FILLINGS))
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreshUrl]:
    """Give the URL of a new, empty place for a database at each call, for every filling."""
    with FILLINGS[request.param](tmp_path) as fresh:
        yield fresh
