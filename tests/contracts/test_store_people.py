"""Every store tells all that it keeps of a person, and forgets it without a trace."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Text

from scheduler.model.kept import FORGOTTEN, Kept, KeptCalendar, KeptLetter
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription, SubscriptionRequest
from scheduler.model.suppression import Suppression
from scheduler.store.memory.people import ADDRESS_COLUMNS
from scheduler.store.memory.tables import metadata
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Store
from scheduler.store.sql import create
from tests.support.outboxes import claim, holds
from tests.support.stores import FreshUrl

NOON = Instant.parse("2027-03-08T12:00:00Z")
LATER = NOON.plus(timedelta(days=3))
ONE, SHOUTED, TWO = "one@example.org", "ONE@example.org", "two@example.org"
WISH = Subscription(address=ONE, group="RG-X", zone="Asia/Tokyo", language="en", since=NOON)
REQUEST = SubscriptionRequest(
    address=SHOUTED, groups=("RG-X",), zone="UTC", language="en", asked=NOON, expires=LATER
)
LETTER = Letter(
    key="k1",
    kind="deadline_reminder",
    recipient=ONE,
    subscription=1,
    group="RG-X",
    subjects=("u",),
    told=(NOON,),
    message_id="<k1@example.org>",
    due=NOON,
    not_after=LATER,
)
SENT = replace(LETTER, key="k2", message_id="<k2@example.org>")
LEFT = Suppression(address=SHOUTED, reason=f"550 <{ONE}> left", at=NOON)
# Tables in which no address has a column of its own; what people wrote there is told by `traces`.
WITHOUT_ADDRESSES = {
    "audit",
    "carries",
    "done_duties",
    "introductions",
    "silences",
    "gatherings",
    "tellings",
    "contributions",
    "drafts",
    "facts",
    "imports",
    "placements",
    "revisions",
    "tombstones",
}
TELLING = {"address", "mailbox", "recipient", "email", "mail", "attendee", "organizer", "sender"}


@pytest.fixture
def full(store: Store) -> Store:
    with store.writing() as memory:
        for address in (ONE, TWO):
            memory.subscribe(replace(WISH, address=address))
            memory.give_feed_token(f"digest of {address}", address, NOON)
        memory.save_request(REQUEST)
        memory.queue(LETTER)
        memory.queue(SENT)
        memory.queue(replace(LETTER, recipient=TWO, key="k3", message_id="<k3@example.org>"))
        memory.settle("k2", LetterState.SENT, f"for {ONE}", LATER)
        memory.suppress(LEFT)
        for address in (SHOUTED, ONE, TWO):
            memory.count_refusal(address)
    return store


def test_all_that_is_kept_is_told_however_the_address_is_capitalised(full: Store) -> None:
    sent = replace(SENT, state=LetterState.SENT, last_error=f"for {ONE}")
    letters = (
        KeptLetter(letter=LETTER, settled_at=None),
        KeptLetter(letter=sent, settled_at=LATER),
    )
    with full.reading() as memory:
        found = memory.kept_of("One@example.org")
    assert found == Kept(
        subscriptions=(replace(WISH, id=1),),
        requests=(replace(REQUEST, id=1),),
        letters=letters,
        calendars=(KeptCalendar(made=NOON, revoked=None),),
        suppressions=(LEFT,),
        refusals=2,
    )


def test_who_is_forgotten_leaves_letters_to_nobody_and_nothing_else(full: Store) -> None:
    with full.writing() as memory:
        memory.forget_person("One@example.org", LATER)
    with full.reading() as memory:
        assert not memory.kept_of(ONE)
        letters = {letter.key: letter for letter in memory.letters(None)}
    gone = {"recipient": "", "last_error": FORGOTTEN}
    assert letters["k1"] == replace(LETTER, **gone, state=LetterState.CANCELLED)
    assert letters["k2"] == replace(SENT, **gone, state=LetterState.SENT)
    assert letters["k3"].recipient == TWO


def test_others_keep_what_they_have_and_their_calendars_notice(full: Store) -> None:
    with full.writing() as memory:
        before, mark = memory.kept_of(TWO), memory.following_mark()
        memory.forget_person(ONE, LATER)
        assert memory.kept_of(TWO) == before
        assert memory.following_mark() != mark
        assert memory.feed_holder(f"digest of {ONE}") is None


def test_what_waits_is_never_sent_to_nobody(full: Store) -> None:
    with full.writing() as memory:
        memory.forget_person(ONE, LATER)
        assert [claim(memory, LATER).recipient, claim(memory, LATER)] == [TWO, None]


def test_a_letter_that_is_on_its_way_is_not_held_any_more_and_goes_to_nobody(full: Store) -> None:
    with full.writing() as memory:
        claim(memory, NOON)
        assert holds(memory, "k1", NOON.plus(LEASE))
        memory.forget_person(ONE, NOON)
        assert not holds(memory, "k1", NOON.plus(LEASE))
        memory.end_leases(LATER)
        assert [letter.key for letter in memory.ready(LATER)] == ["k3"]


def test_a_letter_that_was_taken_before_is_sent_all_the_same(full: Store) -> None:
    with full.writing() as memory:
        claim(memory, LATER)
        memory.forget_person(ONE, LATER)
        memory.settle("k1", LetterState.SENT, None, LATER)
        (sent,) = (one for one in memory.letters(LetterState.SENT) if one.key == "k1")
    assert sent.recipient == ""


def test_an_address_is_found_wherever_somebody_wrote_it(store: Store) -> None:
    with store.writing() as memory:
        assert memory.traces(ONE) == ()
        memory.save_draft(Plan(group="RG-X", by=f"Ada <{SHOUTED}>"))
        memory.remember("note", ONE)
        assert memory.traces(ONE) == ("drafts", "facts")
        memory.suppress(Suppression(address=TWO, reason=f"as {SHOUTED} asked", at=NOON))
        assert memory.traces(ONE) == ("drafts", "facts", "suppressions")
        assert memory.traces(TWO) == ()
        assert memory.traces("on_@example.org") == ()


def test_who_was_suppressed_stays_so_by_a_digest_until_that_is_lifted(full: Store) -> None:
    with full.writing() as memory:
        memory.forget_person("One@example.org", LATER)
    kept = Suppression(address="", reason=FORGOTTEN, at=NOON)
    with full.reading() as memory:
        assert (memory.suppression(SHOUTED), memory.suppression(TWO)) == (kept, None)
        assert memory.suppressions() == (kept,)
        assert (memory.traces(ONE), memory.kept_of(ONE)) == ((), Kept())
    with full.writing() as memory:
        memory.suppress(replace(LEFT, address=ONE))
        assert memory.suppressions() == (replace(LEFT, address=ONE),)
        memory.forget_person(ONE, LATER)
        assert (memory.lift(SHOUTED), memory.suppressions()) == (True, ())


def test_refusals_are_counted_anew_for_who_was_forgotten_alone(full: Store) -> None:
    with full.writing() as memory:
        memory.forget_person(ONE, LATER)
        assert [memory.count_refusal(address) for address in (ONE, TWO)] == [1, 2]


def test_every_table_is_known_by_its_addresses_or_as_one_without() -> None:
    named = {table.name for table in ADDRESS_COLUMNS}
    assert {table.name for table in metadata.sorted_tables} == named | WITHOUT_ADDRESSES
    assert not named & WITHOUT_ADDRESSES


def test_every_column_of_addresses_is_known() -> None:
    named = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Text) and TELLING & set(column.name.split("_"))
    }
    known = {(table.name, name) for table, names in ADDRESS_COLUMNS.items() for name in names}
    assert named == known


def test_nothing_that_was_forgotten_is_left_in_the_files(fresh_url: FreshUrl, tmp_path: Path):
    store = create(fresh_url())
    with store.writing() as memory:
        for number in range(200):
            memory.subscribe(replace(WISH, group=f"G{number}"))
        memory.subscribe(replace(WISH, address=TWO))
    with store.writing() as memory:
        memory.forget_person(ONE, LATER)
    store.scrub()
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert ONE.encode() not in files
    with store.reading() as memory:
        assert [wish.address for wish in memory.subscriptions(None)] == [TWO]
