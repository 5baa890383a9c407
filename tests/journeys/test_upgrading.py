"""A database of an older version: what doctor says of it, and a copy that this version can open."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from scheduler.store.database.places import sqlite_url
from scheduler.store.database.schema import known_versions
from tests.support.commands import Desk, a_desk
from tests.support.migrating import NEWEST, make, migrations_up_to

EARLIER = known_versions()[:-1]


def version(database: Path) -> str:
    with closing(sqlite3.connect(database)) as opened:
        (found,) = opened.execute("SELECT version_num FROM interim_schema").fetchone()
    return found


def a_desk_of(version: str, folder: Path) -> Desk:
    """Return a workspace whose database an earlier version of the program made."""
    desk = a_desk(folder)
    file = desk.workspace / "interim.sqlite"
    for each in desk.workspace.glob("interim.sqlite*"):
        each.unlink()
    make(sqlite_url(file), migrations_up_to(version, folder / "earlier"))
    return desk


@pytest.mark.parametrize("earlier", EARLIER)
def test_a_backup_leaves_a_database_of_each_earlier_version_as_it_stands(
    tmp_path: Path, earlier: str
):
    desk = a_desk_of(earlier, tmp_path)
    said = desk.run("doctor").out
    assert f"warning: schema: version {earlier}" in said
    ran = desk.do("backup", tmp_path / "b.tar")
    assert "was copied as it stands" in ran.err
    with tarfile.open(tmp_path / "b.tar") as tar:
        tar.extractall(tmp_path / "there", filter="data")
    assert version(desk.workspace / "interim.sqlite") == earlier
    assert version(tmp_path / "there" / "interim.sqlite") == earlier


@pytest.mark.parametrize("earlier", [EARLIER[0], EARLIER[-1]])
def test_what_was_copied_so_is_recovered_with_sending_paused(tmp_path: Path, earlier: str):
    desk = a_desk_of(earlier, tmp_path)
    assert desk.json("backup", tmp_path / "b.tar")["head"] is None
    desk.do("recover", tmp_path / "b.tar", tmp_path / "again")
    assert version(tmp_path / "again" / "interim.sqlite") == NEWEST
    paused = Desk(tmp_path / "again").json("outbox", "status")["paused"]
    assert paused["reason"].startswith("recovered from a backup of ")


def test_the_next_verb_brings_it_up_to_date_and_a_backup_is_told_of_again(tmp_path: Path):
    desk = a_desk_of(EARLIER[-1], tmp_path)
    desk.do("backup", tmp_path / "before.tar")
    desk.do("outbox", "status")
    assert version(desk.workspace / "interim.sqlite") == NEWEST
    assert desk.do("backup", tmp_path / "after.tar").err == ""
    verbs = [row["verb"] for row in desk.json("audit", "list")["rows"]]
    assert verbs == ["backup"]
