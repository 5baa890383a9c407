"""Only who still owes something is reminded of it: contributors, and owners of a duty."""

import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import MailServer, mail_server

pytestmark = pytest.mark.server
ADA, BOB, EVE = "Ada@example.org", "bob@example.org", "eve@example.org"
GROUP = """\
acronym: RG-NAV
parent: TSAG
reminder_rules:
  contribution: [7 days, 1 day, 1 day after]
  minutes: {times: [3 days, 1 day after], owed_by: [Bob@example.org]}
  agenda: []
rules:
  - rule: deadline
    id: draft
    level: normally
    with: {kind: agenda, amount: 7, unit: calendar_day, side: before, supply: true}
    reason: as agreed
  - rule: deadline
    level: normally
    with: {kind: minutes, amount: 10, unit: calendar_day, side: after, supply: true}
    reason: as agreed
"""
# Contributions to i, of 17 March 2027, are due at the end of the 10th in Geneva, and its minutes at
# the end of the 27th.
WEEK_BEFORE, EVE_OF, AFTER = "2027-03-03T09:00:00Z", "2027-03-09T09:00:00Z", "2027-03-11T09:00:00Z"
BEFORE_MINUTES, MINUTES_LATE = "2027-03-24T09:00:00Z", "2027-03-28T09:00:00Z"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose plan stands, with two readers, to be copied."""
    desk = a_desk(tmp_path_factory.mktemp("template"))
    (desk.workspace / "groups" / "rg-nav.yaml").write_text(GROUP, encoding="utf-8")
    desk.do("import", ROOT / "examples" / "report.txt", now="2027-02-10T09:00:00Z")
    desk.do("approve", now="2027-02-10T09:00:00Z")
    for address in ("ada@example.org", BOB):
        follow(desk, address)
    return desk.workspace


@pytest.fixture
def desk(template: Path, tmp_path: Path, server: MailServer) -> Desk:
    shutil.copytree(template, tmp_path / "work")
    return Desk(tmp_path / "work", {"INTERIM_SMTP_URL": server.url, "USER": "sec"})


@pytest.fixture
def later(desk: Desk) -> Desk:
    """The same once the contributions are in, and everybody was told that they are overdue."""
    desk.do("remind", now=AFTER)
    return desk


def follow(desk: Desk, address: str, *choices: str) -> None:
    words = ("--group", "RG-NAV", "--zone", "UTC", "--language", "en", *choices)
    desk.do("subscribe", address, *words, now="2027-02-11T09:00:00Z")


def submit(desk: Desk, number: str, *said: str, now: str = "2027-03-01T09:00:00Z") -> None:
    desk.do("contribution", "add", number, "--group", "RG-NAV", *said, now=now)


def reminded(desk: Desk, server: MailServer, now: str) -> list[str]:
    """Run `remind`; return whom the server took letters for, sorted."""
    before = len(server.taken)
    desk.do("remind", now=now)
    return sorted(one.recipients[0] for one in server.taken[before:])


def fates(desk: Desk) -> list[tuple[str, str, str | None]]:
    letters = desk.json("outbox", "list")["letters"]
    return sorted((one["recipient"], one["state"], one["last_error"]) for one in letters)


def test_who_has_submitted_is_not_chased_and_the_others_are(desk, server):
    submit(desk, "C84", "--submitted-by", ADA)
    for now in (WEEK_BEFORE, EVE_OF, AFTER):
        assert reminded(desk, server, now) == [BOB]


def test_who_only_announced_is_chased_and_who_submitted_late_for_the_call_is_not(desk, server):
    submit(desk, "C84", "--submitted-by", ADA, "--announced")
    assert reminded(desk, server, EVE_OF) == ["ada@example.org", BOB]
    late = ("--submitted-by", ADA, "--received", "2027-03-11 01:00", "--meeting", "i")
    submit(desk, "C85", *late, now="2027-03-11T08:00:00Z")
    assert reminded(desk, server, AFTER) == [BOB]


def test_what_is_late_for_one_call_counts_for_the_next(desk, server):
    submit(desk, "C84", "--submitted-by", ADA, now=AFTER)
    assert reminded(desk, server, AFTER) == ["ada@example.org", BOB]
    assert reminded(desk, server, "2027-04-07T09:00:00Z") == [BOB]


def test_who_withdraws_is_chased_again(desk, server):
    submit(desk, "C84", "--submitted-by", ADA)
    assert reminded(desk, server, WEEK_BEFORE) == [BOB]
    desk.do("contribution", "withdraw", "C84", now="2027-03-04T09:00:00Z")
    assert reminded(desk, server, "2027-03-04T10:00:00Z") == ["ada@example.org"]
    assert reminded(desk, server, EVE_OF) == ["ada@example.org", BOB]


@pytest.mark.parametrize("letters", ["single", "digest"])
def test_a_letter_that_waits_while_its_reader_submits_is_cancelled(desk, server, letters):
    follow(desk, "ada@example.org", "--letters", letters)
    desk.do("outbox", "pause", now=WEEK_BEFORE)
    assert reminded(desk, server, WEEK_BEFORE) == []
    submit(desk, "C84", "--submitted-by", ADA, now="2027-03-03T10:00:00Z")
    would = desk.json("remind", "--dry-run", now="2027-03-03T11:00:00Z")["rehearsed"]
    assert {one["recipient"]: one["kept_back"] for one in would} == {
        "ada@example.org": "not owed: has submitted TSAG-C084",
        BOB: "sending is paused",
    }
    desk.do("outbox", "resume", now="2027-03-03T11:00:00Z")
    assert reminded(desk, server, "2027-03-03T11:00:00Z") == [BOB]
    assert fates(desk) == [
        ("ada@example.org", "cancelled", "not owed: has submitted TSAG-C084"),
        (BOB, "sent", None),
    ]
    desk.do("contribution", "withdraw", "C84", now="2027-03-04T09:00:00Z")
    assert reminded(desk, server, "2027-03-04T10:00:00Z") == ["ada@example.org"]
    assert reminded(desk, server, "2027-03-04T11:00:00Z") == []


def test_a_letter_that_waits_tells_what_its_reader_owes_still(desk, server):
    file = desk.workspace / "groups" / "rg-nav.yaml"
    file.write_text(GROUP.replace("agenda: []", "agenda: [7 days]"), encoding="utf-8")
    desk.do("outbox", "pause", now=WEEK_BEFORE)
    assert reminded(desk, server, WEEK_BEFORE) == []
    submit(desk, "C84", "--submitted-by", ADA, now="2027-03-03T10:00:00Z")
    desk.do("outbox", "resume", now="2027-03-03T11:00:00Z")
    assert reminded(desk, server, "2027-03-03T11:00:00Z") == ["ada@example.org", BOB]
    subjects = {
        one.recipients[0]: str(message_from_bytes(one.message, policy=policy.SMTP)["Subject"])
        for one in server.taken
    }
    assert subjects["ada@example.org"].startswith("[RG-NAV] agenda deadline in 7 days: ")
    assert subjects[BOB].startswith("[RG-NAV] 2 deadlines in 7 days: ")
    assert reminded(desk, server, "2027-03-04T11:00:00Z") == []


def test_a_dry_run_gives_as_reasons_what_a_letter_that_waits_still_tells(desk, server):
    file = desk.workspace / "groups" / "rg-nav.yaml"
    file.write_text(GROUP.replace("agenda: []", "agenda: [7 days]"), encoding="utf-8")
    desk.do("outbox", "pause", now=WEEK_BEFORE)
    desk.do("remind", now=WEEK_BEFORE)
    submit(desk, "C84", "--submitted-by", ADA, now="2027-03-03T10:00:00Z")
    said = desk.json("remind", "--dry-run", now="2027-03-03T11:00:00Z")["rehearsed"]
    kinds = {
        one["recipient"]: [because["kind"] for because in one["because"]]
        for one in said
        if one["kept_back"] == "sending is paused"
    }
    assert kinds == {"ada@example.org": ["agenda"], BOB: ["contribution", "agenda"]}


def test_a_dry_run_says_who_is_not_chased_and_why(desk, server):
    submit(desk, "C84", "--submitted-by", ADA)
    said = desk.json("remind", "--dry-run", now=WEEK_BEFORE)["rehearsed"]
    assert [(one["recipient"], one["kept_back"], len(one["because"])) for one in said] == [
        (BOB, None, 1),
        ("ada@example.org", "not owed: has submitted TSAG-C084", 1),
    ]
    words = " ".join(desk.do("remind", "--dry-run", now=EVE_OF).out.split())
    reason = "deadline_reminder: not owed: has submitted TSAG-C084 because: RG-NAV contribution"
    assert f"would not be sent ada@example.org RG-NAV {reason}" in words


def test_what_is_to_come_is_counted_without_those_who_owe_nothing(desk, server):
    def letters() -> int:
        days = desk.json("forecast", "--days", "3", now="2027-03-02T09:00:00Z")
        return sum(one["letters"] for one in days["forecast"])

    assert letters() == 2
    submit(desk, "C84", "--submitted-by", ADA)
    assert letters() == 1


def test_only_the_owner_of_a_duty_is_chased_until_it_is_done(later, server):
    assert reminded(later, server, BEFORE_MINUTES) == [BOB]
    assert reminded(later, server, MINUTES_LATE) == [BOB]


def test_nobody_is_chased_of_what_is_done_until_it_is_undone(later, server):
    done = ("done", "i", "--kind", "minutes")
    said = later.json(*done, "--by", "the rapporteur", now="2027-03-20T09:00:00Z")["done"]
    assert (said["kind"], said["by"], said["at"]) == (
        "minutes",
        "the rapporteur",
        "2027-03-20T09:00:00Z",
    )
    assert later.json(*done, now="2027-03-21T09:00:00Z")["done"] == said
    assert later.json(*done[:3], "Minutes", now="2027-03-21T09:00:00Z")["done"] == said
    assert later.json("plan", "--group", "RG-NAV")["done"] == [said]
    assert "minutes deadline, i of Wed 17 Mar 2027" in later.do("plan", "--group", "RG-NAV").out
    assert reminded(later, server, BEFORE_MINUTES) == []
    later.do(*done[:3], "MINUTES", "--undo", now="2027-03-24T10:00:00Z")
    assert reminded(later, server, "2027-03-24T11:00:00Z") == [BOB]
    verbs = [row["verb"] for row in later.json("audit", "list")["rows"]]
    assert [verb for verb in verbs if verb in {"done", "undone"}] == ["done", "undone"]


def test_a_reminder_that_waits_when_its_duty_is_done_is_cancelled_and_told_when_undone(
    later, server
):
    later.do("outbox", "pause", now=BEFORE_MINUTES)
    assert reminded(later, server, BEFORE_MINUTES) == []
    later.do("done", "i", "--kind", "minutes", now="2027-03-24T10:00:00Z")
    later.do("outbox", "resume", now="2027-03-24T10:00:00Z")
    assert reminded(later, server, "2027-03-24T11:00:00Z") == []
    reason = "not owed: done, as was said at 2027-03-24T10:00:00Z"
    assert (BOB, "cancelled", reason) in fates(later)
    later.do("done", "i", "--kind", "minutes", "--undo", now="2027-03-24T12:00:00Z")
    assert reminded(later, server, "2027-03-24T13:00:00Z") == [BOB]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ix", "--kind", "minutes"), "no meeting is called 'ix'"),
        (("i", "--kind", "report"), "has no deadline of the kind 'report'; those that it has are:"),
        (("i", "--kind", "minutes", "--undo"), "nobody has said that the minutes of"),
    ],
)
def test_what_is_no_duty_of_a_meeting_is_not_done(desk, words, told):
    ran = desk.run("done", *words)
    assert (ran.status, told in ran.err) == (1, True), ran.err


def test_an_owner_who_gets_no_letters_is_told_of(desk):
    assert owners_not_reached(desk) == []
    for choices in (("--about", "meeting"), ("--about", "all", "--letters", "none")):
        follow(desk, BOB, *choices)
        assert len(owners_not_reached(desk)) == 1
    desk.do("unsubscribe", BOB, now="2027-02-12T09:00:00Z")
    (problem,) = owners_not_reached(desk)
    assert problem["severity"] == "warning"
    assert problem["message"].startswith("Bob@example.org owes what the minutes deadlines of")


def owners_not_reached(desk: Desk) -> list[dict]:
    found = desk.json("check", "--offline", now="2027-02-12T09:00:00Z")["problems"]
    return [one for one in found if one["code"] == "owner_not_reached"]


def test_who_submitted_stands_in_lists_of_the_secretariat_and_nowhere_in_public(
    desk, server, tmp_path
):
    table = tmp_path / "list.csv"
    table.write_text(f"number,title,submitted_by\nC84,Rooms,{ADA}; {EVE}\n", encoding="utf-8")
    submit_list = ("contribution", "add", "--from", table, "--group", "RG-NAV")
    added = desk.json(*submit_list, now="2027-03-01T09:00:00Z")["contributions"]
    assert added[0]["submitted_by"] == [ADA, EVE]
    desk.do("agenda", "--set", now="2027-03-01T10:00:00Z")
    desk.do("approve", "--without-telling", now="2027-03-01T10:00:00Z")
    desk.do("publish", tmp_path / "site", now="2027-03-01T10:00:00Z")
    for kind in ("draft-agenda", "list-of-documents"):
        desk.do("document", kind, "--meeting", "i", "--out", tmp_path / "site" / f"{kind}.md")
    published = [one for one in (tmp_path / "site").rglob("*") if one.is_file()]
    assert len(published) > 20
    assert not [one for one in published if EVE.encode() in one.read_bytes().lower()]
    assert reminded(desk, server, WEEK_BEFORE) == [BOB]
    assert EVE not in message_from_bytes(server.taken[-1].message, policy=policy.SMTP).as_string()


def test_what_a_person_submitted_is_exported_and_forgotten_with_them(desk, server):
    submit(desk, "C84", "--submitted-by", ADA, "--submitted-by", EVE)
    kept = desk.do("export", "ADA@example.org").document["contributions"]
    assert kept == [{"group": "RG-NAV", "number": "TSAG-C084", "address": ADA}]
    assert desk.json("forget", "ada@example.org", now=WEEK_BEFORE)["contributions"] == 1
    (left,) = [
        one
        for one in desk.json("contribution", "list")["contributions"]
        if one["number"] == "TSAG-C084"
    ]
    assert left["submitted_by"] == [EVE]


def test_an_address_that_is_none_is_refused(desk, tmp_path):
    ran = desk.run("contribution", "add", "C84", "--group", "RG-NAV", "--submitted-by", "Ada")
    assert (ran.status, "'Ada' is not a mail address" in ran.err) == (1, True)
    table = tmp_path / "list.csv"
    table.write_text("number,submitted_by\nC84,ada@\n", encoding="utf-8")
    ran = desk.run("contribution", "add", "--from", table, "--group", "RG-NAV")
    assert (ran.status, "list.csv:2:2: contributions.1.submitted_by.1: 'ada@'" in ran.err) == (
        1,
        True,
    )
