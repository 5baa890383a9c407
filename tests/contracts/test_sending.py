"""What a run of letters asks of every store: brakes, leases, and whether sending is paused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.actions.braking import Braking
from scheduler.actions.sending import Pause, record_pause
from scheduler.actions.stored_outbox import MOST_SET_ASIDE, StoredOutbox
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.delivery import Claim, Returned
from scheduler.notification.fates import Fate
from scheduler.store.posting import LEASE
from scheduler.store.protocol import KeptStore, Store
from tests.support.outboxes import a_letter, claim

MORNING = Instant.parse("2024-02-12T06:00:00Z")
TOMORROW = Instant.parse("2024-02-13T00:00:00Z")
SENT = Fate(LetterState.SENT)
LETTER = a_letter("a", MORNING)


def queue(store: Store, keys: str, **others: str) -> None:
    with store.writing() as memory:
        for key in keys:
            memory.queue(replace(LETTER, key=key, message_id=f"<{key}@example.org>", **others))


@pytest.fixture
def kept(store: Store) -> Iterator[KeptStore]:
    """The same store over a connection of a run's own."""
    with store.kept_open() as kept:
        yield kept


class Box(StoredOutbox):
    """An outbox whose letters go one at a time."""

    def claim(self, now: Instant) -> Claim | None:
        return next(iter(self.turn((), 1, now).claims), None)

    def settle(self, claim: Claim, found: Fate, now: Instant) -> Letter:
        (letter,) = self.turn([Returned(claim, found)], 0, now).settled
        return letter

    def put_back(self, claim: Claim, reason: str, now: Instant) -> None:
        assert self.turn([Returned(claim, reason)], 0, now).settled == ()


def box(kept: KeptStore, per_day: int = 3, per_week: int = 20) -> Box:
    brakes = Brakes(letters_per_day=per_day, letters_per_week=per_week)
    return Box(kept, Braking(brakes))


def send_all(outbox: Box, now: Instant) -> str:
    keys = ""
    while (claim := outbox.claim(now)) is not None:
        outbox.settle(claim, SENT, now)
        keys += claim.letter.key
    return keys


def letter(store: Store, key: str) -> Letter:
    with store.reading() as memory:
        found = memory.letter(key)
    assert found is not None
    return found


