"""What every store finds of whom to remind, without reading everybody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.model.letter import NOT_OWED, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.reminding import Rung
from scheduler.model.subscription import Letters, Subscription
from scheduler.store.protocol import Store

NOON = Instant.parse("2024-02-12T12:00:00Z")
OVER, NOW = NOON.plus(timedelta(hours=12)), NOON.plus(timedelta(hours=20))
BEFORE = NOON.plus(timedelta(days=-30))
WISH = Subscription(
    address="one@example.org", group="RG-X", zone="UTC", language="en", since=BEFORE
)
TOLD = Letter(
    key="k1",
    kind="deadline_reminder",
    recipient=WISH.address,
    subscription=1,
    group="RG-X",
    subjects=("uid-1", "uid-é"),
    told=(NOW, NOW.plus(timedelta(days=1))),
    message_id="<1@example.org>",
    due=NOON,
    not_after=NOW,
)


def subscribe(store: Store, *wishes: Subscription) -> None:
    with store.writing() as memory:
        for wish in wishes:
            memory.subscribe(wish)


def not_told(store: Store, like: Subscription = WISH) -> list[str]:
    with store.reading() as memory:
        return [wish.address for wish in memory.not_told(like, TOLD, OVER, NOW)]


def test_of_each_way_of_choosing_the_first_wish_is_returned(store: Store) -> None:
    own = replace(WISH, rungs=(Rung(-3),))
    wishes = [
        WISH,
        replace(WISH, address="two@example.org"),
        replace(own, address="three@example.org"),
        replace(WISH, address="four@example.org", kinds=("meeting",)),
        replace(WISH, address="five@example.org", letters=Letters.DIGEST),
        replace(own, address="six@example.org"),
        replace(WISH, group="RG-Y"),
    ]
    subscribe(store, *wishes)
    with store.reading() as memory:
        found = [(wish.address, wish.group) for wish in memory.ways_chosen()]
    assert found == [(wishes[n].address, wishes[n].group) for n in (0, 2, 3, 4, 6)]


def test_who_chose_alike_and_has_no_such_letter_is_found(store: Store) -> None:
    subscribe(
        store,
        WISH,
        replace(WISH, address="two@example.org"),
        replace(WISH, address="three@example.org", rungs=(Rung(-3),)),
        replace(WISH, address="four@example.org", letters=Letters.DIGEST),
        replace(WISH, address="five@example.org", group="RG-Y"),
        replace(WISH, address="six@example.org", kinds=("agenda",)),
    )
    assert not_told(store) == ["one@example.org", "two@example.org"]
    assert not_told(store, replace(WISH, rungs=(Rung(-3),))) == ["three@example.org"]
    with store.writing() as memory:
        memory.queue(TOLD)
    assert not_told(store) == ["two@example.org"]


@pytest.mark.parametrize(
    "another",
    [
        replace(TOLD, kind="overdue_reminder"),
        replace(TOLD, group="RG-Y"),
        replace(TOLD, recipient="ONE@example.org"),
        replace(TOLD, subjects=("uid-1",), told=(NOW,)),
        replace(TOLD, told=(NOW, NOW.plus(timedelta(days=2)))),
        replace(TOLD, due=NOON.plus(timedelta(microseconds=1))),
    ],
)
def test_a_letter_that_tells_something_else_is_not_enough(store: Store, another: Letter) -> None:
    subscribe(store, WISH)
    with store.writing() as memory:
        memory.queue(another)
    assert not_told(store) == [WISH.address]


@pytest.mark.parametrize("state", [state for state in LetterState if state != "queued"])
def test_a_letter_that_was_withdrawn_told_nothing(store: Store, state: LetterState) -> None:
    subscribe(store, WISH)
    with store.writing() as memory:
        memory.queue(TOLD)
        memory.settle(TOLD.key, state, None, NOW)
    gone = state in {LetterState.CANCELLED, LetterState.SKIPPED}
    assert not_told(store) == ([WISH.address] if gone else [])


def digest(key: str, *subjects: str, **changed: Any) -> Letter:
    """A digest that tells some of what the letter does, at the same rung."""
    told = dict(zip(TOLD.subjects, TOLD.told, strict=True))
    gathered: dict[str, Any] = {
        "subjects": subjects,
        "told": tuple(told[uid] for uid in subjects),
        "rungs": (NOON,) * len(subjects),
    }
    ids = {"key": key, "message_id": f"<{key}@example.org>", "kind": "digest", "group": ""}
    return replace(TOLD, due=OVER, **ids | gathered | changed)


@pytest.mark.parametrize("state", list(LetterState))
def test_who_was_told_all_by_digests_is_not_told_again(store: Store, state: LetterState) -> None:
    wish = replace(WISH, letters=Letters.DIGEST)
    subscribe(store, wish, replace(wish, address="two@example.org"))
    whole = digest("d1", *TOLD.subjects)
    with store.writing() as memory:
        memory.queue(whole)
        memory.settle(whole.key, state, None, NOW)
    assert not_told(store, wish) == ["two@example.org"]
    for number, (uid, left) in enumerate(zip(TOLD.subjects, (1, 0), strict=True)):
        with store.writing() as memory:
            memory.queue(digest(f"p{number}", uid, recipient="two@example.org"))
        assert len(not_told(store, wish)) == left


def test_a_digest_by_which_nothing_was_owed_told_nothing(store: Store) -> None:
    subscribe(store, WISH)
    whole = digest("d1", *TOLD.subjects)
    with store.writing() as memory:
        memory.queue(whole)
        memory.settle(whole.key, LetterState.CANCELLED, f"{NOT_OWED}has submitted TD1", NOW)
    assert not_told(store) == [WISH.address]


@pytest.mark.parametrize(
    "another",
    [
        digest("d", "uid-1"),
        digest("d", *TOLD.subjects, recipient="ONE@example.org"),
        digest("d", *TOLD.subjects, told=(NOW, NOW)),
        digest("d", *TOLD.subjects, rungs=(NOON, NOW)),
        replace(digest("d", *TOLD.subjects), subjects=("uid-1", "uid-2")),
    ],
)
def test_a_digest_that_tells_not_all_of_it_is_not_enough(store: Store, another: Letter) -> None:
    subscribe(store, WISH)
    with store.writing() as memory:
        memory.queue(another)
    assert not_told(store) == [WISH.address]


@pytest.mark.parametrize(
    ("since", "found"),
    [(OVER.plus(timedelta(seconds=-1)), 1), (OVER, 0), (NOW, 0), (NOW.plus(timedelta(1)), 1)],
)
def test_what_was_over_is_not_told_to_who_came_then(
    store: Store, since: Instant, found: int
) -> None:
    subscribe(store, replace(WISH, since=since))
    assert len(not_told(store)) == found


def test_the_letters_to_many_addresses_are_found_by_when_they_were_due(store: Store) -> None:
    addresses = [f"{number}@example.org" for number in range(1100)]
    with store.writing() as memory:
        for number, address in enumerate(addresses):
            key = f"k{number}"
            memory.queue(replace(TOLD, key=key, recipient=address, message_id=f"<{key}@x>"))
        memory.queue(
            replace(TOLD, key="old", due=BEFORE, recipient=addresses[0], message_id="<old@x>")
        )
        found = memory.letters_to([*addresses[1:], addresses[1]], NOON)
        assert sorted(letter.recipient for letter in found) == sorted(addresses[1:])
        assert [letter.key for letter in memory.letters_to(addresses[:1], NOON)] == ["k0"]
        assert memory.letters_to(addresses, NOON.plus(timedelta(seconds=1))) == ()
