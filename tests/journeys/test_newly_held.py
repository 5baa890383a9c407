"""Letters that a run leaves to a person are told of, once, also where it is to be quiet."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scheduler import assembly
from scheduler.model.moment import Instant
from scheduler.store.database.places import sqlite_url
from scheduler.store.posting import LEASE
from scheduler.store.sql import open_store
from tests.support.commands import Desk
from tests.support.mail_server import DROP, mail_server
from tests.support.posts import EVE, READERS, Post, a_post, approved, beside, until

pytestmark = pytest.mark.server

ONE, TWO = READERS[:2]
HOURS = ("2027-03-09T10:00:00Z", "2027-03-09T11:00:00Z", "2027-03-09T12:00:00Z")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("approved"))


@pytest.fixture
def post(template: Path, tmp_path: Path) -> Iterator[Post]:
    with mail_server() as mail:
        yield a_post(template, tmp_path, mail, [ONE, TWO], connections=1)


def told(letters: str) -> str:
    return (
        f"warning: {letters} held for a person to look at; "
        "'interim outbox list --state held' says why.\n"
    )


@pytest.mark.parametrize(
    ("lost", "counts", "words"),
    [
        ([DROP, "250 ok", DROP, DROP], {"held": 1, "sent": 1}, "1 letter is"),
        ([DROP] * 6, {"held": 2}, "2 letters are"),
    ],
)
def test_a_quiet_run_tells_of_letters_it_left_to_a_person_and_the_next_one_does_not(
    post: Post, lost: list, counts: dict[str, int], words: str
):
    post.mail.answer("KEPT", *lost)
    said = [post.desk.do("--quiet", "remind", now=now).err for now in (EVE, *HOURS)]
    assert said == ["", "", told(words), ""]
    assert post.states() == counts


def test_the_document_of_a_run_is_one_whatever_is_told_beside_it(post: Post):
    post.mail.answer("KEPT", *[DROP] * 6)
    for now in (EVE, HOURS[0]):
        post.desk.do("remind", now=now)
    ran = post.desk.do("remind", "--json", now=HOURS[1])
    assert [letter["state"] for letter in ran.document["letters"]] == ["held", "held"]
    assert ran.err.endswith(told("2 letters are"))


def test_a_quiet_worker_tells_of_them_once(post: Post):
    post.mail.answer("KEPT", *[DROP] * 6)
    for now in (EVE, HOURS[0]):
        post.desk.do("remind", now=now)
    with beside(post.desk, HOURS[1], "--quiet", "worker", "--every", "1") as worker:
        until(lambda: post.states() == {"held": 2})
        subscribe_another(post)
        until(lambda: post.states() == {"held": 2, "sent": 1})
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=30)
    assert (worker.returncode, out, err) == (0, "", told("2 letters are"))


def subscribe_another(post: Post) -> None:
    post.mail.people.add(READERS[2])
    post.desk.do("subscribe", READERS[2], "--group", "RG-NAV", now=EVE)


def by_remind(desk: Desk, now: str) -> int:
    return int("1 letter is held" in desk.do("--quiet", "remind", now=now).err)


def by_a_look(desk: Desk, now: str) -> int:
    workspace = assembly.open_workspace(desk.workspace, desk.environment, Instant.parse(now))
    return assembly.look(workspace, announce=lambda _: None, who="ada").reminded.newly_held


@pytest.mark.parametrize("run", [by_remind, by_a_look])
def test_a_letter_whose_senders_died_again_and_again_is_told_of(
    post: Post, run: Callable[[Desk, str], int]
):
    post.desk.do("outbox", "pause", now=EVE)
    post.desk.do("remind", now=EVE)
    post.desk.do("outbox", "resume", now=EVE)
    store = open_store(sqlite_url(post.desk.workspace / "interim.sqlite"))
    found, now = [], Instant.parse(EVE)
    for _ in range(3):
        with store.writing() as memory:  # a sender that never comes back
            taken = [letter.key for letter in memory.reserve(now, 2)]
            memory.begin(taken[:1], now.plus(LEASE))
        now = now.plus(LEASE)
        found.append(run(post.desk, str(now)) if len(found) == 2 else doubtful(store, now))
        now = now.plus(LEASE)
    assert found == [0, 0, 1]


def doubtful(store, now: Instant) -> int:
    with store.writing() as memory:
        return memory.end_leases(now)
