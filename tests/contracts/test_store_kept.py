"""What every store does over a connection that is kept open."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.model.suppression import Suppression
from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import KeptStore, Store
from scheduler.store.sql import create

NOON = Instant.parse("2024-02-12T12:00:00Z")
PLAN = Plan(group="RG-X", revision=1, made=NOON)
LETTER = Letter(
    key="k1",
    kind="deadline_reminder",
    recipient="someone@example.org",
    subscription=1,
    group="RG-X",
    subjects=("uid",),
    told=(NOON,),
    message_id="<1@example.org>",
    due=NOON,
    not_after=NOON,
)
WISH = Subscription(
    address="someone@example.org", group="RG-X", zone="Asia/Tokyo", language="en", since=NOON
)


@pytest.fixture
def kept(store: Store) -> Iterator[KeptStore]:
    with store.writing() as memory:
        memory.save_current(PLAN)
        memory.subscribe(WISH)
        memory.queue(LETTER)
    with store.kept_open() as found:
        yield found


def current(store: KeptStore | Store) -> Plan | None:
    with store.reading() as memory:
        return memory.current("RG-X")


def test_what_others_change_is_seen_at_once(store: Store, kept: KeptStore) -> None:
    assert current(kept) == PLAN
    later = replace(PLAN, revision=2)
    with store.writing() as memory:
        memory.save_current(later)
    assert current(kept) == later


def test_what_changes_over_it_is_seen_at_once(kept: KeptStore) -> None:
    assert current(kept) == PLAN
    later = replace(PLAN, revision=2)
    with kept.writing() as memory:
        memory.save_current(later)
        assert memory.current("RG-X") == later
    assert current(kept) == later


def test_a_change_that_is_undone_was_never_seen(kept: KeptStore) -> None:
    def change_and_fail() -> None:
        with kept.writing() as memory:
            memory.save_current(replace(PLAN, revision=2))
            memory.current("RG-X")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert current(kept) == PLAN


def test_it_tells_whether_others_changed_anything(
    store: Store, kept: KeptStore, filling: str
) -> None:
    before = kept.changes_of_others()
    with kept.writing() as memory:
        memory.remember("site", "ours")
        assert kept.changes_of_others() == before
    assert kept.changes_of_others() == before
    with store.writing() as memory:
        memory.remember("site", "theirs")
    assert (kept.changes_of_others() == before) is (filling != "sqlite")
    assert (before is None) is (filling != "sqlite")


def test_what_was_foreseen_of_readers_is_true_until_it_changes(
    store: Store, kept: KeptStore
) -> None:
    suppressed = Suppression(address="other@example.org", reason="left", at=NOON)
    with store.writing() as memory:
        memory.suppress(suppressed)
        memory.person_digest("any@example.org")

    def seen() -> tuple[object, ...]:
        with kept.reading() as memory:
            memory.foresee([LETTER, replace(LETTER, recipient="other@example.org", subscription=9)])
            return (
                memory.suppression("someone@example.org"),
                memory.suppression("other@example.org"),
                memory.subscription(1),
                memory.subscription(9),
            )

    assert seen() == (None, suppressed, replace(WISH, id=1), None)
    with store.writing() as memory:
        memory.forget_person("other@example.org", NOON)
        memory.unsubscribe("someone@example.org", None)
    _, forgotten, *wishes = seen()
    assert isinstance(forgotten, Suppression)
    assert wishes == [None, None]
    with kept.writing() as memory:
        memory.suppress(replace(suppressed, address="someone@example.org"))
    assert seen()[0] == replace(suppressed, address="someone@example.org")


def test_it_tells_what_it_has_foreseen_until_somebody_changes_anything(
    store: Store, kept: KeptStore, filling: str
) -> None:
    def has_foreseen() -> bool:
        with kept.reading() as memory:
            return memory.has_foreseen(LETTER)

    assert not has_foreseen()
    with kept.reading() as memory:
        memory.foresee([LETTER])
        assert memory.has_foreseen(LETTER)
        assert not memory.has_foreseen(replace(LETTER, key="k2"))
    assert has_foreseen() is (filling == "sqlite")
    with store.writing() as other:
        other.remember("site", "theirs")
    assert not has_foreseen()


def test_a_memory_is_of_no_use_after_its_transaction(kept: KeptStore) -> None:
    for door in (kept.reading, kept.writing):
        with door() as memory:
            pass
        with pytest.raises(Exception, match="closed"):
            memory.recall("site")


def test_a_sqlite_file_waits_for_the_disk_at_every_change(tmp_path: Path) -> None:
    store = create(sqlite_url(tmp_path / "interim.sqlite"))

    def asked(kept: KeptStore) -> int:
        driver: sqlite3.Connection = kept._database.driver  # type: ignore[attr-defined]
        (level,) = driver.execute("PRAGMA synchronous").fetchone()
        return int(level)

    full = 2
    with store.kept_open() as kept:
        for _ in range(2):
            with kept.writing():
                assert asked(kept) == full
