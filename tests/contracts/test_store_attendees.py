"""What every store does with invitations and with lists that are announced to."""

from dataclasses import replace

import pytest

from scheduler.model.attendee import Answer, Asked, Attendance, Attendee, MailingList, Participation
from scheduler.model.moment import Instant
from scheduler.store.protocol import Store

NOON = Instant.parse("2027-03-08T12:00:00.250000Z")
LATER = Instant.parse("2027-03-09T12:00:00Z")
GUEST = Attendee(
    address="someone@example.org",
    group="RG-X",
    meeting="uid-1",
    zone="Asia/Tokyo",
    language="en",
    invited=NOON,
)
LIST = MailingList(address="list@example.org", group="RG-X", language="fr", since=NOON)


def test_an_invitation_gets_an_id_and_comes_back(store: Store) -> None:
    with store.writing() as memory:
        kept = memory.save_attendee(GUEST)
    assert kept == replace(GUEST, id=kept.id)
    assert kept.id > 0
    with store.reading() as memory:
        assert memory.attendee(kept.id) == kept
        assert memory.attendee(kept.id + 1) is None
        assert memory.attendees("RG-X") == (kept,)


def test_the_same_person_for_the_same_meeting_keeps_the_id_alone(store: Store) -> None:
    newer = replace(
        GUEST,
        zone="UTC",
        language="fr",
        invited=LATER,
        member=False,
        attendance=Attendance.UNINVITED,
        ahead=1,
        told="abc",
        letter="k1",
        letters=2,
        asked=Asked(sequence=3, at=NOON, starts=LATER, ends=LATER),
        answer=Answer(participation=Participation.TENTATIVE, at=LATER, sequence=3),
    )
    with store.writing() as memory:
        first = memory.save_attendee(GUEST)
        assert memory.save_attendee(newer) == replace(newer, id=first.id)
        assert memory.attendees("RG-X") == (replace(newer, id=first.id),)


def test_invitations_are_told_apart_by_meeting_and_address_and_listed_by_group(
    store: Store,
) -> None:
    others = (
        replace(GUEST, meeting="uid-2"),
        replace(GUEST, address="another@example.org"),
        replace(GUEST, group="RG-Y", meeting="uid-3"),
    )
    with store.writing() as memory:
        kept = [memory.save_attendee(one) for one in (GUEST, *others)]
    with store.reading() as memory:
        assert memory.attendees("RG-X") == tuple(kept[:3])
        assert memory.attendees("RG-Y") == (kept[3],)


@pytest.mark.parametrize("participation", Participation)
def test_an_answer_and_what_was_asked_come_back_and_can_be_taken_away(
    store: Store, participation: Participation
) -> None:
    answer = Answer(participation=participation, at=NOON, sequence=0)
    asked = Asked(sequence=0, at=NOON, starts=LATER, ends=LATER)
    with store.writing() as memory:
        first = memory.save_attendee(replace(GUEST, answer=answer, asked=asked))
    with store.reading() as memory:
        assert memory.attendee(first.id) == replace(GUEST, id=first.id, answer=answer, asked=asked)
    with store.writing() as memory:
        memory.save_attendee(GUEST)
        assert memory.attendee(first.id) == replace(GUEST, id=first.id)


def test_the_invitations_to_one_meeting_are_listed_alone(store: Store) -> None:
    others = (replace(GUEST, address="another@example.org"), replace(GUEST, meeting="uid-2"))
    with store.writing() as memory:
        kept = [memory.save_attendee(one) for one in (GUEST, *others)]
    with store.reading() as memory:
        assert memory.attendees_of("uid-1") == tuple(kept[:2])
        assert memory.attendees_of("uid-3") == ()


def test_a_list_gets_an_id_and_keeps_it_with_its_first_day(store: Store) -> None:
    with store.writing() as memory:
        first = memory.save_mailing_list(LIST)
        left = replace(LIST, language="en", since=LATER, left=LATER)
        second = memory.save_mailing_list(left)
        assert second == replace(first, language="en", left=LATER)
        other = memory.save_mailing_list(replace(LIST, group="RG-Y"))
    with store.reading() as memory:
        assert memory.mailing_list(first.id) == second
        assert memory.mailing_list(other.id + 1) is None
        assert memory.mailing_lists("RG-X") == (second,)


def test_nothing_is_recorded_while_looking(store: Store) -> None:
    with store.reading() as memory:
        with pytest.raises(RuntimeError):
            memory.save_attendee(GUEST)
        with pytest.raises(RuntimeError):
            memory.save_mailing_list(LIST)
