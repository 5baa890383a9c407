"""A database that is locked, or whose disk is full, while letters go: none is lost."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.store import sql
from tests.support.mail_server import MailServer, mail_server
from tests.support.posts import EVE, Post, a_post, approved

pytestmark = pytest.mark.server

READERS = [f"reader-{number}@example.org" for number in range(12)]
LATER = ("2027-03-09T09:11:00Z", "2027-03-09T09:30:00Z", "2027-03-09T15:00:00Z")
BEFORE_TAKEN, WHEN_TAKEN = "RCPT", "KEPT"
MOST_CONNECTIONS = 16


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("approved"))


@pytest.fixture
def post(template: Path, tmp_path: Path) -> Iterator[Post]:
    with mail_server() as mail:
        yield a_post(template, tmp_path, mail, READERS)


class Lock:
    """A writer of another program that keeps the database to itself."""

    def __init__(self, post: Post) -> None:
        self.file = post.desk.workspace / "interim.sqlite"
        self.rival: sqlite3.Connection | None = None

    def take(self) -> None:
        self.rival = sqlite3.connect(
            self.file, timeout=30, isolation_level=None, check_same_thread=False
        )
        self.rival.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        if self.rival is not None:
            self.rival.execute("ROLLBACK")
            self.rival.close()


def at_third(mail: MailServer, stage: str, act: Callable[[], None]) -> None:
    """Act before the server's third answer at a stage."""
    seen = []

    def at_each(reached: str) -> None:
        if reached == stage:
            seen.append(reached)
            if len(seen) == 3:
                act()

    mail.at_each = at_each


@contextmanager
def patience(seconds: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wait so long for locks, not half a minute."""
    with monkeypatch.context() as patched:
        patched.setattr(sql.open_store, "__kwdefaults__", {"patience": seconds})
        yield


def send_what_is_left(post: Post) -> int:
    """Run until nothing is left; return how many copies there were besides the first ones."""
    post.mail.at_each = lambda _: None
    for now in LATER:
        assert post.remind(now) == (0, "")
    assert post.states() == {"sent": len(post.readers)}
    copies = post.copies()
    assert copies.keys() == set(post.readers)
    post.desk.do("audit", "verify")
    return copies.total() - len(post.readers)


@pytest.mark.parametrize("stage", [BEFORE_TAKEN, WHEN_TAKEN])
def test_a_lock_that_is_let_go_in_time_is_waited_for(post: Post, stage: str):
    lock = Lock(post)

    def act() -> None:
        lock.take()
        threading.Timer(1.0, lock.release).start()

    at_third(post.mail, stage, act)
    assert post.remind() == (0, "")
    assert (post.states(), set(post.copies().values())) == ({"sent": 12}, {1})


def locked_too_long(post: Post, stage: str, seconds: str) -> None:
    lock = Lock(post)
    at_third(post.mail, stage, lock.take)
    status, said = post.remind()
    lock.release()
    assert status == 3
    told = f"has been locked by another program for more than {seconds} seconds"
    assert [told in line for line in said.splitlines()] == [True]
    assert len(post.letters()) == 12
    taken = {one.recipients[0] for one in post.mail.taken}
    assert len(taken) >= 2
    # Readers are not locked out: what was on its way goes, and nobody can record that it did.
    assert send_what_is_left(post) <= MOST_CONNECTIONS
    assert {reader for reader, count in post.copies().items() if count > 1} <= taken


@pytest.mark.parametrize("stage", [BEFORE_TAKEN, WHEN_TAKEN])
def test_a_lock_that_is_kept_too_long_stops_the_run_and_loses_nothing(
    post: Post, stage: str, monkeypatch: pytest.MonkeyPatch
):
    with patience(0.5, monkeypatch):
        locked_too_long(post, stage, "0.5")


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("stage", [BEFORE_TAKEN, WHEN_TAKEN])
def test_a_lock_that_is_kept_for_half_a_minute_stops_the_run_and_loses_nothing(
    post: Post, stage: str
):
    locked_too_long(post, stage, "30")


def with_room(post: Post, kilobytes: int) -> tuple[int, str]:
    """Run a sender that cannot make any file longer than so; return how it ended."""
    limited = ("sh", "-c", f'ulimit -f {2 * kilobytes}; exec "$@"', "sh")
    with post.sender(EVE, "remind", before=limited) as process:
        _, said = process.communicate(timeout=150)
    lines = [one for one in said.splitlines() if not one.startswith("notice: ")]
    return process.returncode, "\n".join(lines)


@pytest.mark.timeout(900)
def test_a_full_disk_stops_the_run_and_loses_nothing(template: Path, tmp_path: Path):
    in_the_middle = 0
    for kilobytes in (20, 40, 60, 80, 140):  # it depends on who is quicker where each ends
        with mail_server() as mail:
            post = a_post(template, tmp_path / str(kilobytes), mail, READERS)
            status, said = with_room(post, kilobytes)
            taken = len(mail.taken)
            in_the_middle += 0 < taken < len(READERS)
            if status != 0:
                assert (status, said[:7], said.count("\n")) == (3, "error: ", 0), said
                assert "interim.sqlite could not be used" in said
                assert "see that its disk works and has room" in said
            assert send_what_is_left(post) <= (MOST_CONNECTIONS if status else 0)
    assert in_the_middle > 0
