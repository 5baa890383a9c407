"""A person is told what is kept of them, and forgotten without a trace in the files."""

import json

import pytest

from tests.support.commands import Desk
from tests.support.people import an_office

ONE, TWO = "one@example.org", "two@example.org"
EVE = "2027-03-09T09:00:00Z"
pytestmark = pytest.mark.server


@pytest.fixture
def desk(tmp_path) -> Desk:
    """Two people have confirmed, and have had a reminder each."""
    with an_office(tmp_path) as office:
        for address in (ONE, TWO):
            office.confirm(address)
        office.now = office.now.parse(EVE)
        office.remind()
        office.ask("One@example.org")
        return office.desk


def files(desk: Desk) -> bytes:
    found = [path for path in desk.workspace.glob("interim.sqlite*") if path.is_file()]
    return b"".join(path.read_bytes() for path in found)


def by_due(letters: list[dict]) -> list[dict]:
    return sorted(letters, key=lambda letter: (letter["due"], letter["kind"] == "confirmation"))


def test_all_that_is_kept_is_exported_and_no_secret(desk):
    found = json.loads(desk.do("export", ONE).out)
    assert [wish["group"] for wish in found["subscriptions"]] == ["RG-NAV"]
    assert [one["groups"] for one in found["requests"]] == [["RG-NAV"]]
    letters = [(one["kind"], one["state"], one["settled"]) for one in by_due(found["letters"])]
    assert letters == [
        ("confirmation", "sent", "2027-03-08T09:00:00Z"),
        ("deadline_reminder", "sent", EVE),
        ("confirmation", "queued", None),
    ]
    assert found["calendars"] == [{"made": "2027-03-08T09:00:00Z", "revoked": None}]
    assert [row["verb"] for row in found["audit"]] == ["subscribe"]
    assert {row["person"] for row in found["audit"]} == {found["person"]}
    assert TWO not in json.dumps(found)


def test_nothing_of_who_is_forgotten_is_left_in_the_database(desk):
    assert ONE.encode() in files(desk)
    said = " ".join(desk.do("forget", ONE, "--by", "Ada").out.split())
    assert f"{ONE} is forgotten: 1 subscription, 1 request, 3 letters, 1 calendar" in said
    assert "What cannot be forgotten: mail that was sent, backups" in said
    assert ONE.encode() not in files(desk).lower()
    assert TWO.encode() in files(desk)
    assert desk.json("audit", "verify")["whole"]
    assert desk.json("audit", "list")["rows"][-1]["verb"] == "forget"


def test_invitations_and_announcements_are_forgotten_too(desk):
    desk.do("invite", ONE, "--group", "RG-NAV", now=EVE)
    desk.do("announce", "--group", "RG-NAV", "--to", ONE, now=EVE)
    kept = json.loads(desk.do("export", ONE).out)
    assert len(kept["invitations"]) > 1
    assert [one["group"] for one in kept["lists"]] == ["RG-NAV"]
    desk.do("forget", ONE)
    assert ONE.encode() not in files(desk).lower()


def test_who_was_forgotten_is_told_nothing_more_and_may_come_back(desk):
    desk.do("forget", ONE)
    later = "2027-04-13T09:00:00Z"
    assert {one["recipient"] for one in desk.json("outbox", "list")["letters"]} == {"", TWO}
    due = desk.json("remind", "--dry-run", now=later)["letters"]
    assert [letter["recipient"] for letter in due] == [TWO]
    desk.do("subscribe", ONE, "--group", "RG-NAV", now=EVE)
    due = desk.json("remind", "--dry-run", now=later)["letters"]
    assert sorted(letter["recipient"] for letter in due) == [ONE, TWO]


def test_a_second_time_it_finds_nothing_and_writes_nothing(desk):
    desk.do("forget", ONE)
    before = desk.json("audit", "list")
    assert f"Nothing was kept of {ONE}." in desk.do("forget", ONE).out
    assert desk.json("audit", "list") == before
    found = json.loads(desk.do("export", ONE).out)
    assert [len(found[part]) for part in ("subscriptions", "letters", "calendars")] == [0, 0, 0]
    assert [row["verb"] for row in found["audit"]] == ["subscribe", "forget"]


def test_who_wished_for_no_letters_gets_none_after_being_forgotten_either(desk):
    desk.do("suppress", ONE, "--reason", f"{ONE} rang", now=EVE)
    assert json.loads(desk.do("export", ONE).out)["suppressions"][0]["address"] == ONE
    said = " ".join(desk.do("forget", ONE).out.split())
    assert "1 suppression," in said
    assert "Nothing is sent to the address still" in said
    assert ONE.encode() not in files(desk).lower()
    (still,) = json.loads(desk.do("export", ONE).out)["suppressions"]
    assert still == {"address": "", "reason": "its reader was forgotten", "since": EVE}
    assert desk.do("suppress").out == f"- {EVE} its reader was forgotten\n"
    desk.do("subscribe", ONE, "--group", "RG-NAV", now=EVE)
    later = "2027-04-13T09:00:00Z"
    going = desk.json("remind", "--dry-run", now=later)
    assert (len(going["queued"]), [one["recipient"] for one in going["letters"]]) == (2, [TWO])
    desk.do("suppress", ONE, "--lift")
    assert len(desk.json("remind", "--dry-run", now=later)["letters"]) == 2


def test_what_others_wrote_is_not_rewritten_but_named(desk):
    desk.do("move", "ii", "--date", "2027-04-22", "--reason", f"{ONE} asked")
    found = desk.json("forget", ONE)
    assert found == {
        "address": ONE,
        "subscriptions": 1,
        "requests": 1,
        "letters": 3,
        "calendars": 1,
        "suppressions": 0,
        "refusals": 0,
        "invitations": 0,
        "lists": 0,
        "contributions": 0,
        "elsewhere": ["drafts"],
    }
