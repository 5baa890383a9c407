"""The same work with the store in PostgreSQL, also when its server dies in between."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.postgresql import PostgreSQL, postgresql_server

SAMPLE = ROOT / "examples" / "report.txt"
SHOWN = "postgresql://localhost/"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql_server() as found:
        yield found


@pytest.fixture
def desk(server: PostgreSQL, tmp_path: Path) -> Desk:
    """A workspace whose store is a new database of the server."""
    url = server.url(server.make_database())
    desk = Desk(tmp_path / "work", {"INTERIM_DATABASE_URL": url})
    desk.do("init", desk.workspace)
    return desk


def test_a_report_becomes_the_same_plan_and_the_same_site(desk: Desk, tmp_path: Path) -> None:
    sites = []
    for each in (desk, a_desk(tmp_path / "on_sqlite")):
        each.do("import", SAMPLE, now="2027-01-04T09:00:00Z")
        each.do("approve", now="2027-01-04T10:00:00Z")
        each.do("publish", each.workspace / "site", now="2027-01-04T11:00:00Z")
        sites.append({p.name: p.read_bytes() for p in (each.workspace / "site").rglob("*.ics")})
    assert not (desk.workspace / "interim.sqlite").exists()
    assert sites[0]
    assert sites[0] == sites[1]


def test_without_its_server_every_verb_is_refused_and_nothing_is_lost(
    desk: Desk, server: PostgreSQL
) -> None:
    desk.do("import", SAMPLE)
    before = desk.json("plan")
    server.kill()
    for verb in ("plan", "approve"):
        refused = desk.run(verb)
        assert refused.status == 3
        assert refused.err.startswith(f"error: {SHOWN}")
        assert refused.err.count("\n") == 1
    server.start()
    assert desk.json("plan") == before
    desk.do("approve")
