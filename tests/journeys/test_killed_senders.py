"""Senders that are killed at any point: no letter is lost, and none is sent twice without cause.

A second copy is without cause unless the mail server had taken the first and its sender died
before that was recorded.
"""

import os
import random
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import open_store
from tests.conftest import ROOT
from tests.support.commands import a_desk
from tests.support.mail_server import PIPELINING, MailServer, mail_server

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
MONDAY = Instant.parse("2027-03-08T09:00:00Z")
EVE = Instant.parse("2027-03-09T00:30:00Z")  # a day before a deadline, by its clocks
BETWEEN = timedelta(minutes=11)  # a lease, and the wait of what it leaves in doubt
A_DAY_OF_RUNS = 100  # what waits longer was not foreseen for the day, and a person has to look
BEFORE = ("GREETING", "EHLO")
WITHOUT_DOUBT = ("MAIL", "RCPT", "DATA")  # the server has no letter yet
IN_DOUBT = ("BODY", "KEPT")  # it has, and its sender does not know
AFTER = ("QUIT",)


class Post:
    """A desk with many subscribers, a mail server, and senders in processes of their own."""

    def __init__(self, folder: Path, mail: MailServer, readers: int, connections: int = 1) -> None:
        self.desk, self.mail, self.now = a_desk(folder), mail, EVE
        self.connections = connections
        with (self.desk.workspace / "interim.yaml").open("a") as settings:
            settings.write(f"mail:\n  connections: {connections}\n")
        self.desk.do("import", REPORT, now=str(MONDAY))
        self.desk.do("approve", now=str(MONDAY))
        self.readers = [f"reader-{number}@example.org" for number in range(readers)]
        with open_store(sqlite_url(self.desk.workspace / "interim.sqlite")).writing() as memory:
            for address in self.readers:
                memory.subscribe(
                    Subscription(
                        address=address,
                        group="RG-NAV",
                        zone="Asia/Tokyo",
                        language="en",
                        since=MONDAY,
                    )
                )

    def remind(self, kill_at: tuple[str, int] | None = None) -> bool:
        """Run a sender, killed once the server is at a stage for the n-th time; tell if it was."""
        command = [sys.executable, "-m", "scheduler", "--now", str(self.now), "remind"]
        environment = os.environ | {
            "INTERIM_WORKSPACE": str(self.desk.workspace),
            "INTERIM_SMTP_URL": self.mail.url,
            "PYTHONPATH": str(ROOT),
        }
        seen: Counter[str] = Counter()
        sender: list[subprocess.Popen[bytes]] = []

        def at_each(stage: str) -> None:
            seen[stage] += 1
            if (stage, seen[stage]) == kill_at:
                sender[0].kill()
                sender[0].wait(60)  # it is dead before the server goes on

        self.mail.at_each = at_each
        # The server answers nothing before there is a connection, and so a process.
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            sender.append(process)
            _, said = process.communicate(timeout=240)
        assert process.returncode in (0, -signal.SIGKILL), said
        self.now = self.now.plus(BETWEEN)
        return process.returncode != 0

    def let_go(self) -> None:
        """Do what the secretariat does when a run was larger than anybody foresaw."""
        self.desk.do("outbox", "release", "--run", now=str(self.now))

    def copies(self) -> dict[str, list[str]]:
        """The Message-IDs that each reader's server took."""
        found = defaultdict(list)
        for letter in self.mail.taken:
            (recipient,) = letter.recipients
            found[recipient].append(message_from_bytes(letter.message)["Message-ID"])
        return found

    def states(self) -> Counter[str]:
        letters = self.desk.json("outbox", "list", now=str(self.now))["letters"]
        assert len(letters) == len(self.readers)
        return Counter(letter["state"] for letter in letters)


def send_and_kill(post: Post, kills: int, chance: random.Random) -> Counter[str]:
    """Kill so many senders at random, then send what is left; count where they were killed."""
    killed: Counter[str] = Counter()
    for number in range(1, kills + 1):
        if number % A_DAY_OF_RUNS == 0:
            post.let_go()
        phase = chance.choice(WITHOUT_DOUBT + IN_DOUBT)
        # Not so soon that the same letters are in doubt each time, until a person has to look.
        least = 2 * post.connections
        step = chance.randint(least, max(least, 2 * len(post.readers) // kills))
        killed[phase] += post.remind(kill_at=(phase, step))
    for _ in range(3):
        post.remind()
    return killed


def check(post: Post, killed: Counter[str]) -> None:
    assert extra_copies(post) == sum(killed[phase] for phase in IN_DOUBT)


def extra_copies(post: Post) -> int:
    """How many letters came again, under the same Message-ID, once all have come."""
    copies = post.copies()
    assert post.states() == {"sent": len(post.readers)}
    assert copies.keys() == set(post.readers)
    assert all(len(set(ids)) == 1 for ids in copies.values())
    return sum(len(ids) - 1 for ids in copies.values())


@pytest.mark.timeout(1800)
def test_twenty_killed_senders_lose_none_of_500_letters(tmp_path: Path):
    with mail_server() as mail:
        post = Post(tmp_path, mail, 500)
        killed = send_and_kill(post, 20, random.Random(20))
        assert killed.total() >= 15
        check(post, killed)


@pytest.mark.timeout(1800)
def test_senders_with_four_connections_leave_one_letter_in_doubt_for_each(tmp_path: Path):
    with mail_server(extensions=PIPELINING) as mail:
        post = Post(tmp_path, mail, 200, connections=4)
        killed = send_and_kill(post, 6, random.Random(4))
        assert killed.total() >= 4
        assert extra_copies(post) <= 4 * killed.total()
        assert mail.connections > killed.total() + 4  # several of each sender


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_killed_senders_of_four_connections_lose_none_of_5000_letters(tmp_path: Path):
    with mail_server(extensions=PIPELINING) as mail:
        post = Post(tmp_path, mail, 5000, connections=4)
        killed = send_and_kill(post, 200, random.Random(204))
        assert killed.total() >= 150
        assert extra_copies(post) <= 4 * killed.total()


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
def test_two_hundred_killed_senders_lose_none_of_5000_letters(tmp_path: Path):
    with mail_server() as mail:
        post = Post(tmp_path, mail, 5000)
        killed = send_and_kill(post, 200, random.Random(200))
        assert killed.total() >= 150
        check(post, killed)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("phase", BEFORE + WITHOUT_DOUBT + IN_DOUBT + AFTER)
def test_a_sender_killed_at_any_phase_leaves_its_letter_to_the_next_one(tmp_path: Path, phase: str):
    with mail_server() as mail:
        post = Post(tmp_path, mail, 3)
        assert post.remind(kill_at=(phase, 1))
        assert post.states()["sending"] == (phase in WITHOUT_DOUBT + IN_DOUBT)
        for _ in range(3):
            post.remind()
        check(post, Counter([phase]))
