"""Workers that share their letters through PostgreSQL: none is lost, and none is sent twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.sql import open_store
from tests.conftest import ROOT
from tests.support.commands import Desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.postgresql import PostgreSQL, postgresql_server

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
MONDAY = "2027-03-08T09:00:00Z"
EVE = "2027-03-09T00:30:00Z"  # a day before a deadline
AFTER_A_LEASE = "2027-03-09T00:41:00Z"  # and the wait of what it leaves in doubt
A_GENEROUS_WHILE = 60  # seconds
Worker = subprocess.Popen[str]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql_server() as found:
        yield found


@pytest.fixture
def url(server: PostgreSQL) -> Iterator[str]:
    name = server.make_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "work", {"INTERIM_DATABASE_URL": url})
    desk.do("init", desk.workspace)
    desk.do("import", REPORT, now=MONDAY)
    desk.do("approve", now=MONDAY)
    return desk


def subscribe(url: str, *addresses: str) -> None:
    with open_store(url).writing() as memory:
        for address in addresses:
            wish = Subscription(
                address=address,
                group="RG-NAV",
                zone="Asia/Tokyo",
                language="en",
                since=Instant.parse(MONDAY),
            )
            memory.subscribe(wish)


def readers(count: int, domain: str = "example.org") -> list[str]:
    return [f"reader-{number}@{domain}" for number in range(count)]


def until(happens: Callable[[], object]) -> None:
    end = time.monotonic() + A_GENEROUS_WHILE
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def end(worker: Worker) -> None:
    """See that it is gone, and show what it said where a test failed."""
    if worker.returncode is None:
        worker.kill()
        print(*worker.communicate())


@contextmanager
def workers(desk: Desk, mail: MailServer, count: int = 1, *more: str, now: str = EVE):
    """Run so many workers, which are gone afterwards however they were left."""
    command = [sys.executable, "-m", "scheduler", "--now", now, "worker"]
    command += ["--engine", "procrastinate", "--every", "1", *more]
    environment = os.environ | desk.environment
    environment |= {
        "INTERIM_WORKSPACE": str(desk.workspace),
        "INTERIM_SMTP_URL": mail.url,
        "INTERIM_BASE_URL": "https://meetings.example.org/",
        "PYTHONPATH": str(ROOT),
    }
    with ExitStack() as stack:
        started: list[Worker] = []
        for _ in range(count):
            worker = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(end, worker)
            started.append(worker)
        yield started


def stop(worker: Worker) -> tuple[str, str]:
    worker.send_signal(signal.SIGTERM)
    out, err = worker.communicate(timeout=A_GENEROUS_WHILE)
    assert worker.returncode == 0, err
    return out, err


def taken(mail: MailServer) -> Counter[str]:
    return Counter(one.recipients[0] for one in mail.taken)


def states(desk: Desk) -> Counter[str]:
    return Counter(one["state"] for one in desk.json("outbox", "list")["letters"])


def test_two_workers_send_each_of_200_letters_once(desk: Desk, url: str):
    subscribe(url, *readers(200))
    with mail_server() as mail, workers(desk, mail, 2) as (first, second):
        until(lambda: len(mail.taken) >= 200)
        said = [stop(worker) for worker in (first, second)]
    assert taken(mail) == Counter(readers(200))
    assert states(desk) == {"sent": 200}
    assert all("sent" in out and err == "" for out, err in said)
    assert mail.connections < 50


def test_a_change_goes_out_without_waiting_for_the_next_look(desk: Desk, url: str):
    with (desk.workspace / "interim.yaml").open("a") as file:
        file.write("\nmail:\n  coalesce_minutes: 0\n")
    subscribe(url, "someone@example.org")
    with mail_server() as mail, workers(desk, mail, 1, "--every", "60", now=MONDAY) as (worker,):
        until(lambda: _looks(url))
        desk.do("move", "ii", "--date", "2027-04-22", now=MONDAY)
        desk.do("approve", now=MONDAY)
        began = time.monotonic()
        until(lambda: len(mail.taken) == 1)
        print("out after", time.monotonic() - began)
        stop(worker)


def _looks(url: str) -> bool:
    with psycopg.connect(url) as connection:
        listening = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN interim_letters'"
        ).fetchone()
    return listening == (1,)
