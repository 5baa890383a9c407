"""A store on a server tells who listens that letters may go, once that stands."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest

from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.store.posting import NEWS
from scheduler.store.protocol import Memory, Store
from scheduler.store.sql import open_store
from tests.support.outboxes import a_letter, claim
from tests.support.postgresql import PostgreSQL
from tests.support.stores import databases

NOW = Instant.parse("2024-02-12T06:00:00Z")
LETTER = a_letter("a", NOW)
OTHER = replace(LETTER, key="b", message_id="<b@example.org>")


@pytest.fixture
def url(postgresql: PostgreSQL, made_on_postgresql: str) -> Iterator[str]:
    with databases(postgresql, made_on_postgresql) as fresh:
        yield fresh()


@pytest.fixture
def store(url: str) -> Store:
    found = open_store(url)
    with found.writing() as memory:
        memory.queue(LETTER)
    return found


def heard(url: str, act: Callable[[], object]) -> int:
    """Return how often who listens was told of something while `act` went on."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"LISTEN {NEWS}")
        act()
        connection.execute(f"NOTIFY {NEWS}, 'the end'")
        notes = []
        for note in connection.notifies(timeout=30):
            if note.payload == "the end":
                break
            notes.append(note)
    return len(notes)


def change(store: Store, what: Callable[[Memory], object]) -> Callable[[], None]:
    def act() -> None:
        with store.writing() as memory:
            what(memory)

    return act


def test_letters_that_are_queued_or_let_go_are_told_of_once_a_transaction(store: Store, url: str):
    def queue_two(memory: Memory) -> None:
        memory.queue(OTHER)
        memory.queue(replace(OTHER, key="c", message_id="<c@example.org>"))

    assert heard(url, change(store, queue_two)) == 1
    assert heard(url, change(store, lambda memory: memory.let_go("a"))) == 1
    assert heard(url, change(store, lambda memory: memory.release_ready(NOW))) == 1


def test_sending_them_is_no_news(store: Store, url: str):
    def send(memory: Memory) -> None:
        memory.queue(LETTER)  # for the second time
        claim(memory, NOW)
        memory.settle("a", LetterState.SENT, None, NOW)

    assert heard(url, change(store, send)) == 0


def test_what_does_not_come_to_stand_is_not_told(store: Store, url: str):
    def fail(memory: Memory) -> None:
        memory.queue(OTHER)
        raise ZeroDivisionError

    def act() -> None:
        with pytest.raises(ZeroDivisionError):
            change(store, fail)()

    assert heard(url, act) == 0
