"""What a run asks of every store: letters to a domain with a limit take turns, others go on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.actions.braking import Braking
from scheduler.actions.domain_turns import domain_queues
from scheduler.actions.letter_jobs import Later, LetterOutbox
from scheduler.actions.stored_outbox import StoredOutbox
from scheduler.model.domain_limit import DomainLimit, DomainLimits
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.delivery import Claim, Returned, Turn
from scheduler.notification.fates import Fate
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Store
from tests.support.outboxes import a_letter

MORNING = Instant.parse("2024-02-12T06:00:00Z")
SENT = Fate(LetterState.SENT)
LETTER = a_letter("a", MORNING)
ONE_AT_ONCE = DomainLimits({"example.org": DomainLimit(at_once=1)})
TWO_A_MINUTE = DomainLimits({"example.org": DomainLimit(at_once=9, per_minute=2)})
Box = Callable[[DomainLimits], StoredOutbox]


def after(seconds: float) -> Instant:
    return MORNING.plus(timedelta(seconds=seconds))


def queue(store: Store, keys: str, domain: str = "example.org") -> None:
    with store.writing() as memory:
        for key in keys:
            letter = replace(LETTER, key=key, message_id=f"<{key}@example.org>")
            memory.queue(replace(letter, recipient=f"{key}@{domain}"))


@pytest.fixture
def box(store: Store) -> Iterator[Box]:
    """What gives an outbox over a connection of its own, as another process would have it."""
    with ExitStack() as open_ones:

        def made(limits: DomainLimits) -> StoredOutbox:
            kept = open_ones.enter_context(store.kept_open())
            return StoredOutbox(kept, Braking(Brakes()), limits=limits)

        yield made


def keys(turn: Turn) -> str:
    return "".join(claim.letter.key for claim in turn.claims)


def back(claims: Sequence[Claim], key: str) -> list[Returned]:
    return [Returned(claim, SENT) for claim in claims if claim.letter.key == key]


def letters(store: Store) -> dict[str, Letter]:
    with store.reading() as memory:
        return {letter.key: letter for letter in memory.letters(None)}


def queued(store: Store) -> dict[str, tuple[int, str | None]]:
    """The letters that wait, with how often each was tried and why it waits."""
    found = letters(store).values()
    return {
        one.key: (one.attempts, one.last_error) for one in found if one.state is LetterState.QUEUED
    }


def test_letters_to_other_domains_pass_those_that_wait_for_a_place(store: Store, box: Box) -> None:
    queue(store, "abcd")
    queue(store, "xyz", "example.net")
    outbox = box(ONE_AT_ONCE)
    first = outbox.turn((), 3, MORNING)
    assert keys(first) == "axy"
    second = outbox.turn(back(first.claims, "x"), 2, MORNING)
    assert (keys(second), second.more_later) == ("z", True)
    assert keys(outbox.turn(back(first.claims, "a"), 1, MORNING)) == "b"


def test_no_more_than_needed_is_set_aside_in_search_of_letters_that_may_go(
    store: Store, box: Box
) -> None:
    queue(store, "abcdefgh")
    queue(store, "xyz", "example.net")
    assert keys(box(ONE_AT_ONCE).turn((), 2, MORNING)) == "ax"
    assert queued(store) == dict.fromkeys("cdefghyz", (0, None))
    assert keys(box(ONE_AT_ONCE).turn((), 1, MORNING)) == "y"
    assert queued(store) == dict.fromkeys("defghz", (0, None))


def test_a_place_that_is_free_goes_to_the_next_that_was_set_aside(store: Store, box: Box) -> None:
    queue(store, "abcdefgh")
    outbox, taken = box(ONE_AT_ONCE), ""
    turn = outbox.turn((), 4, MORNING)
    while turn.claims:
        taken += keys(turn)
        turn = outbox.turn([Returned(claim, SENT) for claim in turn.claims], 4, MORNING)
    assert (taken, turn.more_later) == ("abcdefgh", False)


def test_who_finds_every_place_taken_by_another_leaves_the_letters_and_says_why(
    store: Store, box: Box
) -> None:
    queue(store, "abc")
    first = box(ONE_AT_ONCE).turn((), 1, MORNING)
    found = box(ONE_AT_ONCE).turn((), 4, MORNING)
    assert (keys(first), keys(found), found.more_later) == ("a", "", False)
    why = "waits: letters to example.org on their way: 1"
    assert queued(store) == {"b": (0, why), "c": (0, why)}


def test_the_one_whose_letters_fill_a_domain_is_not_disturbed_by_another(
    store: Store, box: Box
) -> None:
    queue(store, "abc")
    ours = box(ONE_AT_ONCE)
    first = ours.turn((), 1, MORNING)
    box(ONE_AT_ONCE).turn((), 4, MORNING)
    assert keys(ours.turn(back(first.claims, "a"), 1, MORNING)) == "b"


def test_what_was_begun_in_a_minute_counts_for_all_and_the_rest_waits_until_it_is_over(
    store: Store, box: Box
) -> None:
    queue(store, "abcde")
    queue(store, "x", "example.net")
    assert keys(box(TWO_A_MINUTE).turn((), 1, MORNING)) == "a"
    assert keys(box(TWO_A_MINUTE).turn((), 4, after(10))) == "bx"
    assert queued(store) == {
        key: (0, f"waits until {after(61)}: letters to example.org in a minute: 2") for key in "cde"
    }
    assert [box(TWO_A_MINUTE).waiting(after(second)) for second in (60, 61)] == [False, True]
    assert keys(box(TWO_A_MINUTE).turn((), 4, after(61))) == "c"
    assert keys(box(TWO_A_MINUTE).turn((), 4, after(71))) == "d"


def test_what_is_set_aside_does_not_count_and_waits_with_the_others(store: Store, box: Box) -> None:
    queue(store, "abcdefgh")
    outbox = box(TWO_A_MINUTE)
    turns = [outbox.turn((), 1, MORNING) for _ in "abc"]
    assert list(map(keys, turns)) == ["a", "b", ""]
    assert list(queued(store)) == list("cdefgh")
    outbox.give_up(MORNING)
    assert not box(TWO_A_MINUTE).waiting(after(60))


def test_of_a_sender_that_dies_only_what_it_had_begun_is_in_doubt(store: Store, box: Box) -> None:
    queue(store, "abc")
    outbox = box(ONE_AT_ONCE)
    outbox.turn(back(outbox.turn((), 1, MORNING).claims, "a"), 2, MORNING)
    assert [one.state.value for one in letters(store).values()] == ["sent", "sending", "sending"]
    assert keys(box(ONE_AT_ONCE).turn((), 4, MORNING.plus(LEASE))) == "c"
    dead, taken_over = (letters(store)[key] for key in "bc")
    assert (dead.state, taken_over.attempts) == (LetterState.AMBIGUOUS, 1)


def test_runs_and_jobs_hold_one_limit(store: Store, box: Box) -> None:
    queue(store, "abc")
    with store.kept_open() as kept:
        jobs = LetterOutbox(kept, Braking(Brakes()), limits=ONE_AT_ONCE)
        claim = jobs.claim_letter("b", MORNING)
        assert isinstance(claim, Claim)
        assert keys(box(ONE_AT_ONCE).turn((), 4, MORNING)) == ""
        jobs.turn([Returned(claim, SENT)], 0, MORNING)
        assert keys(box(ONE_AT_ONCE).turn((), 4, MORNING)) == "a"
        assert isinstance(jobs.claim_letter("c", MORNING), Later)


def test_the_star_holds_for_each_domain_by_itself(store: Store, box: Box) -> None:
    queue(store, "ab")
    queue(store, "xy", "example.net")
    each = DomainLimits({"*": DomainLimit(at_once=1)})
    assert keys(box(each).turn((), 4, MORNING)) == "ax"


def test_a_domain_whose_name_ends_alike_is_another(store: Store, box: Box) -> None:
    queue(store, "a")
    queue(store, "xy", "not-example.org")
    queue(store, "z", "sub.example.org")
    assert keys(box(ONE_AT_ONCE).turn((), 4, MORNING)) == "axyz"
    queue(store, "bc")
    box(ONE_AT_ONCE).turn((), 4, MORNING)
    assert list(queued(store)) == ["b", "c"]


def test_what_waits_is_told_by_domain_as_it_stands(store: Store, box: Box) -> None:
    queue(store, "abcd")
    queue(store, "x", "example.net")
    outbox = box(TWO_A_MINUTE)
    taken = outbox.turn((), 9, MORNING)

    def waiting(now: Instant, limits: DomainLimits = TWO_A_MINUTE) -> list[object]:
        with store.reading() as memory:
            found = domain_queues(memory, limits, now)
        return [(one.domain, one.letters, one.wait.until) for one in found]

    assert waiting(after(30)) == [("example.org", 2, after(61))]
    assert waiting(after(61)) == []
    assert waiting(after(30), DomainLimits()) == []
    assert waiting(after(61), ONE_AT_ONCE) == [("example.org", 2, None)]
    outbox.turn([Returned(claim, SENT) for claim in taken.claims], 0, after(61))
    assert waiting(after(61), ONE_AT_ONCE) == []
