"""What every store does with the secrets of people's own calendars, and with requests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.subscription import Following, Subscription, SubscriptionRequest
from scheduler.store.protocol import Memory, Store

NOON = Instant.parse("2024-02-12T12:00:00Z")
LATER = NOON.plus(timedelta(days=3))
ONE, TWO = "one@example.org", "two@example.org"
WISH = Subscription(address=ONE, group="RG-X", zone="Asia/Tokyo", language="en", since=NOON)
REQUEST = SubscriptionRequest(
    address=ONE,
    groups=("RG-X", "RG-É"),
    zone="Asia/Tokyo",
    language="fr",
    asked=NOON,
    expires=LATER,
)


def test_a_secret_opens_the_calendar_of_its_address(store: Store) -> None:
    with store.writing() as memory:
        memory.give_feed_token("d1", ONE, NOON)
        memory.give_feed_token("d2", TWO, NOON)
    with store.reading() as memory:
        assert [memory.feed_holder(digest) for digest in ("d1", "d2", "d3")] == [ONE, TWO, None]


def test_another_secret_takes_the_place_of_the_first(store: Store) -> None:
    with store.writing() as memory:
        memory.give_feed_token("d1", ONE, NOON)
        memory.give_feed_token("d2", ONE, LATER)
        assert [memory.feed_holder(digest) for digest in ("d1", "d2")] == [None, ONE]


def test_a_revoked_secret_opens_nothing_and_those_of_others_stay(store: Store) -> None:
    with store.writing() as memory:
        memory.give_feed_token("d1", ONE, NOON)
        memory.give_feed_token("d2", TWO, NOON)
        assert memory.revoke_feed_token(ONE, LATER)
        assert not memory.revoke_feed_token(ONE, LATER)
        assert [memory.feed_holder(digest) for digest in ("d1", "d2")] == [None, TWO]
        assert [memory.has_feed_token(address) for address in (ONE, TWO)] == [False, True]


def subscribe(memory: Memory) -> None:
    memory.subscribe(WISH)


def unsubscribe(memory: Memory) -> None:
    memory.unsubscribe(ONE, None)


def give(memory: Memory) -> None:
    memory.give_feed_token("d1", ONE, NOON)


def revoke(memory: Memory) -> None:
    memory.revoke_feed_token(ONE, NOON)


@pytest.mark.parametrize("change", [subscribe, unsubscribe, give, revoke])
def test_the_mark_is_another_after_each_change(store: Store, change) -> None:
    with store.writing() as memory:
        memory.subscribe(WISH)
        before = memory.following_mark()
        change(memory)
        after = memory.following_mark()
        assert (before, after) == (before, memory.following_mark())
        assert before != after


def test_what_is_followed_and_its_alarms_are_kept_and_changed(store: Store) -> None:
    chosen = replace(
        WISH,
        following=Following.DEADLINES,
        topics=("Harbour lights", "Été"),
        meeting_alarm_minutes=15,
        deadline_alarm_minutes=1440,
        member=True,
    )
    with store.writing() as memory:
        first = memory.subscribe(chosen)
        assert first == replace(chosen, id=first.id)
        assert memory.subscribe(WISH) == replace(WISH, id=first.id)


def test_the_wishes_of_one_address_are_its_own(store: Store) -> None:
    with store.writing() as memory:
        kept = [
            memory.subscribe(wish)
            for wish in (WISH, replace(WISH, address=TWO), replace(WISH, group="RG-Y"))
        ]
        assert memory.wishes_of(ONE) == (kept[0], kept[2])
        assert memory.wishes_of("three@example.org") == ()


def test_a_request_comes_back_until_it_is_dropped(store: Store) -> None:
    with store.writing() as memory:
        kept = memory.save_request(REQUEST)
        assert kept == replace(REQUEST, id=kept.id)
        assert memory.request(kept.id) == kept
        memory.drop_request(kept.id)
        assert memory.request(kept.id) is None
        assert memory.save_request(REQUEST).id > kept.id


def test_requests_are_forgotten_when_they_expire(store: Store) -> None:
    with store.writing() as memory:
        gone = memory.save_request(REQUEST)
        stays = memory.save_request(replace(REQUEST, expires=LATER.plus(timedelta(seconds=1))))
        memory.drop_expired_requests(LATER)
        assert (memory.request(gone.id), memory.request(stays.id)) == (None, stays)


def letter(key: str, kind: str, due: Instant) -> Letter:
    return Letter(
        key=key,
        kind=kind,
        recipient=ONE,
        subscription=1,
        group="",
        subjects=(),
        told=(),
        message_id=f"<{key}@example.org>",
        due=due,
        not_after=LATER,
    )


def test_letters_of_a_kind_are_found_by_when_they_were_due(store: Store) -> None:
    soon = NOON.plus(timedelta(hours=1))
    made = [letter("k1", "a", NOON), letter("k2", "a", soon), letter("k3", "b", soon)]
    with store.writing() as memory:
        for one in made:
            memory.queue(one)
        assert memory.letters_since("a", NOON) == (made[1],)
