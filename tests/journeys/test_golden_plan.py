"""What the sample report becomes, whole: a diff shows what a change of the code does."""

import pytest

from scheduler.actions.remind import SECRET
from scheduler.settings import default_database_url
from scheduler.store.sql import open_store
from tests.conftest import ROOT
from tests.support.commands import a_desk
from tests.support.mail_server import mail_server

GOLDEN = ROOT / "tests" / "golden" / "sample"
MONDAY = "2027-02-08T09:00:00Z"
EVE = "2027-03-09T09:00:00Z"


@pytest.fixture
def matches(write_golden):
    """Compare bytes with a golden file, or rewrite it when asked to."""

    def compare(name: str, data: bytes) -> bool:
        path = GOLDEN / name
        if write_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return path.read_bytes() == data

    return compare


@pytest.fixture
def desk(tmp_path):
    desk = a_desk(tmp_path)
    desk.do("import", ROOT / "examples" / "report.txt", now=MONDAY)
    return desk


def test_what_is_read_from_the_sample_report(desk, matches):
    read = desk.do("read", ROOT / "examples" / "report.txt", "--json").out
    assert matches("read.json", read.encode())


@pytest.mark.parametrize(("form", "name"), [([], "plan.txt"), (["--json"], "plan.json")])
def test_the_plan_of_the_sample_report(desk, matches, form, name):
    assert matches(name, desk.do("plan", *form, now=MONDAY).out.encode())


def test_the_plan_fits_a_terminal_of_80_columns(desk):
    assert max(len(line) for line in desk.do("plan", now=MONDAY).out.splitlines()) <= 80


def test_the_feed_of_the_sample_report(desk, tmp_path, matches):
    desk.do("approve", now=MONDAY)
    desk.do("publish", tmp_path / "site", now=MONDAY)
    feed = tmp_path / "site" / "feeds" / "rg-nav.ics"
    assert matches("rg-nav.ics", feed.read_bytes())


@pytest.mark.server
def test_the_letter_on_the_eve_of_a_deadline(desk, matches):
    desk.do("approve", now=MONDAY)
    _sign_with("a secret for this letter alone", desk.workspace)
    reader = ["someone@example.org", "--group", "RG-NAV", "--zone", "Asia/Tokyo"]
    desk.do("subscribe", *reader, now=MONDAY)
    with mail_server() as server:
        desk.environment["INTERIM_SMTP_URL"] = server.url
        desk.do("remind", now=EVE)
    assert matches("letter.eml", server.taken[0].message)


def _sign_with(secret: str, workspace) -> None:
    """Give the workspace the secret of its unsubscribe links, which is otherwise by chance."""
    with open_store(default_database_url(workspace)).writing() as memory:
        memory.remember(SECRET, secret)
