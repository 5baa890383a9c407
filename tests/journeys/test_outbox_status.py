"""How the outbox stands, as a person asks and as Prometheus reads it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from scheduler.assembly import open_workspace
from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.notification import brakes
from scheduler.web.door import application
from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT
from tests.support.servers import running

EVE = "2027-03-09T09:00:00Z"
LATER = "2027-03-09T09:30:00Z"
NONE = dict.fromkeys(map(str, LetterState), 0)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with two readers who are due a letter each, and no mail server."""
    desk = replace(a_desk(tmp_path), environment={"USER": "ada"})
    desk.do("import", ROOT / "examples" / "report.txt")
    desk.do("approve")
    for reader in ("someone@example.org", "another@example.org"):
        desk.do("subscribe", reader, "--group", "RG-NAV")
    return desk


def queue(desk: Desk) -> int:
    """Queue what is due at EVE, with sending paused; return when it was due, in seconds."""
    desk.do("outbox", "pause", "--reason", "wrong plan", now=EVE)
    desk.do("remind", now=EVE)
    (due,) = {letter["due"] for letter in desk.json("outbox", "list")["letters"]}
    return int(Instant.parse(due).utc.timestamp())


def age(due: int) -> int:
    return int(Instant.parse(LATER).utc.timestamp()) - due


@contextmanager
def measured(desk: Desk, tmp_path: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """A server of the workspace, and what Prometheus reads there."""
    workspace = open_workspace(desk.workspace, {}, Instant.parse(LATER))
    (tmp_path / "site").mkdir(exist_ok=True)
    app = application(workspace, tmp_path / "site", limiter=None, log=None, letters_an_hour=0)
    with (
        running(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):

        def figures() -> dict[str, str]:
            lines = client.get("/metrics").text.splitlines()
            return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

        yield figures


def test_an_empty_outbox_has_nothing_that_waits(desk: Desk):
    assert desk.json("outbox", "status") == {
        "letters": NONE,
        "oldest_due": None,
        "oldest_due_age_seconds": 0,
        "paused": None,
        "braked": None,
        "waiting": [],
    }
    assert desk.do("outbox", "status").out == "Letters: none.\n"


def test_what_waits_is_counted_with_its_age_and_the_pause(desk: Desk):
    due = queue(desk)
    told = desk.json("outbox", "status", now=LATER)
    assert told["letters"] == NONE | {"queued": 2}
    assert told["oldest_due_age_seconds"] == age(due)
    assert told["paused"] == {"since": EVE, "by": "ada", "reason": "wrong plan"}
    said = desk.do("outbox", "status", now=LATER).out
    assert said.startswith("Letters: 2 queued.\n")
    assert "Sending is paused since 2027-03-09T09:00:00Z by ada: wrong plan." in said


def test_a_run_that_would_be_too_large_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    queue(desk)
    monkeypatch.setattr(brakes, "MOST_UNASKED", 1)
    monkeypatch.setattr(brakes, "TIMES_FORESEEN", 0)
    assert desk.json("outbox", "status", now=LATER)["braked"].startswith("2 letters would be sent")
    assert "The next run is stopped: 2 letters" in desk.do("outbox", "status", now=LATER).out


def test_prometheus_reads_the_same(desk: Desk, tmp_path: Path):
    due = queue(desk)
    with measured(desk, tmp_path) as figures:
        found = figures()
    assert found['interim_letters{state="queued"}'] == "2"
    assert found['interim_letters{state="sent"}'] == "0"
    assert found["interim_letters_oldest_due_age_seconds"] == str(age(due))
    assert (found["interim_sending_paused"], found["interim_run_braked"]) == ("1", "0")


def test_letters_are_not_counted_anew_each_time_that_somebody_measures(desk: Desk, tmp_path: Path):
    queue(desk)
    with measured(desk, tmp_path) as figures:
        before = figures()["interim_sending_paused"]
        desk.do("outbox", "resume")
        assert (before, figures()["interim_sending_paused"]) == ("1", "1")
    with measured(desk, tmp_path) as figures:
        assert figures()["interim_sending_paused"] == "0"
