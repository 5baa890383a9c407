"""Who chose to get no letters of a group: what is not sent to them, and how they come back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import MailServer, mail_server

pytestmark = pytest.mark.server
READER, QUIET = "reader@example.org", "quiet@example.org"
GROUP = ("--group", "RG-NAV")
BEGUN = "2027-02-01T09:00:00Z"
AWAY = "2027-02-02T09:00:00Z"
BACK = "2027-02-03T09:00:00Z"
LATER = "2027-02-04T09:00:00Z"
TOLD = "2027-02-04T09:10:00Z"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: MailServer) -> Desk:
    desk = a_desk(tmp_path)
    desk.environment["INTERIM_SMTP_URL"] = server.url
    desk.do("import", ROOT / "examples" / "report.txt", now=BEGUN)
    desk.do("approve", now=BEGUN)
    desk.do("subscribe", READER, *GROUP, now=BEGUN)
    return desk


def change(desk: Desk, *edit: str, now: str) -> None:
    desk.do(*edit, now=now)
    desk.do("approve", now=now)


def letters(desk: Desk, server: MailServer, now: str) -> dict[str, str]:
    """Run `remind`, and return the words that each person was sent."""
    before = len(server.taken)
    desk.do("remind", now=now)
    found = server.letters_since(before)
    return {one["To"]: one.get_body(("plain",)).get_content() for one in found}


def test_subscribers_are_invited_who_get_letters(desk: Desk):
    desk.do("subscribe", QUIET, *GROUP, "--letters", "none", now=BEGUN)
    invite = ("invite", *GROUP, "--meeting", "i")
    invited = desk.json(*invite, "--subscribers", now=BEGUN)["invitations"]
    assert [one["address"] for one in invited] == [READER]
    named = desk.json(*invite, QUIET, "--subscribers", now=BEGUN)["invitations"]
    assert sorted(one["address"] for one in named) == [QUIET, READER]


def test_where_all_chose_no_letters_there_is_nobody_to_invite(desk: Desk):
    desk.do("subscribe", READER, *GROUP, "--letters", "none", now=BEGUN)
    refused = desk.run("invite", *GROUP, "--subscribers", now=BEGUN)
    assert (refused.status, "has no subscribers to invite" in refused.err) == (1, True)


def test_who_asks_for_letters_again_is_told_of_later_changes_alone(desk: Desk, server: MailServer):
    desk.do("subscribe", QUIET, *GROUP, "--letters", "none", now=BEGUN)
    change(desk, "move", "ii", "--date", "2027-04-28", now=AWAY)
    desk.do("subscribe", QUIET, *GROUP, "--letters", "single", now=BACK)
    assert letters(desk, server, BACK).keys() == {READER}
    change(desk, "move", "iii", "--date", "2027-06-02", now=LATER)
    told = letters(desk, server, TOLD)
    assert told.keys() == {READER, QUIET}
    assert ("2 June" in told[QUIET], "April" in told[QUIET]) == (True, False)


def test_another_choice_of_letters_is_no_new_beginning(desk: Desk, server: MailServer):
    change(desk, "move", "ii", "--date", "2027-04-28", now=AWAY)
    desk.do("subscribe", READER, *GROUP, "--letters", "digest", now=AWAY)
    assert "28 April" in letters(desk, server, BACK)[READER]
