"""Who did what when is kept, and what somebody changes of it is found."""

import getpass
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import DROP, mail_server
from tests.support.people import an_office, link_of

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY, EVE = "2027-02-08T09:00:00Z", "2027-03-09T09:00:00Z"
GROUP = ("--group", "RG-NAV")
SOMEONE = "someone@example.org"


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    found.do("import", SAMPLE, now=MONDAY)
    found.do("approve", "--by", "Ada", now=MONDAY)
    return found


def audit(desk: Desk, *options: str) -> list[dict]:
    return desk.json("audit", "list", *options)["rows"]


def meddle(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.workspace / "interim.sqlite")) as connection, connection:
        connection.execute(statement)


def test_an_approval_is_told_with_each_change_of_a_meeting(desk):
    desk.do("move", "i", "--date", "2027-03-18", "--reason", "a room", now=MONDAY)
    desk.do("cancel", "ii", now=MONDAY)
    before = len(audit(desk))
    desk.do("approve", now=EVE)
    told = audit(desk)[before:]
    assert [(row["verb"], row["who"]) for row in told] == [
        (verb, getpass.getuser()) for verb in ("approve", "moved", "cancelled")
    ]
    assert told[0]["details"] == {"revision": 2}
    assert told[1]["details"] | {"meeting": ""} == {
        "revision": 2,
        "meeting": "",
        "from": "2027-03-17 14:00 Europe/Zurich",
        "to": "2027-03-18 14:00 Europe/Zurich",
        "reason": "a room",
    }


def test_who_and_when_and_for_whom_are_told_and_found(desk, tmp_path):
    desk.do("authorize", *GROUP, "--by", "WP1", now=EVE)
    desk.do("publish", tmp_path / "site", "--by", "Bo", now=EVE)
    desk.do("subscribe", SOMEONE, *GROUP, "--by", "Cy", now=EVE)
    desk.do("unsubscribe", SOMEONE, "--by", "Di", now=EVE)
    told = audit(desk, "--since", "2027-03-09")
    assert [(row["verb"], row["who"], row["group"], row["at"]) for row in told] == [
        ("authorize", "WP1", "RG-NAV", EVE),
        ("publish", "Bo", None, EVE),
        ("subscribe", "Cy", "RG-NAV", EVE),
        ("unsubscribe", "Di", None, EVE),
    ]
    assert told[2]["person"] == told[3]["person"] != None  # noqa: E711
    assert SOMEONE not in desk.do("audit", "list", "--json").out
    assert [row["verb"] for row in audit(desk, *GROUP)][-2:] == ["authorize", "subscribe"]


def test_what_changes_nothing_is_not_told(desk):
    desk.do("authorize", *GROUP, now=EVE)
    before = audit(desk)
    desk.do("authorize", *GROUP, now=EVE)
    desk.do("approve", now=EVE)
    assert desk.run("unsubscribe", SOMEONE).status == 1
    assert audit(desk) == before


@pytest.mark.server
def test_a_run_that_sends_is_told_with_its_numbers_and_one_without_letters_is_not(desk):
    with mail_server() as server:
        desk = replace(desk, environment={"INTERIM_SMTP_URL": server.url})
        desk.do("subscribe", SOMEONE, *GROUP, now=MONDAY)
        desk.do("remind", "--by", "cron", now=EVE)
        desk.do("remind", "--by", "cron", now=EVE)
    told = [(row["who"], row["details"]) for row in audit(desk) if row["verb"] == "remind"]
    assert told == [("cron", {"newly_due": 1, "sent": 1})]


