"""What the secretariat decides about letters: pausing, releasing, calling off, suppressing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.actions.outbox import pause_sending
from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import open_store
from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT
from tests.support.mail_server import DROP, MailServer, mail_server

pytestmark = pytest.mark.server
SAMPLE = ROOT / "examples" / "report.txt"
EVE = "2027-03-09T09:00:00Z"
LATER = "2027-03-09T09:30:00Z"
LAST = "2027-03-09T10:00:00Z"
READER = "someone@example.org"
NO_SUCH = "550 5.1.1 no such user"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: MailServer) -> Desk:
    """A workspace with a plan and a reader who is due one letter at EVE."""
    desk = replace(a_desk(tmp_path), environment={"INTERIM_SMTP_URL": server.url, "USER": "ada"})
    desk.do("import", SAMPLE)
    desk.do("approve")
    desk.do("subscribe", READER, "--group", "RG-NAV")
    return desk


def letters(desk: Desk) -> list[tuple[str, str]]:
    return [(one["recipient"], one["state"]) for one in desk.json("outbox", "list")["letters"]]


def the_key(desk: Desk) -> str:
    (letter,) = desk.json("outbox", "list")["letters"]
    return letter["key"]


def test_while_sending_is_paused_letters_are_queued_and_none_is_sent(desk, server):
    told = desk.do("outbox", "pause", "--reason", "wrong plan", now=EVE).out
    assert told == "Sending is paused since 2027-03-09T09:00:00Z by ada: wrong plan.\n"
    said = " ".join(desk.do("remind", now=EVE).out.split())
    assert (
        said
        == f"1 newly due. {' '.join(told.split())} Nothing is sent before 'interim outbox resume'."
    )
    assert (letters(desk), server.stages) == ([(READER, "queued")], [])
    desk.do("outbox", "resume")
    desk.do("remind", now=EVE)
    assert letters(desk) == [(READER, "sent")]


def test_a_pause_in_the_middle_of_a_run_stops_the_letter_before_its_message(desk, server):
    store = open_store(sqlite_url(desk.workspace / "interim.sqlite"))

    def pausing(stage: str) -> None:
        if stage == "RCPT":
            pause_sending(store, "Grace", None, Instant.parse(EVE))

    server.at_each = pausing
    desk.do("remind", now=EVE)
    assert ("DATA" in server.stages, server.taken) == (False, [])
    (letter,) = desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["attempts"]) == ("queued", 0)


def test_the_reason_of_a_pause_is_part_of_the_document(desk):
    pause = {"since": EVE, "by": "Grace", "reason": None}
    assert desk.json("outbox", "pause", "--by", "Grace", now=EVE) == {"paused": pause}
    assert desk.json("remind", now=EVE)["paused"] == pause
    assert desk.json("outbox", "resume") == {"paused": None, "was": pause}
    assert desk.json("remind", now=EVE)["paused"] is None


def test_a_letter_in_doubt_goes_again_twice_is_held_and_can_be_released(desk, server):
    server.answer("KEPT", DROP, DROP, DROP)
    hours = ("2027-03-09T09:00:00Z", "2027-03-09T10:00:00Z", "2027-03-09T11:00:00Z")
    states = []
    for now in hours:
        desk.do("remind", now=now)
        states.append(letters(desk)[0][1])
    assert states == ["ambiguous", "ambiguous", "held"]
    desk.do("remind", now="2027-03-09T12:00:00Z")
    ids = {re.findall(rb"(?mi)^Message-ID: *(.*?)\r$", one.message)[0] for one in server.taken}
    assert (len(server.taken), len(ids)) == (3, 1)
    released = desk.json("outbox", "release", the_key(desk))["letters"]
    assert [one["state"] for one in released] == ["queued"]
    desk.do("remind", now="2027-03-09T13:00:00Z")
    assert letters(desk) == [(READER, "sent")]


def test_a_wrong_password_burns_no_attempt(desk, server):
    desk.do("outbox", "pause")
    desk.do("remind", now=EVE)
    desk.do("outbox", "resume")
    server.answer("RCPT", "530 sign in first")
    assert desk.run("remind", now=EVE).status == 3
    (letter,) = desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["attempts"]) == ("queued", 0)


def test_a_letter_is_on_record_as_being_sent_before_the_server_hears_of_it(desk, server):
    seen = {}
    store = open_store(sqlite_url(desk.workspace / "interim.sqlite"))

    def looking(stage: str) -> None:
        with store.reading() as memory:
            seen[stage] = [str(letter.state) for letter in memory.letters(None)]

    server.at_each = looking
    desk.do("remind", now=EVE)
    assert (seen["GREETING"], seen["MAIL"], seen["KEPT"]) == (["queued"], ["sending"], ["sending"])
    assert seen["QUIT"] == ["sent"]


def test_what_failed_can_be_tried_again_by_the_beginning_of_its_key(desk, server):
    server.answer("RCPT", "554 no")
    desk.do("remind", now=EVE)
    assert letters(desk) == [(READER, "failed")]
    key = the_key(desk)
    told = desk.do("outbox", "retry", key[:12]).out
    assert told == f"1 queued again.\n  queued {READER} {key[:12]}\n"
    desk.do("remind", now=EVE)
    assert letters(desk) == [(READER, "sent")]


def test_what_is_withdrawn_before_the_server_hears_of_it_was_not_tried(desk, server):
    desk.do("suppress", READER)
    desk.do("remind", now=EVE)
    (letter,) = desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["attempts"]) == ("cancelled", 0)
    assert not {"MAIL", "RCPT"} & set(server.stages)


def test_what_is_tried_again_too_late_was_tried_once(desk, server):
    server.answer("RCPT", "554 no")
    desk.do("remind", now=EVE)
    desk.do("outbox", "retry", the_key(desk))
    desk.do("remind", now="2027-03-12T12:00:00Z")
    found = [(one["state"], one["attempts"]) for one in desk.json("outbox", "list")["letters"]]
    assert found[0] == ("skipped", 1)
    assert server.stages.count("RCPT") == 1


def test_what_failed_goes_to_nobody_once_its_reader_was_forgotten(desk, server):
    server.answer("RCPT", "554 no")
    desk.do("remind", now=EVE)
    desk.do("forget", READER)
    key = the_key(desk)
    ran = desk.run("outbox", "retry", key)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"error: whoever the letter {key} was to is forgotten, with their address, so that it "
        "can go to nobody; nothing was changed: leave it out\n"
    )
    desk.do("remind", now=LATER)
    (letter,) = desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["recipient"], letter["attempts"]) == ("failed", "", 1)
    assert server.taken == []


def test_what_was_called_off_is_neither_sent_nor_queued_again(desk, server):
    desk.do("outbox", "pause")
    desk.do("remind", now=EVE)
    (gone,) = desk.json("outbox", "cancel", the_key(desk))["letters"]
    assert (gone["state"], gone["last_error"]) == ("cancelled", "called off by a person")
    desk.do("outbox", "resume")
    assert desk.json("remind", "--dry-run", now=LATER)["queued"] == []
    desk.do("remind", now=LATER)
    assert (letters(desk), server.taken) == ([(READER, "cancelled")], [])


@pytest.mark.parametrize(
    ("verb", "takes"),
    [
        ("release", "held"),
        ("retry", "failed"),
        ("cancel", "queued or ambiguous or held or failed"),
    ],
)
def test_a_letter_in_a_wrong_state_is_named_with_what_would_do(desk, verb, takes):
    desk.do("remind", now=EVE)
    key = the_key(desk)
    ran = desk.run("outbox", verb, key)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"error: the letter {key} to {READER} is sent, and 'interim outbox {verb}' takes letters "
        f"that are {takes}; nothing was changed: leave it out, and see 'interim outbox list'\n"
    )


@pytest.mark.parametrize("unknown", ["f" * 40, "abc"])
def test_of_several_letters_all_are_changed_or_none(desk, unknown):
    desk.do("outbox", "pause")
    desk.do("remind", now=EVE)
    ran = desk.run("outbox", "cancel", the_key(desk), unknown)
    assert ran.err == f"error: no letter has the key '{unknown}'; see 'interim outbox list'\n"
    assert (ran.status, letters(desk)) == (1, [(READER, "queued")])


@pytest.mark.parametrize("words", [("release",), ("release", "abcdef", "--run"), ("cancel",)])
def test_keys_or_the_whole_run_have_to_be_named(desk, words):
    assert desk.run("outbox", *words).status == 2


def test_what_is_not_paused_cannot_be_resumed(desk):
    ran = desk.run("outbox", "resume")
    assert (ran.status, ran.err.count("\n")) == (1, 1)


def test_nothing_is_sent_to_a_suppressed_address_until_it_is_lifted(desk, server):
    desk.do("suppress", "Someone@example.org", "--reason", "asked by telephone")
    desk.do("remind", now=EVE)
    (letter,) = desk.json("outbox", "list")["letters"]
    assert (letter["state"], server.taken) == ("cancelled", [])
    assert letter["last_error"] == "the address is suppressed: asked by telephone"
    (listed,) = desk.json("suppress")["suppressed"]
    assert (listed["address"], listed["reason"]) == ("Someone@example.org", "asked by telephone")
    assert desk.json("suppress", READER, "--lift") == {"suppressed": []}
    assert desk.do("suppress").out == "No address is suppressed.\n"
    assert desk.run("suppress", READER, "--lift").status == 1


@pytest.mark.parametrize(
    "words", [("--lift",), ("--reason", "x"), (READER, "--lift", "--reason", "x")]
)
def test_options_of_suppress_go_with_an_address(desk, words):
    assert desk.run("suppress", *words).status == 2


@pytest.mark.parametrize(
    ("replies", "suppressed"),
    [
        ((NO_SUCH, NO_SUCH, NO_SUCH), True),
        ((NO_SUCH, "550 5.7.1 spam", NO_SUCH), False),
        ((NO_SUCH, NO_SUCH, "250 ok"), False),
        (("450 5.1.1 odd", NO_SUCH, NO_SUCH), False),
    ],
)
def test_three_refusals_in_a_row_suppress_an_address(desk, server, replies, suppressed):
    for reply, now in zip(replies, (EVE, LATER, LAST), strict=True):
        server.answer("RCPT", reply)
        desk.do("remind", now=now)
        if letters(desk)[0][1] == "failed":
            desk.do("outbox", "retry", the_key(desk))
    assert bool(desk.json("suppress")["suppressed"]) is suppressed
    if suppressed:
        why = " ".join(desk.do("outbox", "list").out.split())
        assert "3 times in a row" in why


def test_the_brake_of_the_settings_lets_a_letter_wait_and_the_list_says_why(desk, server):
    with (desk.workspace / "interim.yaml").open("a", encoding="utf-8") as settings:
        settings.write("mail:\n  letters_per_day: 1\n")
    desk.do("subscribe", "other@example.org", "--group", "RG-NAV")
    desk.do("remind", now=EVE)
    store = open_store(sqlite_url(desk.workspace / "interim.sqlite"))
    with store.writing() as memory:
        (letter, _) = memory.letters(None)
        memory.queue(replace(letter, key="another", message_id="<x@y>", state=LetterState.QUEUED))
    assert desk.json("remind", "--dry-run", now=LATER)["letters"] == []
    desk.do("remind", now=LATER)
    why = {one["key"]: one["last_error"] for one in desk.json("outbox", "list")["letters"]}
    assert why["another"] == "waits until 2027-03-10T00:00:00Z: letters to the address today: 1"
    assert len(server.taken) == 2


def test_letters_are_stopped_and_people_leave_whatever_a_groups_file_says(desk, tmp_path):
    (desk.workspace / "groups" / "other.yaml").write_text("rooms: [\n")
    assert desk.run("plan").status == 1
    desk.do("outbox", "pause", "--reason", "wrong hour")
    desk.do("outbox", "list")
    desk.do("backup", tmp_path / "copy.tar")
    desk.do("export", READER)
    desk.do("unsubscribe", READER)
    desk.do("suppress", READER)
    desk.do("forget", READER)
    desk.do("audit", "verify")
    desk.do("outbox", "resume")


def test_a_pause_that_keeps_letters_back_is_told_to_who_asked_for_quiet_too(desk):
    quiet = ("--quiet", "--workspace", str(desk.workspace), "--now", EVE, "remind")
    desk.do("outbox", "pause", "--reason", "wrong hour", now=EVE)
    ran = desk.run(*quiet)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("warning: 1 letter would go; Sending is paused since")
    desk.do("outbox", "cancel", the_key(desk), now=EVE)
    assert desk.run(*quiet).err == ""


def test_who_is_suppressed_and_subscribed_anew_is_not_said_to_be_told(desk):
    desk.do("suppress", READER, now=EVE)
    ran = desk.do("subscribe", READER, "--group", "RG-NAV", now=EVE)
    assert f"notice: nothing is sent to {READER}" in ran.err
