"""Workers that share their letters through PostgreSQL: none is lost, and none is sent twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from math import inf
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from scheduler.actions.remind import Reminded
from scheduler.assembly import open_workspace
from scheduler.errors import InterimError
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.database.places import Server, read_place, server_at
from scheduler.store.sql import open_store
from scheduler.worker.job_engine import Position, work_with_others
from scheduler.worker.job_tables import make_job_tables
from scheduler.worker.lanes import Office
from scheduler.worker.staying import Stop, work
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.postgresql import PostgreSQL, postgresql_server
from tests.support.signing import SELECTOR, a_key, holds, key_file

pytestmark = [pytest.mark.server, pytest.mark.timeout(1200)]

REPORT = ROOT / "examples" / "report.txt"
MONDAY = "2027-03-08T09:00:00Z"
EVE = "2027-03-09T00:30:00Z"  # a day before a deadline
LEASES_OVER = ("2027-03-09T00:41:00Z", "2027-03-09T00:52:00Z")  # what is in doubt waits as long
A_GENEROUS_WHILE = 400  # seconds, by which only what hangs is found
NO_LOOK_BY_THE_CLOCK = """
    INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
    SELECT 'look', '', extract(epoch FROM date_trunc('minute', now()))::bigint + 60 * minute
    FROM generate_series(0, 30) AS minute ON CONFLICT DO NOTHING
