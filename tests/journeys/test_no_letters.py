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