@pytest.mark.server
def test_what_is_decided_about_letters_is_told_with_who_and_whose_letter(desk):
    desk.do("subscribe", SOMEONE, *GROUP, now=MONDAY)
    desk.do("outbox", "pause", "--reason", "wrong plan", "--by", "Ada", now=EVE)
    desk.do("remind", "--by", "cron", now=EVE)
    (letter,) = desk.json("outbox", "list")["letters"]
    desk.do("outbox", "cancel", letter["key"], "--by", "Bo", now=EVE)
    desk.do("outbox", "release", "--run", "--by", "Cy", now=EVE)
    desk.do("outbox", "resume", "--by", "Di", now=EVE)
    desk.do("suppress", SOMEONE, "--reason", "rang", "--by", "Ed", now=EVE)
    desk.do("suppress", SOMEONE, "--lift", "--by", "Flo", now=EVE)
    rows = audit(desk, "--since", "2027-03-09")
    assert [(row["verb"], row["who"], row["group"], row["details"]) for row in rows] == [
        ("outbox pause", "Ada", None, {"reason": "wrong plan"}),
        ("remind", "cron", None, {"newly_due": 1}),
        ("outbox cancel", "Bo", "RG-NAV", {"letter": letter["key"], "was": "queued"}),
        ("outbox release", "Cy", None, {"letters": 0, "run": True}),
        ("outbox resume", "Di", None, {"paused_since": EVE}),
        ("suppress", "Ed", None, {}),
        ("lift", "Flo", None, {}),
    ]
    theirs = json.loads(desk.do("export", SOMEONE).out)["person"]
    assert [row["verb"] for row in rows if row["person"] == theirs] == [
        "outbox cancel",
        "suppress",
        "lift",
    ]


@pytest.mark.server
@pytest.mark.parametrize(("verb", "refusal"), [("retry", "554 no"), ("release", DROP)])
def test_what_goes_again_is_told(desk, verb, refusal):
    with mail_server() as server:
        desk = replace(desk, environment={"INTERIM_SMTP_URL": server.url})
        server.answer(*(("RCPT", refusal) if verb == "retry" else ("KEPT", DROP, DROP, DROP)))
        desk.do("subscribe", SOMEONE, *GROUP, now=MONDAY)
        for hour in ("09", "10", "11"):
            desk.do("remind", now=f"2027-03-09T{hour}:00:00Z")
        (letter,) = desk.json("outbox", "list")["letters"]
        desk.do("outbox", verb, letter["key"], "--by", "Ada")
    last = audit(desk)[-1]
    assert (last["verb"], last["who"], last["details"]["letter"]) == (
        f"outbox {verb}",
        "Ada",
        letter["key"],
    )


@pytest.mark.server
def test_who_comes_and_goes_by_a_link_is_told(tmp_path):
    with an_office(tmp_path) as office:
        office.confirm("one@example.org")
        office.now = office.now.parse(EVE)
        office.client.post(link_of(office.remind()[0], "unsubscribe"))
        told = [row for row in audit(office.desk) if row["person"]]
    assert [(row["verb"], row["who"], row["at"]) for row in told] == [
        ("subscribe", "by a link", "2027-03-08T09:00:00Z"),
        ("unsubscribe", "by a link", EVE),
    ]
    assert told[0]["person"] == told[1]["person"]


def test_a_chain_that_nobody_touched_is_whole(desk):
    found = desk.json("audit", "verify")
    assert (found["whole"], found["rows"], found["first_broken"]) == (True, 5, None)
    assert found["head"] == audit(desk)[-1]["digest"]
    assert found["head"] in desk.do("audit", "verify", "--head", found["head"]).out


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit SET who = 'Eve' WHERE number = 1", 1),
        ("UPDATE audit SET details = 'no json' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 2", 2),
    ],
)
def test_the_first_row_that_was_meddled_with_is_named(desk, statement, first):
    meddle(desk, statement)
    ran = desk.run("audit", "verify", "--json")
    assert (ran.status, ran.document["first_broken"]) == (1, first)
    assert f"row {first} of the audit is broken" in ran.err
    assert desk.run("audit", "list").status == 0


def test_rows_that_were_cut_off_are_missed_by_who_wrote_the_head_down(desk):
    head = desk.json("audit", "verify")["head"]
    meddle(desk, "DELETE FROM audit WHERE number = 5")
    assert desk.json("audit", "verify")["whole"]
    assert desk.run("audit", "verify", "--head", head[:12]).status == 2
    ran = desk.run("audit", "verify", "--head", head)
    assert (ran.status, f"no row has the digest '{head}'" in ran.err) == (1, True)
