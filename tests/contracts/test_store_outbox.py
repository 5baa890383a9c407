"""What every store does with letters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.store.faults import MessageIdTaken, UnknownLetter
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Store
from tests.support.outboxes import claim, holds

NOON = Instant.parse("2024-02-12T12:00:00Z")
MINUTE = timedelta(minutes=1)
LETTER = Letter(
    key="k1",
    kind="deadline_reminder",
    recipient="someone@example.org",
    subscription=1,
    group="RG-X",
    subjects=("uid-1", "uid-é"),
    told=(NOON, NOON.plus(timedelta(microseconds=1))),
    message_id="<1@example.org>",
    due=NOON,
    not_after=NOON.plus(timedelta(days=1)),
)


def another(key: str, due: Instant = NOON) -> Letter:
    return replace(LETTER, key=key, message_id=f"<{key}@example.org>", due=due)


def states(store: Store) -> dict[str, LetterState]:
    with store.reading() as memory:
        return {letter.key: letter.state for letter in memory.letters(None)}


def claimed(store: Store, now: Instant) -> str | None:
    with store.writing() as memory:
        letter = claim(memory, now)
    return letter.key if letter else None


def settle(
    store: Store, state: LetterState, error: str | None = None, retry_at: Instant | None = None
) -> None:
    with store.writing() as memory:
        memory.settle("k1", state, error, NOON, retry_at)


@pytest.fixture
def queued(store: Store) -> Store:
    """A store with one letter, due at noon."""
    with store.writing() as memory:
        memory.queue(LETTER)
    return store


def test_a_letter_comes_back_as_it_was_queued(queued: Store) -> None:
    with queued.reading() as memory:
        assert memory.letters(None) == (LETTER,)
        assert memory.letters(LetterState.QUEUED) == (LETTER,)
        assert memory.letters(LetterState.SENT) == ()


def test_a_key_is_queued_once(queued: Store) -> None:
    with queued.writing() as memory:
        assert memory.queue(replace(LETTER, recipient="x@example.org", message_id="<2@x>")) is False
        assert memory.letters(None) == (LETTER,)
        assert memory.queue(another("k2")) is True


def test_a_message_id_belongs_to_one_letter(queued: Store) -> None:
    with pytest.raises(MessageIdTaken), queued.writing() as memory:
        memory.queue(replace(LETTER, key="k2"))
    assert list(states(queued)) == ["k1"]


def test_letters_are_listed_oldest_due_first_then_by_subscription_and_key(store: Store) -> None:
    order = [
        another("b", NOON.plus(-MINUTE)),
        replace(another("e"), subscription=0),
        another("a"),
        another("c"),
        another("0", NOON.plus(MINUTE)),
    ]
    with store.writing() as memory:
        for letter in (order[3], order[4], order[0], order[2], order[1]):
            memory.queue(letter)
        assert memory.letters(None) == tuple(order)


def test_letters_are_claimed_oldest_due_first_then_by_subscription_and_key(store: Store) -> None:
    late, early = another("b", NOON.plus(-MINUTE)), replace(another("e"), subscription=0)
    with store.writing() as memory:
        for letter in (another("c"), late, another("a"), early):
            memory.queue(letter)
    assert [claimed(store, NOON) for _ in range(5)] == ["b", "e", "a", "c", None]


def test_instants_with_and_without_fractions_keep_their_order(store: Store) -> None:
    with store.writing() as memory:
        memory.queue(another("later", NOON.plus(timedelta(microseconds=1))))
        memory.queue(another("noon"))
    assert claimed(store, NOON) == "noon"
    assert claimed(store, NOON) is None
    assert claimed(store, NOON.plus(timedelta(seconds=1))) == "later"


def test_a_letter_is_not_claimed_before_it_is_due(queued: Store) -> None:
    assert claimed(queued, NOON.plus(timedelta(microseconds=-1))) is None
    assert claimed(queued, NOON) == "k1"


def test_a_claimed_letter_is_sending_with_one_attempt_more(queued: Store) -> None:
    with queued.writing() as memory:
        taken = claim(memory, NOON)
        assert taken == replace(LETTER, state=LetterState.SENDING, attempts=1)
        assert claim(memory, NOON) is None
        assert memory.letters(LetterState.SENDING) == (taken,)


def test_a_claim_that_is_rolled_back_never_happened(queued: Store) -> None:
    def claim_and_fail() -> None:
        with queued.writing() as memory:
            claim(memory, NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        claim_and_fail()
    with queued.reading() as memory:
        assert memory.letters(None) == (LETTER,)


def test_a_sent_letter_is_never_claimed_again(queued: Store) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.SENT)
    assert claimed(queued, NOON.plus(timedelta(days=400))) is None
    assert states(queued) == {"k1": LetterState.SENT}


@pytest.mark.parametrize("state", [state for state in LetterState if state != LetterState.SENT])
def test_sent_is_final(queued: Store, state: LetterState) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.SENT)
    settle(queued, state, "too late", NOON)
    with queued.reading() as memory:
        (letter,) = memory.letters(None)
    assert (letter.state, letter.last_error) == (LetterState.SENT, None)


def test_a_letter_put_back_waits_for_its_next_try(queued: Store) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.QUEUED, "451 later, please", NOON.plus(MINUTE))
    assert claimed(queued, NOON.plus(MINUTE - timedelta(microseconds=1))) is None
    with queued.writing() as memory:
        again = claim(memory, NOON.plus(MINUTE))
    assert again == replace(
        LETTER, state=LetterState.SENDING, attempts=2, last_error="451 later, please"
    )


def test_a_letter_put_back_without_a_time_may_go_at_once(queued: Store) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.QUEUED, "the server closed the connection")
    assert claimed(queued, NOON) == "k1"


@pytest.mark.parametrize(
    "state",
    [LetterState.HELD, LetterState.FAILED, LetterState.SKIPPED, LetterState.CANCELLED],
)
def test_a_letter_put_aside_is_not_claimed(queued: Store, state: LetterState) -> None:
    settle(queued, state, "a reason", NOON)
    assert claimed(queued, NOON.plus(MINUTE)) is None
    with queued.reading() as memory:
        assert memory.letters(state) == (replace(LETTER, state=state, last_error="a reason"),)


def test_a_lease_holds_for_five_minutes_and_then_the_letter_is_ambiguous(queued: Store) -> None:
    claimed(queued, NOON)
    claimed(queued, NOON.plus(timedelta(minutes=5, microseconds=-1)))
    assert states(queued) == {"k1": LetterState.SENDING}
    assert claimed(queued, NOON.plus(timedelta(minutes=5))) is None
    assert states(queued) == {"k1": LetterState.AMBIGUOUS}


def test_a_lease_is_as_long_as_was_asked_for(queued: Store) -> None:
    with queued.writing() as memory:
        claim(memory, NOON, MINUTE)
        claim(memory, NOON.plus(MINUTE), MINUTE)
    assert states(queued) == {"k1": LetterState.AMBIGUOUS}


def test_an_ambiguous_letter_goes_again_only_where_somebody_said_when(queued: Store) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.AMBIGUOUS, "no answer to the last line")
    assert claimed(queued, NOON.plus(timedelta(days=9))) is None
    settle(queued, LetterState.AMBIGUOUS, "no answer to the last line", NOON.plus(MINUTE))
    assert claimed(queued, NOON) is None
    assert claimed(queued, NOON.plus(MINUTE)) == "k1"


def test_a_sender_whose_lease_ran_out_may_still_report_success(queued: Store) -> None:
    claimed(queued, NOON)
    claimed(queued, NOON.plus(timedelta(hours=1)))
    settle(queued, LetterState.SENT)
    with queued.reading() as memory:
        (letter,) = memory.letters(None)
    assert letter == replace(LETTER, state=LetterState.SENT, attempts=1, doubts=1)


def test_settling_a_letter_that_nobody_queued_is_refused(queued: Store) -> None:
    with pytest.raises(UnknownLetter, match="'k2'"), queued.writing() as memory:
        memory.settle("k2", LetterState.SENT, None, NOON, None)


def test_letters_in_doubt_go_again_twice_and_are_then_held(queued: Store) -> None:
    now, seen = NOON, []
    for _ in range(3):
        assert claimed(queued, now) == "k1"
        now = now.plus(LEASE)
        with queued.writing() as memory:
            memory.end_leases(now)
        seen.append(states(queued)["k1"])
        assert claimed(queued, now) is None
        now = now.plus(LEASE)
    assert seen == [LetterState.AMBIGUOUS, LetterState.AMBIGUOUS, LetterState.HELD]
    assert claimed(queued, now.plus(timedelta(days=1))) is None


def test_a_claim_holds_until_another_takes_its_place(queued: Store) -> None:
    first, second = NOON.plus(LEASE), NOON.plus(3 * LEASE)
    with queued.writing() as memory:
        claim(memory, NOON)
        assert (holds(memory, "k1", first), holds(memory, "k1", second)) == (True, False)
        memory.end_leases(first)
        assert holds(memory, "k1", first) is False
        claim(memory, NOON.plus(2 * LEASE))
        assert (holds(memory, "k1", first), holds(memory, "k1", second)) == (False, True)


def test_a_claim_that_is_undone_counts_as_no_attempt(queued: Store) -> None:
    claimed(queued, NOON)
    with queued.writing() as memory:
        memory.put_back("k1", "paused", NOON.plus(MINUTE))
        assert memory.letter("k1") == replace(LETTER, last_error="paused")
    assert claimed(queued, NOON) is None
    assert claimed(queued, NOON.plus(MINUTE)) == "k1"


def test_what_was_in_doubt_before_a_claim_is_so_again_once_it_is_undone(queued: Store) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.AMBIGUOUS, "lost", NOON)
    claimed(queued, NOON)
    with queued.writing() as memory:
        memory.put_back("k1", "paused", NOON)
    assert states(queued) == {"k1": LetterState.AMBIGUOUS}
    assert claimed(queued, NOON) == "k1"


def test_only_what_is_being_sent_can_be_put_back(queued: Store) -> None:
    with queued.writing() as memory:
        memory.put_back("k1", "paused", NOON)
        assert memory.letter("k1") == LETTER


def test_a_letter_that_is_let_go_has_no_doubts_and_no_wait(queued: Store) -> None:
    claimed(queued, NOON)
    settle(queued, LetterState.AMBIGUOUS, "lost", NOON.plus(timedelta(days=1)))
    with queued.writing() as memory:
        memory.let_go("k1")
        found = replace(LETTER, attempts=1, last_error="lost", released=True)
        assert memory.letter("k1") == found
    assert claimed(queued, NOON) == "k1"


def test_ready_is_what_claims_would_take_in_their_order(store: Store) -> None:
    with store.writing() as memory:
        for letter in (another("c"), another("b", NOON.plus(MINUTE)), another("a")):
            memory.queue(letter)
        assert [letter.key for letter in memory.ready(NOON)] == ["a", "c"]
        claim(memory, NOON)
        assert [letter.key for letter in memory.ready(NOON)] == ["c"]


def test_a_run_is_released_as_far_as_it_is_ready_and_once(store: Store) -> None:
    with store.writing() as memory:
        for letter in (another("a"), another("b"), another("later", NOON.plus(MINUTE))):
            memory.queue(letter)
        assert (memory.release_ready(NOON), memory.release_ready(NOON)) == (2, 0)
        assert [letter.released for letter in memory.letters(None)] == [True, True, False]


def test_letters_are_found_by_key_and_by_its_beginning(store: Store) -> None:
    with store.writing() as memory:
        for key in ("ab1", "ab2", "ab3", "a%"):
            memory.queue(another(key))
        assert (memory.letter("ab"), memory.letter("ab1")) == (None, another("ab1"))
        assert memory.keys_beginning("ab") == ("ab1", "ab2")
        assert (memory.keys_beginning("a%"), memory.keys_beginning("x")) == (("a%",), ())


def test_what_an_address_was_sent_or_may_have_been_is_counted(store: Store) -> None:
    fates = {
        "taken": LetterState.SENT,
        "in doubt": LetterState.AMBIGUOUS,
        "refused": LetterState.FAILED,
        "waits": LetterState.QUEUED,
    }
    with store.writing() as memory:
        for key, state in fates.items():
            memory.queue(another(key))
            memory.settle(key, state, None, NOON)
        memory.queue(replace(another("another's"), recipient="other@example.org"))
        memory.settle("another's", LetterState.SENT, None, NOON)
        memory.queue(another("0", NOON.plus(-MINUTE)))
        claim(memory, NOON)

        def counted(since: Instant, *besides: str) -> int:
            return memory.handed_over("someone@example.org", since, besides=besides)

        assert (counted(NOON), counted(NOON.plus(MINUTE))) == (3, 1)
        assert counted(NOON, "deadline_reminder") == 0
        each = memory.handed_over_each(NOON, besides=())
        assert each == {"someone@example.org": 3, "other@example.org": 1}
        assert memory.handed_over_each(NOON, besides={"deadline_reminder"}) == {}


def test_letters_are_counted_by_state_with_the_oldest_that_is_queued(store: Store) -> None:
    with store.writing() as memory:
        assert (sum(memory.tally().counts.values()), memory.tally().oldest_due) == (0, None)
        for key, minutes in (("k1", 0), ("k2", 1), ("k3", 2)):
            memory.queue(another(key, NOON.plus(minutes * MINUTE)))
        memory.settle("k1", LetterState.SENT, None, NOON)
        tally = memory.tally()
    counted = {state: count for state, count in tally.counts.items() if count}
    assert counted == {LetterState.QUEUED: 2, LetterState.SENT: 1}
    assert (set(tally.counts), tally.oldest_due) == (set(LetterState), NOON.plus(MINUTE))
