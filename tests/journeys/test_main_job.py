"""From a report's text to a calendar and a mailbox, as the README says it."""

import shutil
from datetime import UTC
from email import message_from_bytes
from pathlib import Path

import icalendar
import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import mail_server
from tests.support.word_documents import twin_of

SAMPLE = ROOT / "examples" / "report.txt"
EVE = "2027-03-09T09:00:00Z"


@pytest.fixture
def desk(tmp_path):
    return a_desk(tmp_path)


@pytest.fixture
def published(desk, tmp_path):
    desk.do("import", SAMPLE)
    desk.do("approve")
    desk.do("publish", tmp_path / "site")
    return desk


def letters_key(taken):
    return message_from_bytes(taken.message)["X-Notification-Key"]


def events(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_importing_twice_changes_nothing(desk):
    first, second = desk.json("import", SAMPLE), desk.json("import", SAMPLE)
    assert (first["changed"], second["changed"]) == (True, False)
    assert first["meetings"] == second["meetings"] == desk.json("plan")["meetings"]


def test_a_report_again_changes_nothing_though_another_one_came_between(desk, tmp_path):
    desk.do("import", SAMPLE)
    desk.do("move", "ii", "--date", "2027-04-22")
    text = SAMPLE.read_text(encoding="utf-8").replace("TSAG-TD640", "TSAG-TD699")
    for day, later in [("17 March", "1 September"), ("21 April", "6 October")]:
        text = text.replace(f"{day} 2027", f"{later} 2027")
    other = tmp_path / "other.txt"
    other.write_text(text, encoding="utf-8")
    desk.do("import", other)
    before = desk.json("plan")
    assert desk.json("import", SAMPLE)["changed"] is False
    assert desk.json("plan") == before


def test_a_plan_shows_what_an_approval_adds(desk):
    desk.do("import", SAMPLE)
    kinds = [(change["kind"], change["what"]) for change in desk.json("plan")["changes"]]
    assert kinds == [("added", "meeting")] * 4 + [("added", "deadline")] * 4
    assert "4 meetings added, 4 deadlines added" in desk.do("plan").out


def test_a_word_document_of_the_same_text_makes_the_same_plan(desk, tmp_path):
    twin = tmp_path / "report.docx"
    twin.write_bytes(twin_of(SAMPLE.read_text(encoding="utf-8")))
    desk.do("import", SAMPLE)
    text = desk.json("plan")["meetings"]
    other = a_desk(tmp_path / "other")
    other.do("import", twin)
    word = other.json("plan")["meetings"]
    for meeting in [*text, *word]:
        meeting["problems"] = [problem["code"] for problem in meeting["problems"]]
    assert word == text


def test_publishing_again_writes_nothing(published, tmp_path):
    written = published.json("publish", tmp_path / "site")
    assert (written["changed"], written["removed"]) == ([], [])


def test_the_feed_holds_each_meeting_and_each_deadline_once(published, tmp_path):
    feed = events(tmp_path / "site" / "feeds" / "rg-nav.ics").values()
    in_utc = sorted(event["DTEND"].dt.astimezone(UTC).isoformat() for event in feed)
    assert in_utc == [
        "2027-03-10T22:59:59+00:00",
        "2027-03-17T14:30:00+00:00",
        "2027-04-14T21:59:59+00:00",
        "2027-04-21T13:30:00+00:00",
        "2027-05-19T21:59:59+00:00",
        "2027-05-26T13:30:00+00:00",
        "2027-06-30T21:59:59+00:00",
        "2027-07-07T13:30:00+00:00",
    ]


def test_a_moved_meeting_keeps_its_uid_with_a_higher_sequence(published, tmp_path):
    feed = tmp_path / "site" / "feeds" / "rg-nav-meetings.ics"
    before = events(feed)
    published.do("move", "ii", "--date", "2027-04-28", "--reason", "the room is taken")
    published.do("approve")
    published.do("publish", tmp_path / "site")
    after = events(feed)
    moved = [uid for uid in before if before[uid]["DTSTART"].dt != after[uid]["DTSTART"].dt]
    assert before.keys() == after.keys()
    assert [after[uid]["SEQUENCE"] - before[uid]["SEQUENCE"] for uid in moved] == [1]


def test_a_cancelled_meeting_says_so_in_status_and_title(published, tmp_path):
    published.do("cancel", "RG-NAV/iv", "--reason", "no contributions")
    published.do("approve")
    published.do("publish", tmp_path / "site")
    site = tmp_path / "site" / "feeds"
    cancelled = [e for e in events(site / "rg-nav.ics").values() if e["STATUS"] == "CANCELLED"]
    assert len(cancelled) == 2
    assert all(e["SUMMARY"].startswith("CANCELLED: ") for e in cancelled)
    assert len(events(site / "rg-nav.active.ics")) == 6


def test_authorizing_confirms_the_meetings(published, tmp_path):
    published.do("authorize", "--group", "RG-NAV", "--date", "2027-02-05")
    published.do("publish", tmp_path / "site")
    feed = events(tmp_path / "site" / "feeds" / "rg-nav.ics")
    assert {str(event["STATUS"]) for event in feed.values()} == {"CONFIRMED"}


@pytest.mark.server
def test_one_letter_goes_out_once_however_often_it_is_asked(published):
    with mail_server() as server:
        published.environment["INTERIM_SMTP_URL"] = server.url
        published.do(
            "subscribe", "someone@example.org", "--group", "RG-NAV", "--zone", "Asia/Tokyo"
        )
        for _ in range(3):
            published.do("remind", now=EVE)
        letters = published.json("outbox", "list")["letters"]
    assert [letter["state"] for letter in letters] == ["sent"]
    assert [taken.recipients for taken in server.taken] == [("someone@example.org",)]


@pytest.mark.server
def test_a_meeting_that_moved_since_is_not_announced_at_its_old_time(published):
    published.do("subscribe", "someone@example.org", "--group", "RG-NAV")
    assert published.run("remind", now=EVE).status == 3
    published.do("move", "i", "--date", "2027-03-24", "--reason", "a holiday")
    published.do("approve")
    with mail_server() as server:
        published.environment["INTERIM_SMTP_URL"] = server.url
        published.do("remind", now=EVE)
        letters = published.json("outbox", "list")["letters"]
    states = {letter["kind"]: letter["state"] for letter in letters}
    assert states == {"deadline_reminder": "cancelled", "change": "sent"}
    (taken,) = server.taken
    assert letters_key(taken) == next(one["key"] for one in letters if one["kind"] == "change")


def test_a_rung_that_was_past_when_somebody_subscribed_is_not_told(published):
    published.do("subscribe", "late@example.org", "--group", "RG-NAV", now="2027-03-10T08:00:00Z")
    reminded = published.json("remind", "--dry-run", now="2027-03-10T09:00:00Z")
    assert reminded["queued"] == []


def test_a_copied_workspace_publishes_the_same_bytes(published, tmp_path):
    twin = tmp_path / "twin"
    shutil.copytree(published.workspace, twin)
    Desk(twin).do("publish", tmp_path / "again")
    for path in sorted((tmp_path / "site").rglob("*")):
        if path.is_file():
            copy = tmp_path / "again" / path.relative_to(tmp_path / "site")
            assert copy.read_bytes() == path.read_bytes()


@pytest.fixture
def real(desk, seed_report: Path):
    desk.do("import", seed_report)
    return desk


def test_the_real_report_becomes_four_meetings_and_four_deadlines(real):
    meetings = real.json("plan")["meetings"]
    assert [(m["start_utc"], m["end_utc"]) for m in meetings] == [
        ("2024-02-20T12:00:00Z", "2024-02-20T13:30:00Z"),
        ("2024-03-19T12:00:00Z", "2024-03-19T13:30:00Z"),
        ("2024-05-07T11:00:00Z", "2024-05-07T12:30:00Z"),
        ("2024-06-11T11:00:00Z", "2024-06-11T12:30:00Z"),
    ]
    assert [d["utc"] for m in meetings for d in m["deadlines"]] == [
        "2024-02-13T22:59:59Z",
        "2024-03-12T22:59:59Z",
        "2024-04-30T21:59:59Z",
        "2024-06-04T21:59:59Z",
    ]


def test_the_first_call_of_the_real_report_misses_the_normal_notice_and_meets_the_least(real):
    findings = [f for f in real.json("plan")["findings"] if f["code"] == "notice_too_short"]
    first = [f for f in findings if f["facts"]["meeting"] == "i"]
    assert [(f["severity"], f["facts"]["days"], f["clause"]) for f in first] == [
        ("warning", 25, "2.3.3.10")
    ]


def test_a_text_without_a_zone_is_read_in_its_groups_zone(desk, tmp_path):
    (desk.workspace / "groups" / "rg-x.yaml").write_text("acronym: RG-X\nzone: Asia/Tokyo\n")
    report = tmp_path / "report.txt"
    report.write_text("RG-X will hold a virtual meeting on 3 March 2027, 14:00-15:00.\n")
    desk.do("import", report, "--group", "RG-X")
    starts = [meeting["start_utc"] for meeting in desk.json("plan")["meetings"]]
    assert starts == ["2027-03-03T05:00:00Z"]


@pytest.mark.server
def test_a_group_that_names_nobody_writes_from_the_workspaces_addresses(published):
    (published.workspace / "interim.yaml").write_text(
        "mail:\n  from: office@example.org\n  reply_to: answers@example.org\n"
    )
    published.do("subscribe", "someone@example.org", "--group", "RG-NAV")
    with mail_server() as server:
        published.environment["INTERIM_SMTP_URL"] = server.url
        published.do("remind", now=EVE)
    head = server.taken[0].message.split(b"\r\n\r\n")[0]
    assert b"\r\nFrom: RG-NAV <office@example.org>\r\n" in head
    assert b"\r\nReply-To: RG-NAV <answers@example.org>\r\n" in head
