"""What every store does with subscriptions."""

from dataclasses import replace

from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Letters, Subscription
from scheduler.store.protocol import Store

SINCE = Instant.parse("2024-02-01T08:00:00.250000Z")
WISH = Subscription(
    address="someone@example.org", group="RG-X", zone="Asia/Tokyo", language="en", since=SINCE
)
ELSEWHERE = replace(WISH, group="RG-Y")
ANOTHER = replace(WISH, address="another@example.org")


def test_a_wish_gets_an_id_and_comes_back(store: Store) -> None:
    with store.writing() as memory:
        kept = memory.subscribe(WISH)
    assert kept == replace(WISH, id=kept.id)
    assert kept.id > 0
    with store.reading() as memory:
        assert memory.subscription(kept.id) == kept
        assert memory.subscriptions("RG-X") == (kept,)


def test_the_same_address_again_changes_zone_and_language_and_keeps_since(store: Store) -> None:
    later = replace(
        WISH, zone="America/New_York", language="fr", since=Instant.parse("2025-01-01T00:00:00Z")
    )
    with store.writing() as memory:
        first = memory.subscribe(WISH)
        second = memory.subscribe(later)
        assert second == replace(first, zone="America/New_York", language="fr")
        assert memory.subscriptions(None) == (second,)


def test_what_stands_is_known_to_who_begins_or_asks_for_letters_again(store: Store) -> None:
    none, moved = replace(WISH, letters=Letters.NONE), replace(WISH, zone="UTC")
    known = []
    with store.writing() as memory:
        for number, wish in enumerate((WISH, moved, none, none, WISH, WISH), start=1):
            memory.save_current(Plan(group="RG-X", revision=number, made=SINCE))
            kept = memory.subscribe(wish)
            known.append(memory.introductions("RG-X")[kept.id])
    assert known == [1, 1, 1, 1, 5, 5]


def test_subscriptions_are_told_apart_by_group_and_address(store: Store) -> None:
    with store.writing() as memory:
        kept = tuple(memory.subscribe(wish) for wish in (WISH, ELSEWHERE, ANOTHER))
        assert memory.subscriptions(None) == kept
        assert memory.subscriptions("RG-X") == (kept[0], kept[2])
        assert memory.subscriptions("RG-Z") == ()


def test_unsubscribing_from_one_group_leaves_the_others(store: Store) -> None:
    with store.writing() as memory:
        for wish in (WISH, ELSEWHERE, ANOTHER):
            memory.subscribe(wish)
        assert memory.unsubscribe(WISH.address, "RG-X") == 1
        assert memory.unsubscribe(WISH.address, "RG-X") == 0
        left = [(wish.address, wish.group) for wish in memory.subscriptions(None)]
    assert left == [(WISH.address, "RG-Y"), (ANOTHER.address, "RG-X")]


def test_unsubscribing_from_all_groups_says_how_many_they_were(store: Store) -> None:
    with store.writing() as memory:
        for wish in (WISH, ELSEWHERE, ANOTHER):
            memory.subscribe(wish)
        assert memory.unsubscribe(WISH.address, None) == 2
        assert [wish.address for wish in memory.subscriptions(None)] == [ANOTHER.address]


def test_an_id_is_never_given_to_somebody_else(store: Store) -> None:
    with store.writing() as memory:
        gone = memory.subscribe(WISH)
        memory.unsubscribe(WISH.address, None)
    with store.writing() as memory:
        assert memory.subscribe(ANOTHER).id > gone.id
        assert memory.subscription(gone.id) is None