def test_what_is_more_than_three_a_day_waits_says_why_and_goes_the_next_day(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abcdefg")
    outbox = box(kept)
    assert send_all(outbox, MORNING) == "abc"
    waits = f"waits until {TOMORROW}: letters to the address today: 3"
    found = letter(store, "d")
    assert (found.state, found.attempts, found.last_error) == (LetterState.QUEUED, 0, waits)
    assert send_all(outbox, TOMORROW.plus(-timedelta(seconds=1))) == ""
    assert send_all(outbox, TOMORROW) == "def"


def test_a_week_is_full_until_the_day_drops_out_whose_letters_filled_it(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abcde")
    outbox = box(kept, per_day=2, per_week=4)
    days = [MORNING.plus(timedelta(days=day)) for day in range(8)]
    assert [send_all(outbox, day) for day in days] == ["ab", "cd", "", "", "", "", "", "e"]


def test_letters_that_are_being_sent_take_room_from_another_sender(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abc")
    outbox = box(kept, per_day=2)
    first, second = outbox.claim(MORNING), outbox.claim(MORNING)
    assert [claim and claim.letter.key for claim in (first, second)] == ["a", "b"]
    assert outbox.claim(MORNING) is None


def test_other_addresses_and_kinds_without_brakes_go_meanwhile(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abcd", kind="confirmation")
    queue(store, "ef")
    queue(store, "g", recipient="other@example.org")
    assert send_all(box(kept, per_day=1), MORNING) == "abcdeg"


def test_nothing_is_claimed_or_goes_on_while_sending_is_paused(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "ab")
    outbox = box(kept)
    claim = outbox.claim(MORNING)
    assert claim is not None
    assert outbox.holds(claim, MORNING)
    with store.writing() as memory:
        record_pause(memory, Pause(since=MORNING))
    assert (outbox.holds(claim, MORNING), outbox.claim(MORNING)) == (False, None)
    assert outbox.waiting(MORNING) is False
    with store.writing() as memory:
        record_pause(memory, None)
    assert outbox.holds(claim, MORNING)


def overtaken(store: Store, outbox: Box) -> Claim:
    """A claim whose sender was stopped until somebody else had the letter."""
    queue(store, "a")
    claim = outbox.claim(MORNING)
    assert claim is not None
    assert not outbox.holds(claim, MORNING.plus(LEASE))
    with store.writing() as memory:
        memory.end_leases(MORNING.plus(LEASE))
    assert outbox.claim(MORNING.plus(2 * LEASE)) is not None
    return claim


def test_a_sender_that_was_overtaken_changes_nothing_any_more(
    store: Store, kept: KeptStore
) -> None:
    outbox = box(kept)
    claim = overtaken(store, outbox)
    assert not outbox.holds(claim, MORNING)
    outbox.put_back(claim, "over", MORNING)
    outbox.settle(claim, Fate(LetterState.FAILED, "550"), MORNING)
    assert letter(store, "a").state is LetterState.SENDING


def test_that_a_letter_was_taken_is_recorded_whoever_says_so(store: Store, kept: KeptStore) -> None:
    outbox = box(kept)
    assert outbox.settle(overtaken(store, outbox), SENT, MORNING).state is LetterState.SENT


def test_refusals_in_a_row_are_forgotten_once_a_letter_is_taken(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abcdefg")
    outbox = box(kept, per_day=9)
    gone = Fate(LetterState.FAILED, "550 5.1.1 gone", no_mailbox=True)
    for fate in (gone, gone, SENT, gone, gone):
        claim = outbox.claim(MORNING)
        assert claim is not None
        outbox.settle(claim, fate, MORNING)
    with store.reading() as memory:
        assert memory.suppressions() == ()
    claim = outbox.claim(MORNING)
    assert claim is not None
    told = outbox.settle(claim, gone, MORNING).last_error
    assert told == (
        "550 5.1.1 gone; refused 3 times in a row, so the address is suppressed from now on"
    )


def test_an_address_that_refusals_suppress_is_told_in_the_audit(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abc")
    outbox = box(kept)
    for _ in "abc":
        claim = outbox.claim(MORNING)
        assert claim is not None
        outbox.settle(claim, Fate(LetterState.FAILED, "550 5.1.1", no_mailbox=True), MORNING)
    with store.reading() as memory:
        (row,) = memory.audit()
    with store.writing() as memory:
        person = memory.person_digest("someone@example.org")
    assert (row.verb, row.who, row.person) == ("suppress", "by refusals", person)


def test_several_are_taken_at_once_as_one_after_the_other_would_be(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abcd")
    queue(store, "ef", recipient="other@example.org")
    queue(store, "g", kind="confirmation")
    taken = box(kept, per_day=2).turn((), 5, MORNING).claims
    assert "".join(claim.letter.key for claim in taken) == "abefg"
    assert (
        letter(store, "c").last_error == f"waits until {TOMORROW}: letters to the address today: 2"
    )


def test_what_is_set_aside_is_nobody_elses_and_waits_again_once_it_is_given_up(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abcd", kind="confirmation")
    outbox = box(kept)
    assert [outbox.claim(MORNING) for _ in "ab"][1] is not None  # and c with it
    with store.kept_open() as other:
        assert [claim and claim.letter.key for claim in [box(other).claim(MORNING)]] == ["d"]
    outbox.give_up(MORNING)
    assert (letter(store, "c").state, letter(store, "c").attempts) == (LetterState.QUEUED, 0)
    assert [letter(store, key).state for key in "abd"] == [LetterState.SENDING] * 3


def test_what_a_dead_sender_had_only_set_aside_is_not_in_doubt(
    store: Store, kept: KeptStore
) -> None:
    queue(store, "abc", kind="confirmation")
    outbox = box(kept)
    assert all(outbox.claim(MORNING) for _ in "ab")
    with store.writing() as memory:
        memory.end_leases(MORNING.plus(LEASE))
    found = [(one.state, one.attempts, one.doubts) for one in (letter(store, key) for key in "abc")]
    in_doubt, untouched = (LetterState.AMBIGUOUS, 1, 1), (LetterState.QUEUED, 0, 0)
    assert found == [in_doubt, in_doubt, untouched]


def test_what_was_set_aside_and_taken_by_another_is_not_sent(store: Store, kept: KeptStore) -> None:
    queue(store, "abc", kind="confirmation")
    outbox = box(kept)
    assert all(outbox.claim(MORNING) for _ in "ab")
    with store.writing() as memory:
        memory.end_leases(MORNING.plus(LEASE))
        assert claim(memory, MORNING.plus(LEASE)) is not None
    assert outbox.claim(MORNING) is None
    assert letter(store, "c").state is LetterState.SENDING


def test_more_are_set_aside_at_a_time_where_they_go_quickly(store: Store, kept: KeptStore) -> None:
    with store.writing() as memory:
        for number in range(3 * MOST_SET_ASIDE):
            key = f"k{number:03}"
            memory.queue(replace(LETTER, key=key, kind="confirmation", message_id=f"<{key}@x.org>"))
    outbox, now = box(kept), MORNING

    def aside() -> int:
        with store.reading() as memory:
            return len(memory.letters(LetterState.SENDING))

    claim, seen = outbox.claim(now), []
    while claim is not None:
        seen.append(aside())
        outbox.settle(claim, SENT, now)
        claim = outbox.claim(now)
    assert (seen[0], max(seen)) == (1, MOST_SET_ASIDE)
