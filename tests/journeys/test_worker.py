"""The worker as a process: it sends what falls due, outlives its mail server, and ends politely."""

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import HANG, mail_server
from tests.support.posts import beside, until

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
EVE = "2027-03-09T09:00:00Z"
A_WHILE = 60  # seconds, by which only what hangs is found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = a_desk(tmp_path)
    desk.do("import", REPORT, now="2027-03-08T09:00:00Z")
    desk.do("approve", now="2027-03-08T09:00:00Z")
    return desk


def subscribe(desk: Desk, name: str) -> None:
    desk.do("subscribe", f"{name}@example.org", "--group", "RG-NAV", now="2027-03-08T09:00:00Z")


@contextmanager
def a_worker(desk: Desk, url: str) -> Iterator[subprocess.Popen[str]]:
    desk.environment["INTERIM_SMTP_URL"] = url
    desk.environment["INTERIM_BASE_URL"] = "https://meetings.example.org/"
    with beside(desk, EVE, "worker", "--every", "1") as worker:
        yield worker


def test_it_sends_what_falls_due_while_it_runs_and_ends_when_told(desk: Desk):
    subscribe(desk, "first")
    with mail_server() as mail, a_worker(desk, mail.url) as worker:
        until(lambda: len(mail.taken) == 1)
        subscribe(desk, "second")
        until(lambda: len(mail.taken) == 2)
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=A_WHILE)
    assert (worker.returncode, err) == (0, "")
    assert "second@example.org" in out
    assert out.splitlines()[-1] == "Stopped; what is queued stays so."
    assert [one.recipients for one in mail.taken] == [
        ("first@example.org",),
        ("second@example.org",),
    ]


def test_told_to_stop_it_hands_over_the_letter_in_hand_and_no_other(desk: Desk):
    with (desk.workspace / "interim.yaml").open("a") as settings:
        settings.write("\nmail:\n  connections: 1\n")  # so that one is in hand
    for name in ("first", "second", "third"):
        subscribe(desk, name)
    started = Future[subprocess.Popen[str]]()

    def tell(stage: str) -> None:
        if stage == "BODY":
            started.result(A_WHILE).send_signal(signal.SIGTERM)

    with mail_server() as mail:
        mail.at_each = tell
        with a_worker(desk, mail.url) as worker:
            started.set_result(worker)
            worker.communicate(timeout=A_WHILE)
    assert (worker.returncode, len(mail.taken)) == (0, 1)
    states = [one["state"] for one in desk.json("outbox", "list")["letters"]]
    assert sorted(states) == ["queued", "queued", "sent"]


def test_it_outlives_a_mail_server_that_is_away(desk: Desk):
    subscribe(desk, "first")
    with mail_server() as mail:
        mail.answer("GREETING", "421 closed for an hour")
        with a_worker(desk, mail.url) as worker:
            until(lambda: mail.taken)
            worker.send_signal(signal.SIGINT)
            _, err = worker.communicate(timeout=A_WHILE)
    assert worker.returncode == 0
    assert err.startswith("error: mail server")
    assert len(mail.taken) == 1


def test_a_second_signal_ends_it_at_once(desk: Desk):
    subscribe(desk, "first")
    with mail_server() as mail:
        mail.answer("MAIL", HANG)
        with a_worker(desk, mail.url) as worker:
            until(lambda: "MAIL" in mail.stages)
            worker.send_signal(signal.SIGTERM)
            until(lambda: not minds(worker, signal.SIGTERM), worker)  # two at once count as one
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(A_WHILE) == -signal.SIGTERM


def minds(process: subprocess.Popen[str], number: signal.Signals) -> bool:
    """Tell whether a process has an answer of its own to a signal; but for Linux after a while."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        time.sleep(2)
        return False
    (caught,) = re.findall(r"^SigCgt:\s*([0-9a-f]+)$", status.read_text(), re.MULTILINE)
    return bool(int(caught, 16) & 1 << (number - 1))


@pytest.mark.parametrize("quiet", [[], ["--quiet"]], ids=["plain", "quiet"])
def test_it_tells_once_that_letters_wait_for_a_pause_to_end(desk: Desk, quiet: list[str]):
    subscribe(desk, "first")
    desk.do("outbox", "pause", "--by", "Ada", "--reason", "wrong plan", now=EVE)
    desk.do("remind", now=EVE)
    told = (
        f" would go; Sending is paused since {EVE} by Ada: wrong plan. "
        "Nothing is sent before 'interim outbox resume'.\n"
    )
    with mail_server() as mail:
        desk.environment["INTERIM_SMTP_URL"] = mail.url
        desk.environment["INTERIM_BASE_URL"] = "https://meetings.example.org/"
        with beside(desk, EVE, *quiet, "worker", "--every", "1") as worker:
            for count, name in ((2, "second"), (3, "third")):  # so that it looks twice at least
                subscribe(desk, name)
                until(lambda count=count: len(desk.json("outbox", "list")["letters"]) == count)
            desk.do("outbox", "resume", now=EVE)
            until(lambda: len(mail.taken) == 3)
            worker.send_signal(signal.SIGTERM)
            _, err = worker.communicate(timeout=A_WHILE)
    assert (worker.returncode, err.count("\n"), err.endswith(told)) == (0, 1, True)
