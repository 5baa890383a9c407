"""A PostgreSQL that is killed again and again while letters go: none is lost."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from scheduler.model.moment import Instant
from tests.support.commands import Desk
from tests.support.mail_server import mail_server
from tests.support.postgresql import PostgreSQL, postgresql_server
from tests.support.posts import MONDAY, REPORT, Post, subscribe

pytestmark = pytest.mark.server

NOT_TAKEN, TAKEN = ("MAIL", "RCPT", "DATA"), ("BODY", "KEPT")
BEGIN = Instant.parse("2027-03-09T00:30:00Z")
BETWEEN = timedelta(minutes=11)  # a lease, and the wait of what it leaves in doubt
MOST_CONNECTIONS = 16


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql_server() as found:
        yield found


def a_post_on(server: PostgreSQL, folder: Path, mail, readers: int) -> Post:
    url = server.url(server.make_database())
    desk = Desk(folder / "work", {"INTERIM_DATABASE_URL": url, "INTERIM_SMTP_URL": mail.url})
    desk.do("init", desk.workspace)
    desk.do("import", REPORT, now=MONDAY)
    desk.do("approve", now=MONDAY)
    addresses = [f"reader-{number}@example.org" for number in range(readers)]
    subscribe(desk, addresses)
    mail.people.update(addresses)
    return Post(desk, mail, addresses)


def send_and_kill(post: Post, server: PostgreSQL, kills: int) -> Counter[str]:
    """Kill the database at one stage after the other, then send what is left; count the kills."""
    stages = (NOT_TAKEN + TAKEN) * kills
    every = max(2, len(post.readers) // kills)
    killed: Counter[str] = Counter()
    for run in count():
        seen: Counter[str] = Counter()

        def at_each(stage: str, run: int = run, seen: Counter[str] = seen) -> None:
            seen[stage] += 1
            if run < kills and (stage, seen[stage]) == (stages[run], every):
                server.kill()
                seen["killed"] += 1

        post.mail.at_each = at_each
        status, said = post.remind(str(BEGIN.plus(BETWEEN * run)))
        if seen["killed"]:
            assert (status, said.count("\n"), said[:7]) == (3, 0, "error: ")
            killed[stages[run]] += 1
            server.start()
        else:
            assert (status, said) == (0, "")
            if run >= kills + 3:
                return killed
    raise AssertionError


def check(post: Post, killed: Counter[str]) -> None:
    assert post.states() == {"sent": len(post.readers)}
    copies = post.copies()
    assert copies.keys() == set(post.readers)
    extra = copies.total() - len(post.readers)
    assert extra <= sum(killed[stage] for stage in TAKEN) * MOST_CONNECTIONS
    post.desk.do("audit", "verify")


@pytest.mark.timeout(900)
def test_a_database_killed_at_each_phase_loses_none_of_40_letters(
    server: PostgreSQL, tmp_path: Path
):
    with mail_server() as mail:
        post = a_post_on(server, tmp_path, mail, 40)
        killed = send_and_kill(post, server, 5)
        assert killed.total() >= 3
        check(post, killed)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_database_killed_a_hundred_times_loses_none_of_2000_letters(
    server: PostgreSQL, tmp_path: Path
):
    with mail_server() as mail:
        post = a_post_on(server, tmp_path, mail, 2000)
        killed = send_and_kill(post, server, 100)
        assert killed.total() >= 70
        check(post, killed)
