"""On every database what stood under several spellings of one address becomes one person's."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from scheduler.actions.leave import leave
from scheduler.model.attendee import Attendance, Participation
from scheduler.model.moment import Instant
from scheduler.notification.tokens import Purpose, token
from scheduler.store.database.schema import MIGRATIONS
from scheduler.store.protocol import Store
from scheduler.store.sql import open_store
from tests.support.migrating import (
    database,
    interrupted_at_every_statement,
    killed_at_every_statement,
    make,
    migrations_up_to,
)
from tests.support.stores import FreshUrl

Interrupt = Callable[[str, str, Path], list[object]]
MARCH, APRIL, MAY = (f"2027-0{month}-08T12:00:00.000000Z" for month in (3, 4, 5))


def wish(address: str, since: str, group: str = "RG-X", **chosen: object) -> tuple[str, dict]:
    row = {"address": address, "group": group, "zone": "UTC", "language": "en", "since": since}
    return "subscriptions", row | {"member": True} | chosen


def guest(address: str, invited: str, meeting: str = "u", **said: object) -> tuple[str, dict]:
    row = {"address": address, "group": "RG-X", "meeting": meeting, "zone": "UTC"}
    row |= {"language": "en", "invited": invited, "member": True, "attendance": "invited"}
    return "attendees", row | {"ahead": 0, "told": "t", "letter": "k", "letters": 1} | said


def listed(address: str, since: str, **said: object) -> tuple[str, dict]:
    row = {"address": address, "group": "RG-X", "language": "en", "since": since}
    return "mailing_lists", row | said


def letter(key: str, recipient: str, due: str, **of: object) -> tuple[str, dict]:
    row = {"key": key, "kind": "meeting_reminder", "recipient": recipient, "subscription": 1}
    row |= {"group": "RG-X", "subjects": '["u"]', "told": f'["{due}"]', "message_id": key}
    row |= {"due": due, "not_after": due, "state": "sent", "attempts": 1, "settled_at": due}
    return "letters", row | of


@pytest.fixture
def before(fresh_url: FreshUrl, tmp_path: Path) -> str:
    """A database of the last version that told spellings apart."""
    url = fresh_url()
    make(url, migrations_up_to("0013", tmp_path / "earlier"))
    return url


def filled(url: str, *rows: tuple[str, dict]) -> None:
    with database(url).transaction(writing=True) as connection:
        for table, row in rows:
            insert(connection, table, row)


def insert(connection: Connection, table: str, row: dict) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)


def opened(url: str, *rows: tuple[str, dict]) -> Store:
    filled(url, *rows)
    return open_store(url)


def test_who_subscribed_twice_is_written_to_as_at_first_and_chooses_as_at_last(before: str):
    store = opened(
        before,
        wish("ann@example.org", APRIL, zone="Asia/Tokyo", letters="digest", language="fr"),
        wish("Ann@example.org", MARCH, kinds='["minutes"]'),
        wish("bob@example.org", MARCH),
    )
    with store.reading() as memory:
        one, bob = memory.subscriptions("RG-X")
        assert (one.id, one.address, str(one.since)) == (
            2,
            "Ann@example.org",
            "2027-03-08T12:00:00Z",
        )
        assert (one.zone, one.language, one.letters, one.kinds) == (
            "Asia/Tokyo",
            "fr",
            "digest",
            (),
        )
        assert bob.address == "bob@example.org"
        assert memory.spelling("ANN@example.org") == "Ann@example.org"
        assert (memory.merged_into("subscriptions", 1), memory.merged_into("attendees", 1)) == (
            2,
            None,
        )


def test_a_member_who_filled_in_the_form_stays_one_with_what_they_chose(before: str):
    store = opened(
        before,
        wish("ann@example.org", MARCH, letters="digest"),
        wish("Ann@example.org", APRIL, zone="Asia/Tokyo", member=False),
    )
    with store.reading() as memory:
        (one,) = memory.subscriptions("RG-X")
    assert (one.address, one.member, one.letters, one.zone) == (
        "ann@example.org",
        True,
        "digest",
        "Asia/Tokyo",
    )


def test_all_groups_write_to_one_spelling_and_letters_were_to_it(before: str):
    store = opened(
        before,
        wish("Ann@example.org", MARCH),
        wish("ann@example.org", APRIL, group="RG-Y"),
        ("feed_tokens", {"digest": "d", "address": "ann@example.org", "made": APRIL}),
        letter("k1", "ann@example.org", APRIL),
        letter("k2", "ANN@example.org", MARCH),
        letter("k3", "bob@example.org", MARCH),
        letter("k4", "", MARCH),
    )
    with store.reading() as memory:
        assert [one.address for one in memory.subscriptions(None)] == ["Ann@example.org"] * 2
        assert memory.feed_holder("d") == "Ann@example.org"
        to = {one.key: one.recipient for one in memory.letters(None)}
    ann = "Ann@example.org"
    assert to == {"k1": ann, "k2": ann, "k3": "bob@example.org", "k4": ""}


def test_the_capitals_of_all_scripts_are_folded(before: str):
    store = opened(before, wish("Émile@example.org", MARCH), wish("éMILE@example.org", APRIL))
    with store.reading() as memory:
        (one,) = memory.subscriptions(None)
    assert one.address == "Émile@example.org"


def test_who_was_invited_twice_is_one_guest_who_answered_last(before: str):
    no = {"answer": "declined", "answer_at": MAY, "answer_sequence": 1}
    yes = {"answer": "accepted", "answer_at": APRIL, "answer_sequence": 1}
    store = opened(
        before,
        guest("Vip@example.org", MARCH, **no),
        guest("vip@example.org", APRIL, ahead=1, zone="Asia/Tokyo", **yes),
        guest("vip@example.org", APRIL, meeting="v"),
        letter("k1", "vip@example.org", APRIL, kind="invitation", subscription=2),
    )
    with store.reading() as memory:
        one, other = memory.attendees("RG-X")
        (sent,) = memory.letters(None)
        assert memory.merged_into("attendees", 2) == 1
    assert (one.id, one.address, one.zone, one.ahead) == (1, "Vip@example.org", "Asia/Tokyo", 1)
    assert one.answer is not None
    assert one.answer.participation is Participation.DECLINED
    assert (other.id, other.address) == (3, "Vip@example.org")
    assert (sent.recipient, sent.subscription) == ("Vip@example.org", 1)


def test_who_asked_for_no_more_under_one_spelling_is_left_alone(before: str):
    store = opened(
        before,
        guest("Vip@example.org", MARCH, attendance="left"),
        guest("vip@example.org", APRIL),
        listed("list@example.org", MARCH, left=APRIL),
        listed("LIST@example.org", APRIL, language="fr"),
    )
    with store.reading() as memory:
        (one,), (to,) = memory.attendees("RG-X"), memory.mailing_lists("RG-X")
        assert memory.merged_into("mailing_lists", 2) == 1
    assert one.attendance is Attendance.LEFT
    assert (to.address, to.language, str(to.left)) == (
        "list@example.org",
        "fr",
        "2027-04-08T12:00:00Z",
    )


def test_who_was_only_asked_to_confirm_has_no_spelling_yet(before: str):
    store = opened(before, letter("k", "NEW@example.org", MARCH, kind="confirmation"))
    with store.reading() as memory:
        assert memory.spelling("new@example.org") == "new@example.org"


def test_what_is_written_in_one_way_stays_as_it_is(before: str):
    filled(before, wish("Ann@example.org", MARCH), wish("Ann@example.org", APRIL, group="RG-Y"))
    store = open_store(before)
    with store.reading() as memory:
        first, second = memory.subscriptions(None)
    assert replace(first, id=2, group="RG-Y", since=second.since) == second


@pytest.mark.parametrize("interrupt", [interrupted_at_every_statement, killed_at_every_statement])
def test_an_interrupted_merging_leaves_both_spellings_or_one(before: str, interrupt: Interrupt):
    filled(before, wish("Ann@example.org", MARCH), wish("ann@example.org", APRIL))
    *interrupted, ended = interrupt("bring_up", before, MIGRATIONS)
    assert len(interrupted) > 10
    assert len(set(map(str, interrupted))) == 1
    assert "merged_into" not in str(interrupted[0])
    assert "subscriptions_2_merged_into" in str(ended)


SECRET = b"not so secret"


@pytest.mark.parametrize(
    ("purpose", "row"),
    [
        (Purpose.UNSUBSCRIBE, wish),
        (Purpose.LEAVE_ALL, wish),
        (Purpose.INVITATION, guest),
        (Purpose.MAILING_LIST, listed),
    ],
)
def test_the_links_of_letters_to_either_spelling_end_all(
    before: str, purpose: Purpose, row: Callable[..., tuple[str, dict]]
):
    store = opened(before, row("Ann@example.org", MARCH), row("ann@example.org", APRIL))
    assert leave(store, SECRET, token(SECRET, 2, purpose), Instant.parse(MAY))
    with store.reading() as memory:
        assert memory.subscriptions(None) == ()
        assert all(one.attendance is Attendance.LEFT for one in memory.attendees("RG-X"))
        assert all(one.left for one in memory.mailing_lists("RG-X"))
