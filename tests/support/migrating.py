"""A later version of the schema, and changes of schema that are interrupted at every statement."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Text, column, event, inspect, select, table, text

import scheduler.store.database.migrations.steps  # noqa: F401 (loaded once, for all children)
from scheduler.store.database.engines import Database, database_at
from scheduler.store.database.places import read_place
from scheduler.store.database.schema import (
    MIGRATIONS,
    VERSION_TABLE,
    bring_up,
    known_versions,
    make_schema,
)
from scheduler.store.faults import DatabaseMissing
from scheduler.store.sql import create

ROOT = Path(__file__).parents[2]
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
MOMENTS = ("before_cursor_execute", "commit")


class State(NamedTuple):
    """Which version a database says it has, and what of that version is there."""

    version: str
    rooms: tuple[str, ...] | None
    facts: tuple[str, ...]
    columns: tuple[str, ...]


OLD = State(NEWEST, None, ("hall",), ("name", "value"))
NEW = State("9001", ("B",), (), ("name", "value", "unit"))


def later_migrations(folder: Path) -> Path:
    """Write the migrations of a later version of the program into a new folder."""
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "v9001_rooms.py").write_text(NEXT_STEP)
    return folder


def database(url: str) -> Database:
    return database_at(read_place(url), 30)


def make(url: str, migrations: Path) -> None:
    """Make an earlier schema in an empty place, with something in it."""
    place = database(url)
    if place.place.file is not None:
        place.place.file.touch()
    make_schema(place, migrations)
    with place.transaction(writing=True) as connection:
        connection.execute(text("INSERT INTO facts VALUES ('hall', 'B')"))


def migrations_up_to(version: str, folder: Path) -> Path:
    """Copy the migrations as an earlier version of the program had them."""
    shutil.copytree(MIGRATIONS, folder)
    for step in (folder / "versions").glob("v*.py"):
        if step.name[1:].partition("_")[0] > version:
            step.unlink()
    return folder


def state(url: str) -> State | None:
    """Return what stands in a database, None where it has no table or is none."""
    try:
        with database(url).transaction(writing=False) as connection:
            there = inspect(connection).get_table_names()
            return _state(connection, there) if there else None
    except DatabaseMissing:
        return None


def _state(connection: Connection, there: Collection[str]) -> State:
    def all_of(name: str, of: str) -> tuple[str, ...]:
        found = select(column(name, Text)).select_from(table(of))
        return tuple(connection.execute(found).scalars())

    return State(
        *all_of("version_num", VERSION_TABLE),
        all_of("name", "rooms") if "rooms" in there else None,
        all_of("name", "facts"),
        tuple(one["name"] for one in inspect(connection).get_columns("facts")),
    )


class Interruption(Exception):
    """What goes wrong between two statements."""


def interrupted_at_every_statement(act: str, url: str, migrations: Path) -> list[State | None]:
    """Return what each interruption by an exception left, and what the run without one made."""
    found: list[State | None] = []
    while True:
        try:
            with _before(len(found) + 1, _interrupt):
                ACTS[act](url, migrations)
        except Interruption:
            found.append(state(url))
        else:
            return [*found, state(url)]


def killed_at_every_statement(act: str, url: str, migrations: Path) -> list[str]:
    """Return what each killed process left, and what the one made that lived, as `repr` says it.

    In a process of its own, since that of the tests has threads and must not fork.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.migrating", act, url, str(migrations)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


@contextmanager
def _before(moment: int, deed: Callable[[], None]) -> Iterator[None]:
    """Do the deed at the moment of that number: before a statement or a commit."""
    moments = count(1)

    def step(*_: object) -> None:
        if next(moments) == moment:
            deed()

    for name in MOMENTS:
        event.listen(Engine, name, step)
    try:
        yield
    finally:
        for name in MOMENTS:
            event.remove(Engine, name, step)


def _interrupt() -> None:
    raise Interruption


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(act: str, url: str, migrations: Path, moment: int) -> bool:
    child = os.fork()
    if child == 0:
        with _before(moment, _kill):
            ACTS[act](url, migrations)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status != 0


ACTS: Mapping[str, Callable[[str, Path], object]] = {
    "make": lambda url, _migrations: create(url),
    "bring_up": lambda url, migrations: bring_up(database(url), migrations),
}

if __name__ == "__main__":
    kind, place, steps = sys.argv[1:]
    for number in count(1):
        lived = not _killed(kind, place, Path(steps), number)
        print(state(place), flush=True)
        if lived:
            break
