"""A sender that is stopped in the middle of a letter, and goes on once somebody else sent it."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.support.mail_server import mail_server
from tests.support.posts import EVE, READERS, Post, a_post, approved, until

pytestmark = pytest.mark.server

LEASE_OVER = "2027-03-09T09:05:00Z"
WAIT_OVER = "2027-03-09T09:16:00Z"
LATER = "2027-03-09T12:00:00Z"
VERBS = [("remind",), ("worker", "--every", "1")]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("approved"))


@pytest.fixture
def post(template: Path, tmp_path: Path) -> Iterator[Post]:
    with mail_server() as mail:
        yield a_post(template, tmp_path, mail, connections=1)


@contextmanager
def stopped_at(post: Post, stage: str, verb: tuple[str, ...]) -> Iterator[None]:
    """Stop a sender before the server's second answer at a stage; let it go on when resumed."""
    seen: Counter[str] = Counter()
    started = Future[Popen[str]]()

    def at_each(reached: str) -> None:
        seen[reached] += 1
        if (reached, seen[reached]) == (stage, 2):
            sender = started.result(60)
            sender.send_signal(signal.SIGSTOP)
            os.waitpid(sender.pid, os.WUNTRACED)  # it is still before the server goes on
            seen["stopped"] += 1

    post.mail.at_each = at_each
    with post.sender(EVE, *verb) as process:
        started.set_result(process)
        until(lambda: seen["stopped"], process)
        post.mail.at_each = lambda _: None
        yield
        process.send_signal(signal.SIGCONT)
        if verb[0] == "worker":
            process.send_signal(signal.SIGTERM)  # it ends with the letter in hand
        _, said = process.communicate(timeout=60)
        assert (process.returncode, "error" in said) == (0, False), said


@pytest.mark.parametrize("verb", VERBS, ids=["remind", "worker"])
@pytest.mark.parametrize(
    ("stage", "taken_before"), [("MAIL", 0), ("RCPT", 0), ("DATA", 0), ("KEPT", 1)]
)
def test_a_sender_that_was_overtaken_sends_nothing_further(
    post: Post, stage: str, taken_before: int, verb: tuple[str, ...]
):
    with stopped_at(post, stage, verb):
        for now in (EVE, LEASE_OVER, WAIT_OVER):
            assert post.remind(now) == (0, "")
        before = post.letters()
        assert post.states() == {"sent": 3}
    assert post.letters() == before
    assert post.remind(LATER) == (0, "")
    assert post.copies().keys() == set(READERS)
    assert sorted(post.copies().values()) == [1, 1, 1 + taken_before]
    post.desk.do("audit", "verify")


@pytest.mark.parametrize("stage", ["MAIL", "DATA"])
def test_a_sender_whose_lease_ran_out_leaves_its_letter_in_doubt_to_others(post: Post, stage: str):
    with stopped_at(post, stage, ("remind",)):
        assert post.remind(LEASE_OVER) == (0, "")
        taken = len(post.mail.taken)
    assert len(post.mail.taken) == taken
    assert post.remind(WAIT_OVER) == (0, "")
    assert (post.states(), set(post.copies().values())) == ({"sent": 3}, {1})


def test_a_sender_that_goes_on_into_a_pause_sends_nothing(post: Post):
    with stopped_at(post, "MAIL", ("remind",)):
        post.desk.do("outbox", "pause", now=LEASE_OVER)
        post.remind(LEASE_OVER)
    assert len(post.mail.taken) == 1
    assert post.states()["sent"] == 1
    post.desk.do("outbox", "resume", now=LEASE_OVER)
    assert post.remind(WAIT_OVER) == (0, "")
    assert (post.states(), set(post.copies().values())) == ({"sent": 3}, {1})
