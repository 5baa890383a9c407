"""Every store has one spelling of each address: capitals make no other mailbox."""

from dataclasses import replace

import pytest

from scheduler.model.attendee import Attendee, MailingList
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.protocol import Memory, Store

NOON = Instant.parse("2027-03-08T12:00:00Z")
LATER = Instant.parse("2027-03-09T12:00:00Z")
ANN, SHOUTED = "Ann@example.org", "ANN@example.org"
WISH = Subscription(address=ANN, group="RG-X", zone="UTC", language="en", since=NOON)
GUEST = Attendee(address=ANN, group="RG-X", meeting="u", zone="UTC", language="en", invited=NOON)
LIST = MailingList(address=ANN, group="RG-X", language="en", since=NOON)
LETTER = Letter(
    key="k",
    kind="meeting_reminder",
    recipient=ANN,
    subscription=1,
    group="RG-X",
    subjects=("u",),
    told=(NOON,),
    message_id="<k@example.org>",
    due=NOON,
    not_after=LATER,
)


def test_who_subscribes_in_other_capitals_changes_what_was_chosen(store: Store) -> None:
    with store.writing() as memory:
        first = memory.subscribe(WISH)
        again = replace(WISH, address=SHOUTED, zone="Asia/Tokyo", since=LATER)
        assert memory.subscribe(again) == replace(first, zone="Asia/Tokyo")
        assert memory.subscribe(replace(again, group="RG-Y")).address == ANN
        assert len(memory.subscriptions(None)) == 2


def test_who_is_invited_in_other_capitals_is_one_guest(store: Store) -> None:
    with store.writing() as memory:
        first = memory.save_attendee(GUEST)
        again = replace(GUEST, address=SHOUTED, language="fr")
        assert memory.save_attendee(again) == replace(first, language="fr")
        assert memory.save_attendee(replace(again, meeting="v")).address == ANN


def test_a_list_in_other_capitals_is_one_list(store: Store) -> None:
    with store.writing() as memory:
        first = memory.save_mailing_list(LIST)
        again = replace(LIST, address=SHOUTED, language="fr")
        assert memory.save_mailing_list(again) == replace(first, language="fr")


def test_subscriptions_invitations_and_lists_share_one_spelling(store: Store) -> None:
    with store.writing() as memory:
        memory.save_attendee(GUEST)
        assert memory.subscribe(replace(WISH, address=SHOUTED)).address == ANN
        assert memory.save_mailing_list(replace(LIST, address=SHOUTED)).address == ANN


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        ("Ann@example.org", "ANN@example.org"),
        ("Émile@example.org", "éMILE@example.org"),
        ("ΣΊΣΥΦΟΣ@example.org", "σίσυφος@example.org"),
    ],
)
def test_the_capitals_of_all_scripts_make_no_other_address(
    store: Store, kept: str, given: str
) -> None:
    with store.writing() as memory:
        memory.subscribe(replace(WISH, address=kept))
        assert memory.spelling(given) == kept


def test_an_address_that_is_not_known_is_written_as_it_is_given(store: Store) -> None:
    with store.reading() as memory:
        assert (memory.spelling(ANN), memory.spelling(SHOUTED)) == (ANN, SHOUTED)


def test_who_had_letters_is_known_when_they_return(store: Store) -> None:
    with store.writing() as memory:
        memory.subscribe(WISH)
        memory.queue(LETTER)
        memory.unsubscribe(ANN, None)
        assert memory.subscribe(replace(WISH, address=SHOUTED)).address == ANN


def subscribed_elsewhere(memory: Memory) -> None:
    memory.subscribe(replace(WISH, group="RG-Y"))


def invited(memory: Memory) -> None:
    memory.save_attendee(GUEST)


@pytest.mark.parametrize("otherwise", [subscribed_elsewhere, invited])
def test_a_spelling_is_kept_as_long_as_anything_else_is(store: Store, otherwise: object) -> None:
    with store.writing() as memory:
        memory.subscribe(WISH)
        otherwise(memory)
        memory.unsubscribe(ANN, "RG-X")
        assert memory.spelling(SHOUTED) == ANN


@pytest.mark.parametrize(
    "end",
    [
        lambda memory: memory.unsubscribe(ANN, None),
        lambda memory: memory.forget_person(SHOUTED, LATER),
    ],
)
def test_nothing_is_left_of_a_spelling_under_which_nothing_is_kept(
    store: Store, end: object
) -> None:
    with store.writing() as memory:
        memory.subscribe(WISH)
        end(memory)
        assert memory.spelling(SHOUTED) == SHOUTED
        assert memory.subscribe(replace(WISH, address=SHOUTED)).address == SHOUTED
