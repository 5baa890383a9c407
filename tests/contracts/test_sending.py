"""What a run of letters asks of every store: brakes, leases, and whether sending is paused."""

from dataclasses import replace
from datetime import timedelta

from scheduler.actions.sending import Pause, StoredOutbox, record_pause
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.delivery import Claim
from scheduler.notification.fates import Fate
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Store

MORNING = Instant.parse("2024-02-12T06:00:00Z")
TOMORROW = Instant.parse("2024-02-13T00:00:00Z")
SENT = Fate(LetterState.SENT)
LETTER = Letter(
    key="a",
    kind="deadline_reminder",
    recipient="someone@example.org",
    subscription=1,
    group="RG-X",
    subjects=("uid",),
    told=(MORNING,),
    message_id="<a@example.org>",
    due=MORNING,
    not_after=MORNING.plus(timedelta(days=30)),
)


def queue(store: Store, keys: str, **others: str) -> None:
    with store.writing() as memory:
        for key in keys:
            memory.queue(replace(LETTER, key=key, message_id=f"<{key}@example.org>", **others))


def box(store: Store, per_day: int = 3, per_week: int = 20) -> StoredOutbox:
    return StoredOutbox(store, Brakes(letters_per_day=per_day, letters_per_week=per_week))


def send_all(outbox: StoredOutbox, now: Instant) -> str:
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


def test_what_is_more_than_three_a_day_waits_says_why_and_goes_the_next_day(store: Store) -> None:
    queue(store, "abcdefg")
    outbox = box(store)
    assert send_all(outbox, MORNING) == "abc"
    waits = f"waits until {TOMORROW}: letters to the address today: 3"
    found = letter(store, "d")
    assert (found.state, found.attempts, found.last_error) == (LetterState.QUEUED, 0, waits)
    assert send_all(outbox, TOMORROW.plus(-timedelta(seconds=1))) == ""
    assert send_all(outbox, TOMORROW) == "def"


def test_a_week_is_full_until_the_day_drops_out_whose_letters_filled_it(store: Store) -> None:
    queue(store, "abcde")
    outbox = box(store, per_day=2, per_week=4)
    days = [MORNING.plus(timedelta(days=day)) for day in range(8)]
    assert [send_all(outbox, day) for day in days] == ["ab", "cd", "", "", "", "", "", "e"]


def test_letters_that_are_being_sent_take_room_from_another_sender(store: Store) -> None:
    queue(store, "abc")
    outbox = box(store, per_day=2)
    first, second = outbox.claim(MORNING), outbox.claim(MORNING)
    assert [claim and claim.letter.key for claim in (first, second)] == ["a", "b"]
    assert outbox.claim(MORNING) is None


def test_other_addresses_and_kinds_without_brakes_go_meanwhile(store: Store) -> None:
    queue(store, "abcd", kind="confirmation")
    queue(store, "ef")
    queue(store, "g", recipient="other@example.org")
    assert send_all(box(store, per_day=1), MORNING) == "abcdeg"


def test_nothing_is_claimed_or_goes_on_while_sending_is_paused(store: Store) -> None:
    queue(store, "ab")
    outbox = box(store)
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


def overtaken(store: Store, outbox: StoredOutbox) -> Claim:
    """A claim whose sender was stopped until somebody else had the letter."""
    queue(store, "a")
    claim = outbox.claim(MORNING)
    assert claim is not None
    assert not outbox.holds(claim, MORNING.plus(LEASE))
    with store.writing() as memory:
        memory.end_leases(MORNING.plus(LEASE))
    assert outbox.claim(MORNING.plus(2 * LEASE)) is not None
    return claim


def test_a_sender_that_was_overtaken_changes_nothing_any_more(store: Store) -> None:
    outbox = box(store)
    claim = overtaken(store, outbox)
    assert not outbox.holds(claim, MORNING)
    outbox.put_back(claim, "over", MORNING)
    outbox.settle(claim, Fate(LetterState.FAILED, "550"), MORNING)
    assert letter(store, "a").state is LetterState.SENDING


def test_that_a_letter_was_taken_is_recorded_whoever_says_so(store: Store) -> None:
    outbox = box(store)
    assert outbox.settle(overtaken(store, outbox), SENT, MORNING).state is LetterState.SENT


def test_refusals_in_a_row_are_forgotten_once_a_letter_is_taken(store: Store) -> None:
    queue(store, "abcdefg")
    outbox = box(store, per_day=9)
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


def test_an_address_that_refusals_suppress_is_told_in_the_audit(store: Store) -> None:
    queue(store, "abc")
    outbox = box(store)
    for _ in "abc":
        claim = outbox.claim(MORNING)
        assert claim is not None
        outbox.settle(claim, Fate(LetterState.FAILED, "550 5.1.1", no_mailbox=True), MORNING)
    with store.reading() as memory:
        (row,) = memory.audit()
    with store.writing() as memory:
        person = memory.person_digest("someone@example.org")
    assert (row.verb, row.who, row.person) == ("suppress", "by refusals", person)
