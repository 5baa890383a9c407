"""Meetings announced to a mailing list, from the command line to the mailbox."""

import re
import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.people import BASE, an_office

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
MONDAY, TUESDAY = "2027-03-08T09:00:00Z", "2027-03-09T09:00:00Z"
WEDNESDAY = "2027-03-10T09:00:00Z"
LIST = "rg-nav@lists.example.org"


class Post:
    """A desk with the example approved, and the letters that its mail server takes."""

    def __init__(self, desk: Desk, mail: MailServer) -> None:
        self.desk, self.mail = desk, mail

    def announce(self, *arguments: object, now: str = MONDAY) -> dict:
        return self.desk.json("announce", "--group", "RG-NAV", "--to", LIST, *arguments, now=now)

    def remind(self, now: str = MONDAY) -> list[EmailMessage]:
        before = len(self.mail.taken)
        self.desk.do("remind", now=now)
        return self.mail.letters_since(before)


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example approved, to be copied for each test."""
    desk = a_desk(tmp_path_factory.mktemp("approved"))
    desk.do("import", REPORT, now=MONDAY)
    desk.do("approve", now=MONDAY)
    return desk.workspace


@pytest.fixture
def post(approved: Path, tmp_path: Path) -> Iterator[Post]:
    shutil.copytree(approved, tmp_path / "work")
    with mail_server() as mail:
        environment = {"INTERIM_SMTP_URL": mail.url, "INTERIM_BASE_URL": BASE}
        yield Post(Desk(tmp_path / "work", environment), mail)


def entries_of(letter: EmailMessage) -> icalendar.Calendar:
    (shown,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(shown.get_payload(decode=True))
    assert shown["Content-Type"].params["method"] == calendar["METHOD"] == "PUBLISH"
    return calendar


def feed_of(post: Post, now: str) -> dict[str, icalendar.Event]:
    out = post.desk.workspace.parent / "site"
    post.desk.do("publish", out, now=now)
    feed = icalendar.Calendar.from_ical((out / "feeds" / "rg-nav.ics").read_bytes())
    return {str(one["UID"]): one for one in feed.walk("VEVENT")}


def test_a_list_is_told_all_meetings_in_one_letter_with_the_feeds_entries(post: Post):
    assert post.announce()["new"]
    (letter,) = post.remind()
    assert letter["To"].addresses[0].addr_spec == LIST
    feed = feed_of(post, MONDAY)
    told = {str(one["UID"]): one for one in entries_of(letter).walk("VEVENT")}
    assert told.keys() == feed.keys()
    for uid, one in told.items():
        assert one["SEQUENCE"] == feed[uid]["SEQUENCE"]
        assert one["DTSTART"].dt == feed[uid]["DTSTART"].dt
        assert str(one["ORGANIZER"]) == "mailto:interim@meetings.example.org"
        assert "ATTENDEE" not in one


def test_the_same_meetings_are_announced_once_and_changed_ones_again(post: Post):
    post.announce()
    assert len(post.remind()) == 1
    assert not post.announce(now=TUESDAY)["new"]
    assert post.remind(TUESDAY) == []
    post.desk.do("move", "i", "--start", "15:00", "--reason", "the hall is taken", now=TUESDAY)
    post.desk.do("approve", now=TUESDAY)
    assert post.announce(now=TUESDAY)["new"]
    (letter,) = post.remind(TUESDAY)
    assert 1 in {int(one["SEQUENCE"]) for one in entries_of(letter).walk("VEVENT")}


def test_what_changed_while_it_waited_is_not_announced(post: Post):
    post.announce()
    post.desk.do("cancel", "i", "--reason", "no contributions", now=MONDAY)
    post.desk.do("approve", now=MONDAY)
    assert post.remind() == []
    (letter,) = post.desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["last_error"]) == ("cancelled", "changed since it was queued")


def test_a_dry_run_queues_nothing(post: Post):
    assert post.announce("--dry-run")["announcement"]["recipient"] == LIST
    assert post.desk.json("outbox", "list")["letters"] == []


def test_a_link_for_members_is_not_announced(post: Post):
    settings = post.desk.workspace / "groups" / "rg-nav.yaml"
    settings.write_text(settings.read_text() + "\njoin_link: members\n")
    post.announce()
    (letter,) = post.remind()
    assert "Join:" not in letter.get_body(("plain",)).get_content()


def test_a_list_that_asked_for_no_more_is_written_to_only_where_that_is_said(tmp_path: Path):
    to = ("announce", "--group", "RG-NAV", "--to", LIST)
    with an_office(tmp_path) as office:
        office.desk.do(*to, now=MONDAY)
        office.desk.do("remind", now=MONDAY)
        letter = message_from_bytes(office.mail.taken[-1].message, policy=policy.default)
        (link,) = re.findall(rf"<{BASE}(unsubscribe/[^>]+)>", str(letter["List-Unsubscribe"]))
        assert office.client.post(link).status_code == 200
        refused = office.desk.run(*to, now=TUESDAY)
        assert (refused.status, "asked for no more" in refused.err) == (1, True)
        assert office.desk.run(*to, "--again", now=TUESDAY).status == 0


def test_nothing_to_announce_is_an_error(tmp_path: Path):
    desk = a_desk(tmp_path)
    desk.do("import", REPORT, now=MONDAY)
    refused = desk.run("announce", "--group", "RG-NAV", "--to", LIST, now=MONDAY)
    assert refused.status == 1
    assert "no approved meeting of RG-NAV is to come" in refused.err


def test_a_list_hears_that_a_meeting_it_was_told_of_is_cancelled(post: Post):
    post.announce()
    post.remind()
    post.desk.do("cancel", "ii", "--reason", "strike", now=TUESDAY)
    post.desk.do("approve", now=TUESDAY)
    assert post.announce(now=TUESDAY)["new"]
    (letter,) = post.remind(TUESDAY)
    assert letter["Subject"] == "[RG-NAV] Announcement: 3 meetings, 1 meeting cancelled"
    assert "Cancelled: RG-NAV interim meeting" in letter.get_body(("plain",)).get_content()
    assert "Cancelled: RG-NAV interim meeting" in letter.get_body(("html",)).get_content()
    off = [one for one in entries_of(letter).walk("VEVENT") if one.get("STATUS") == "CANCELLED"]
    feed = feed_of(post, TUESDAY)
    assert {str(one["UID"]): one["SEQUENCE"] for one in off} == {
        uid: one["SEQUENCE"] for uid, one in feed.items() if one.get("STATUS") == "CANCELLED"
    }
    assert [one["CATEGORIES"].cats[0] for one in off] == ["meeting", "deadline"]
    assert not post.announce(now=TUESDAY)["new"]


def test_a_list_is_told_nothing_of_deadlines_that_it_never_knew(post: Post):
    post.desk.do("cancel", "ii", "--reason", "strike", now=MONDAY)
    post.desk.do("approve", now=MONDAY)
    post.announce()
    (letter,) = post.remind()
    assert letter["Subject"] == "[RG-NAV] Announcement: 3 meetings"
    states = [str(one.get("STATUS")) for one in entries_of(letter).walk("VEVENT")]
    assert "CANCELLED" not in states


def test_a_list_hears_from_when_a_meeting_moved_that_it_was_told_of(post: Post):
    post.announce()
    (letter,) = post.remind()
    assert "Moved from" not in letter.get_body(("plain",)).get_content()
    post.desk.do("move", "ii", "--start", "15:00", "--reason", "the hall is taken", now=TUESDAY)
    post.desk.do("approve", now=TUESDAY)
    post.announce(now=TUESDAY)
    (letter,) = post.remind(TUESDAY)
    moved = (
        "Moved from Wednesday 21 April 2027, 14:00 (Europe/Zurich, UTC+02:00) = "
        "Wednesday 21 April 2027, 12:00 UTC: the hall is taken"
    )
    for form in ("plain", "html"):
        said = letter.get_body((form,)).get_content()
        assert (said.count("Moved from"), said.count(moved)) == (1, 1)


def test_one_meeting_is_told_as_one(post: Post):
    to = ("announce", "--group", "RG-NAV", "--to", LIST)
    said = [" ".join(post.desk.do(*to, now="2027-07-01T09:00:00Z").out.split()) for _ in "12"]
    assert said == [
        f"A letter to {LIST} with 1 meeting of RG-NAV is queued.",
        f"A letter to {LIST} with this meeting waits already. Nothing was queued.",
    ]


def retopic(post: Post, topic: str, now: str) -> None:
    """Let the third meeting have another topic, which raises no SEQUENCE."""
    report = post.desk.workspace.parent / "report.txt"
    report.write_text(REPORT.read_text().replace("Workshop outcome", topic))
    post.desk.do("import", report, now=now)
    post.desk.do("approve", now=now)


def test_what_is_changed_announced_and_changed_back_is_announced_again(post: Post):
    post.announce()
    post.remind()
    for topic, now in (("Wrong outcome", TUESDAY), ("Workshop outcome", WEDNESDAY)):
        retopic(post, topic, now)
        assert post.announce(now=now)["new"]
        assert not post.announce(now=now)["new"]
        (letter,) = post.remind(now)
        assert topic in letter.get_body(("plain",)).get_content()


def test_what_changed_back_before_it_went_is_not_announced(post: Post):
    post.announce()
    post.remind()
    retopic(post, "Wrong outcome", TUESDAY)
    assert post.announce(now=TUESDAY)["new"]
    retopic(post, "Workshop outcome", TUESDAY)
    assert not post.announce(now=TUESDAY)["new"]
    assert post.remind(TUESDAY) == []


def test_a_list_that_was_suppressed_is_announced_to_once_that_ends(post: Post):
    to = ("announce", "--group", "RG-NAV", "--to", LIST)
    post.desk.do("suppress", LIST, now=MONDAY)
    assert (
        f"notice: nothing is sent to {LIST}, for it is suppressed"
        in post.desk.do(*to, now=MONDAY).err
    )
    assert post.remind() == []
    post.desk.do("suppress", LIST, "--lift", now=TUESDAY)
    assert post.desk.do(*to, now=TUESDAY).err == ""
    assert len(post.remind(TUESDAY)) == 1
    assert not post.announce(now=TUESDAY)["new"]


def test_a_letter_that_a_person_called_off_is_not_announced_again(post: Post):
    key = post.announce()["announcement"]["key"]
    post.desk.do("outbox", "cancel", key, now=MONDAY)
    said = post.desk.do("announce", "--group", "RG-NAV", "--to", LIST, now=MONDAY).out
    assert "was called off by a person. Nothing was queued." in " ".join(said.split())
    assert post.remind() == []


def test_another_language_is_refused_while_a_letter_waits_and_kept_from_then_on(post: Post):
    to = ("announce", "--group", "RG-NAV", "--to", LIST)
    key = post.announce()["announcement"]["key"]
    refused = post.desk.run(*to, "--language", "fr", now=MONDAY)
    assert refused.status == 1
    assert (
        f"waits in the language 'en', and a list has one language; nothing was queued: let that "
        f"letter go first with 'interim remind', or call it off with 'interim outbox cancel {key}'"
        in " ".join(refused.err.split())
    )
    assert [one["Content-Language"] for one in post.remind()] == ["en"]
    assert post.announce("--language", "fr", now=TUESDAY)["new"]
    assert [one["Content-Language"] for one in post.remind(TUESDAY)] == ["fr"]
    retopic(post, "Wrong outcome", WEDNESDAY)
    assert post.announce(now=WEDNESDAY)["new"]
    assert [one["Content-Language"] for one in post.remind(WEDNESDAY)] == ["fr"]


def test_a_letter_in_a_language_that_the_list_has_no_longer_says_so(post: Post):
    key = post.announce()["announcement"]["key"]
    post.mail.answer("RCPT", "550 5.7.1 not to this list")
    post.remind()
    post.announce("--language", "fr", now=TUESDAY)
    post.desk.do("outbox", "retry", key, now=TUESDAY)
    post.remind(TUESDAY)
    errors = {one["key"]: one["last_error"] for one in post.desk.json("outbox", "list")["letters"]}
    assert errors[key] == "the list is written to in another language since it was queued"


def test_a_list_that_was_forgotten_is_announced_to_anew(post: Post):
    post.announce()
    post.remind()
    post.desk.do("forget", LIST, now=TUESDAY)
    assert post.announce(now=TUESDAY)["new"]
    assert len(post.remind(TUESDAY)) == 1
    assert not post.announce(now=WEDNESDAY)["new"]
