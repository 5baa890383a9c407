"""However an address is capitalised, it is one mailbox, from every door."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.people import BASE, Office, an_office, calendar_of, link_of

pytestmark = pytest.mark.server
ANN, SHOUTED = "Ann@example.org", "ANN@EXAMPLE.ORG"
A_DAY = timedelta(days=1)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        yield office


def do(office: Office, *words: object) -> dict:
    always = [] if words[0] == "export" else ["--json"]
    return office.desk.do(*words, *always, now=str(office.now)).document


def subscribe(office: Office, address: str, *choices: object) -> dict:
    return do(office, "subscribe", address, "--group", "RG-NAV", *choices)


def invite(office: Office, *addresses: str) -> dict:
    return do(office, "invite", *addresses, "--group", "RG-NAV", "--meeting", "i")


def subscribers(office: Office) -> list[tuple[str, str, bool]]:
    found = do(office, "subscribers")["subscribers"]
    return [(one["address"], one["zone"], one["member"]) for one in found]


def readers(letters: list[EmailMessage]) -> list[str]:
    return [letter["To"] for letter in letters]


def test_who_is_subscribed_in_other_capitals_gets_each_letter_once(office: Office):
    subscribe(office, ANN)
    assert subscribe(office, "ann@example.org", "--zone", "Asia/Tokyo")["address"] == ANN
    assert subscribers(office) == [(ANN, "Asia/Tokyo", True)]
    office.wait(A_DAY)
    assert readers(office.remind()) == [ANN]


def test_any_capitals_unsubscribe(office: Office):
    subscribe(office, ANN)
    assert do(office, "unsubscribe", SHOUTED)["removed"] == 1
    assert subscribers(office) == []


def test_who_returns_in_other_capitals_is_the_one_who_left(office: Office):
    subscribe(office, ANN)
    office.wait(A_DAY)
    (first,) = office.remind()
    do(office, "unsubscribe", SHOUTED)
    assert subscribe(office, SHOUTED)["address"] == first["To"] == ANN


def test_the_form_changes_what_a_member_has_and_adds_nobody(office: Office):
    subscribe(office, "ann@example.org")
    office.ask(ANN, zone="Asia/Tokyo")
    (letter,) = office.remind()
    assert letter["To"] == "ann@example.org"
    assert office.client.post(link_of(letter, "confirm")).status_code == 200
    assert subscribers(office) == [("ann@example.org", "Asia/Tokyo", True)]


def test_who_is_subscribed_before_they_confirm_is_one_person(office: Office):
    office.ask("ann@example.org")
    (letter,) = office.remind()
    subscribe(office, ANN)
    own = calendar_of(office.client.post(link_of(letter, "confirm")).text)
    assert own
    assert subscribers(office) == [(ANN, "Asia/Tokyo", True)]
    assert b"BEGIN:VEVENT" in office.client.get(own).content


def test_one_click_ends_all_that_was_asked_for_in_any_capitals(office: Office):
    subscribe(office, ANN)
    subscribe(office, SHOUTED)
    invite(office, "ann@example.org")
    office.wait(A_DAY)
    letter = next(one for one in office.remind() if "/unsubscribe/" in one["List-Unsubscribe"])
    path = letter["List-Unsubscribe"].partition(">")[0].removeprefix(f"<{BASE}")
    assert office.client.post(path, data=ONE_CLICK).status_code == 200
    assert subscribers(office) == []
    assert do(office, "export", ANN)["invitations"][0]["state"] == "left"


def test_a_guest_is_invited_once_and_uninvited_in_any_capitals(office: Office):
    subscribe(office, ANN)
    assert len(invite(office, SHOUTED, "ann@example.org")["invitations"]) == 1
    assert readers(office.remind()) == [ANN]
    assert readers([*office.remind()]) == []
    do(office, "uninvite", "aNN@example.org", "--group", "RG-NAV")
    assert readers(office.remind()) == [ANN]


def test_two_spellings_in_one_command_invite_one(office: Office):
    assert len(invite(office, ANN, SHOUTED)["invitations"]) == 1
    assert readers(office.remind()) == [ANN]


def test_a_list_is_told_once_in_any_capitals(office: Office):
    to = ("announce", "--group", "RG-NAV", "--to")
    first = do(office, *to, "list@example.org")
    again = do(office, *to, "LIST@example.org")
    assert again == first | {"new": False}
    assert readers(office.remind()) == ["list@example.org"]


def test_a_calendar_of_ones_own_is_opened_and_revoked_in_any_capitals(office: Office):
    subscribe(office, ANN)
    own = do(office, "personal", SHOUTED)["url"].removeprefix(BASE)
    assert b"BEGIN:VEVENT" in office.client.get(own).content
    assert office.desk.run("personal", "ann@example.org").status == 1
    do(office, "personal", "ann@example.org", "--revoke")
    assert do(office, "export", ANN)["calendars"][0]["revoked"]