"""
LETTERS_LEFT = "SELECT FROM procrastinate_jobs WHERE task_name = 'letter'"
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
    worker.kill()
    if worker.stdout is not None and not worker.stdout.closed:
        print(*worker.communicate())


@contextmanager
def workers(desk: Desk, mail: MailServer, count: int = 1, *more: str, now: str = EVE):
    """Run so many workers, which are gone afterwards however they were left."""
    command = [sys.executable, "-m", "scheduler", "--now", now, "worker"]
    command += ["--engine", "procrastinate", *more]
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


def stop(worker: Worker, then: Callable[[], None] = lambda: None) -> tuple[str, str]:
    worker.send_signal(signal.SIGTERM)
    then()
    out, err = worker.communicate(timeout=A_GENEROUS_WHILE)
    assert worker.returncode == 0, err
    return out, err


class Hold:
    """Lets a mail server take so many letters, and no more until it is told to go on.

    Whoever looks at what is left while letters go may come when none is.
    """

    def __init__(self, mail: MailServer, count: float) -> None:
        self._mail, self._count = mail, count
        self._reached, self._over = Event(), Event()
        mail.at_each = self._at_each

    def wait(self) -> None:
        """Wait until it took them."""
        assert self._reached.wait(A_GENEROUS_WHILE), "it did not happen"

    def go_on(self, count: float = inf) -> None:
        """Let it take letters until it took so many in all."""
        over, self._over = self._over, Event()
        self._count = count
        self._reached.clear()
        over.set()

    def _at_each(self, _: str) -> None:
        if len(self._mail.taken) >= self._count:
            self._reached.set()
            self._over.wait(60)


def taken(mail: MailServer) -> Counter[str]:
    return Counter(one.recipients[0] for one in mail.taken)


def states(url: str) -> Counter[str]:
    with psycopg.connect(url) as connection:
        return Counter(dict(connection.execute("SELECT state, count(*) FROM letters GROUP BY 1")))


@dataclass(slots=True)
class Colleague:
    """A worker in a thread of the test, faster to start than one in a process of its own."""

    stop: Stop = field(default_factory=Stop)
    complaints: list[str] = field(default_factory=list)
    held: int = 0

    def hear(self, reminded: Reminded) -> None:
        """Note how many letters it said would go, if sending were not paused."""
        self.held = max(self.held, reminded.held)


def job_server(url: str) -> Server:
    found = server_at(read_place(url))
    assert found is not None
    return found


@contextmanager
def colleagues(
    desk: Desk, mail: MailServer, count: int = 1, *, now: str = EVE, every: int = 5
) -> Iterator[list[Colleague]]:
    """Let so many workers work while the block runs."""
    environment = desk.environment | {"INTERIM_SMTP_URL": mail.url}
    all_of_them = [Colleague() for _ in range(count)]

    def begin(one: Colleague) -> Thread:
        position = Position(
            office=Office(
                lambda: open_workspace(desk.workspace, environment, Instant.parse(now)),
                one.stop,
                60,
            ),
            server=job_server(environment["INTERIM_DATABASE_URL"]),
            stop=one.stop,
            every=every,
            at_once=4,
            who="test",
            announce=lambda _: None,
            tell=one.hear,
            complain=lambda fault: one.complaints.append(str(fault)),
        )

        def complain(fault: InterimError) -> None:
            one.complaints.append(str(fault))

        thread = Thread(
            target=lambda: work(lambda: work_with_others(position), complain, one.stop, every)
        )
        thread.start()
        return thread

    threads = [begin(one) for one in all_of_them]
    try:
        yield all_of_them
    finally:
        for one in all_of_them:
            one.stop.tell()
        for thread in threads:
            thread.join(A_GENEROUS_WHILE)
        assert not any(thread.is_alive() for thread in threads)


def settle_doubts(desk: Desk, mail: MailServer, url: str) -> None:
    """Let workers work at times when the leases of others that are gone are over."""
    for now, left in zip(LEASES_OVER, ({"sent", "ambiguous"}, {"sent"}), strict=True):
        with colleagues(desk, mail, now=now):
            until(lambda left=left: states(url).keys() <= left)


def say(url: str, statement: str) -> int:
    """Carry out a statement on the tables of the jobs; return how many rows it concerned."""
    with psycopg.connect(url, options="-c search_path=procrastinate") as connection:
        return connection.execute(statement).rowcount


def listening(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT FROM pg_stat_activity WHERE query = 'LISTEN interim_letters' "
            "AND datname = current_database()"
        )
        return found.fetchone() is not None


def test_two_workers_send_each_of_200_letters_once(desk: Desk, url: str):
    subscribe(url, *readers(200))
    with mail_server() as mail, workers(desk, mail, 2) as (first, second):
        until(lambda: len(mail.taken) >= 200)
        said = [stop(worker) for worker in (first, second)]
    assert taken(mail) == Counter(readers(200))
    assert states(url) == {"sent": 200}
    assert [err for _, err in said] == ["", ""]
    assert all(out.endswith("\nStopped; what is queued stays so.\n") for out, _ in said)
    assert mail.connections < 100  # each is kept for the next letters


def test_a_killed_workers_letters_go_by_another_and_twice_only_where_nobody_could_know(
    desk: Desk, url: str
):
    subscribe(url, *readers(60))
    with mail_server() as mail:
        with workers(desk, mail, 2) as (victim, other):
            mail.at_each = lambda _: victim.kill() if len(mail.taken) >= 20 else None
            until(lambda: victim.poll() is not None)
            mail.at_each = lambda _: None
            until(lambda: not states(url)["queued"])
            stop(other)
        lost = states(url)["sending"]
        settle_doubts(desk, mail, url)
    copies = taken(mail)
    assert states(url) == {"sent": 60}
    assert copies.keys() == set(readers(60))
    assert copies.total() - 60 <= lost <= 4
    assert max(copies.values()) <= 2
    assert len({message_from_bytes(one.message)["Message-ID"] for one in mail.taken}) == 60


def test_the_jobs_of_the_dead_are_dropped_and_their_letters_found(desk: Desk, url: str):
    subscribe(url, "someone@example.org")
    make_job_tables(job_server(url))
    with mail_server() as mail:
        dead = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 h')"
        say(url, dead)
        say(
            url,
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, worker_id) "
            "SELECT 'letters', 'look', 'look', 'doing', id FROM procrastinate_workers",
        )
        with colleagues(desk, mail):
            until(lambda: mail.taken)


def test_jobs_that_are_lost_or_doubled_do_no_harm(desk: Desk, url: str):
    subscribe(url, *readers(40))
    doubled = (
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "SELECT queue_name, task_name, args FROM procrastinate_jobs WHERE task_name = 'letter'"
    )
    lost = "DELETE FROM procrastinate_jobs WHERE task_name = 'letter' AND status = 'todo'"
    with mail_server() as mail:
        hold = Hold(mail, 3)
        with colleagues(desk, mail, 2):
            hold.wait()
            assert say(url, doubled)
            hold.go_on(6)
            hold.wait()
            assert say(url, lost)
            hold.go_on()
            until(lambda: len(mail.taken) >= 40)
            until(lambda: not say(url, LETTERS_LEFT))
    assert taken(mail) == Counter(readers(40))


def test_a_change_goes_out_without_waiting_for_the_next_look(desk: Desk, url: str):
    with (desk.workspace / "interim.yaml").open("a") as file:
        file.write("\nmail:\n  coalesce_minutes: 0\n")
    subscribe(url, "someone@example.org")
    with mail_server() as mail, colleagues(desk, mail, now=MONDAY, every=60):
        until(lambda: listening(url))
        until(lambda: not say(url, "SELECT FROM procrastinate_jobs"))
        say(url, NO_LOOK_BY_THE_CLOCK)
        desk.do("move", "ii", "--date", "2027-04-22", now=MONDAY)
        desk.do("approve", now=MONDAY)
        until(lambda: mail.taken)


def test_a_domain_is_sent_no_more_at_once_than_its_limit_by_all_workers_together(
    desk: Desk, url: str
):
    with (desk.workspace / "interim.yaml").open("a") as file:
        file.write("\nmail:\n  domains:\n    example.org: {at_once: 2}\n")
    subscribe(url, *readers(60))
    going, most = 0, 0

    def count(stage: str) -> None:
        nonlocal going, most
        going += {"MAIL": 1, "KEPT": -1}.get(stage, 0)
        most = max(most, going)

    with mail_server() as mail, colleagues(desk, mail, 2):
        mail.at_each = count
        until(lambda: len(mail.taken) >= 60)
    assert taken(mail) == Counter(readers(60))
    assert 1 <= most <= 2


def test_a_domain_is_sent_no_more_in_a_minute_than_its_limit(desk: Desk, url: str):
    with (desk.workspace / "interim.yaml").open("a") as file:
        file.write("\nmail:\n  domains:\n    '*': {per_minute: 5}\n")
    subscribe(url, *readers(12), "someone@example.net")
    with mail_server() as mail:
        with colleagues(desk, mail, 2):  # whose clock stands still
            until(lambda: len(mail.taken) >= 6)
            time.sleep(3)
            assert Counter(one.rpartition("@")[2] for one in taken(mail)) == {
                "example.org": 5,
                "example.net": 1,
            }
        say(url, "DELETE FROM procrastinate_jobs")  # they wait for a minute by the server's clock
        with colleagues(desk, mail, now="2027-03-09T00:32:00Z"):
            until(lambda: len(mail.taken) >= 11)


def test_while_sending_is_paused_nothing_goes_and_afterwards_all(desk: Desk, url: str):
    subscribe(url, *readers(5))
    desk.do("outbox", "pause", now=EVE)
    with mail_server() as mail, colleagues(desk, mail) as (worker,):
        until(lambda: states(url) == {"queued": 5})
        until(lambda: not say(url, "SELECT FROM procrastinate_jobs"))
        assert worker.held == 5
        assert mail.taken == []
        desk.do("outbox", "resume", now=EVE)
        until(lambda: len(mail.taken) == 5)


def test_more_letters_than_anybody_foresaw_are_not_begun(desk: Desk, url: str, monkeypatch):
    monkeypatch.setattr("scheduler.notification.brakes.MOST_UNASKED", 3)
    monkeypatch.setattr("scheduler.notification.brakes.TIMES_FORESEEN", 0)
    subscribe(url, *readers(5))
    with mail_server() as mail, colleagues(desk, mail) as (worker,):
        until(lambda: worker.complaints)
        assert worker.complaints[0].startswith("5 letters would be sent")
        assert mail.taken == []
        desk.do("outbox", "release", "--run", now=EVE)
        until(lambda: len(mail.taken) == 5)


def test_a_mail_server_that_takes_nothing_is_complained_of_and_no_letter_is_burnt(
    desk: Desk, url: str
):
    subscribe(url, *readers(6))
    with mail_server() as mail:
        mail.answer("MAIL", "530 sign in first")
        with colleagues(desk, mail) as (worker,):
            until(lambda: len(mail.taken) == 6)
    assert "takes no letters from us" in worker.complaints[0]
    letters = desk.json("outbox", "list")["letters"]
    assert {(one["state"], one["attempts"]) for one in letters} == {("sent", 1)}


def test_a_database_that_dies_and_comes_back_is_outlived(desk: Desk, url: str, server: PostgreSQL):
    subscribe(url, *readers(30))
    with mail_server() as mail:
        hold = Hold(mail, 3)
        with colleagues(desk, mail) as (worker,):
            hold.wait()
            server.kill()
            hold.go_on()
            until(lambda: worker.complaints)
            server.start()
            until(lambda: states(url)["queued"] == 0)
            settle_doubts(desk, mail, url)
    assert worker.complaints[0].startswith("postgresql://localhost/")
    copies = taken(mail)
    assert copies.keys() == set(readers(30))
    assert copies.total() - 30 <= 4


def test_a_worker_that_was_taken_for_dead_comes_back_and_sends_nothing_twice(desk: Desk, url: str):
    subscribe(url, *readers(30))
    with mail_server() as mail:
        hold = Hold(mail, 3)
        with colleagues(desk, mail) as (worker,):
            hold.wait()
            say(url, "DELETE FROM procrastinate_workers")
            say(url, "DELETE FROM procrastinate_jobs WHERE status = 'doing'")
            hold.go_on()
            until(lambda: worker.complaints)
            until(lambda: len(mail.taken) >= 30)
    assert taken(mail) == Counter(readers(30))


def test_letters_are_signed_as_those_of_other_runs(desk: Desk, url: str):
    key = a_key(key_file(desk.workspace / "dkim.pem"))
    signs = f"dkim: {{{key.domain}: {{selector: {SELECTOR}, key_file: dkim.pem}}}}"
    with (desk.workspace / "interim.yaml").open("a") as file:
        file.write(f"\nmail:\n  from: interim@{key.domain}\n  {signs}\n")
    subscribe(url, "someone@example.org")
    with mail_server() as mail, colleagues(desk, mail):
        until(lambda: mail.taken)
    assert holds(mail.taken[0].message, key)


def test_told_to_stop_a_worker_finishes_what_it_has_in_hand_and_begins_nothing(
    desk: Desk, url: str
):
    subscribe(url, *readers(40))
    with mail_server() as mail:
        hold = Hold(mail, 4)
        with workers(desk, mail) as (worker,):
            hold.wait()
            out, err = stop(worker, then=hold.go_on)
    assert err == ""
    assert set(states(url)) == {"sent", "queued"}
    assert states(url)["sent"] == len(mail.taken) == out.count("\n  sent")
    assert say(url, "SELECT FROM procrastinate_jobs WHERE status = 'doing'") == 0
    audit = desk.json("audit", "list")["rows"]
    told = [row["details"].get("sent", 0) for row in audit if row["verb"] == "remind"]
    assert sum(told) == len(mail.taken)


def test_without_the_extra_it_says_what_to_install(desk: Desk):
    hidden = (
        "import sys\n"
        "sys.modules['procrastinate'] = None\n"
        "from scheduler.cli.root import run\n"
        "sys.exit(run(['worker', '--engine', 'procrastinate']))"
    )
    environment = os.environ | desk.environment | {"INTERIM_WORKSPACE": str(desk.workspace)}
    done = subprocess.run(
        [sys.executable, "-c", hidden],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'interim-scheduler[procrastinate]'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_in_a_database_that_is_not_ours_nothing_is_made(desk: Desk, server: PostgreSQL):
    theirs = server.url(server.make_database())
    mistyped = replace(desk, environment={"INTERIM_DATABASE_URL": theirs})
    with mail_server() as mail, colleagues(mistyped, mail) as (worker,):
        until(lambda: worker.complaints)
    assert "is not a database of this program" in worker.complaints[0]
    with psycopg.connect(theirs) as connection:
        found = "SELECT FROM pg_tables WHERE schemaname !~ '^pg_' AND schemaname !~ '^information_'"
        assert connection.execute(found).rowcount == 0


def test_on_a_file_it_is_refused(tmp_path: Path):
    desk = a_desk(tmp_path)
    refused = desk.run("worker", "--engine", "procrastinate")
    assert refused.status == 2
    assert "keeps its jobs in PostgreSQL" in refused.err


@pytest.mark.parametrize("every", ["7", "90", "2.5"])
def test_looks_that_no_clock_keeps_to_are_refused(desk: Desk, every: str):
    refused = desk.run("worker", "--engine", "procrastinate", "--every", every)
    assert refused.status == 2
    assert "give --every 60" in refused.err
