"""Hostile addresses, names, titles and reasons, from the command line and the form to the mailbox.

Each letter goes to one recipient and has the headers of its kind, no other.
"""

import json
import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.people import Office, an_office

pytestmark = pytest.mark.server

REPORT = ROOT / "examples" / "report.txt"
ONE, DAILY, FRESH, LIST = (
    "one@example.org",
    "daily@example.org",
    "fresh@example.org",
    "list@lists.example.org",
)
VICTIM = "victim@example.org"
KINDS = {
    "reminder": ONE,
    "change": ONE,
    "invitation": ONE,
    "digest": DAILY,
    "confirmation": FRESH,
    "announcement": LIST,
}
HOSTILE = {
    "CRLF": f"a\r\nBcc: {VICTIM}\r\n\r\nbody",
    "LF": f"a\nBcc: {VICTIM}",
    "CR": f"a\rBcc: {VICTIM}",
    "separators": f"a\u2028Bcc: {VICTIM}\u2029b\x85c",
    "encoded word": f"=?utf-8?q?=0D=0ABcc:_{VICTIM}?=",
    "quotes and commas": f'"x" <{VICTIM}>, "y\\" <b@y.example>; (c), d:e;',
    "turned around": "a\u202egnp.exe \u2066 b",
    "endless": "x y " * 1500,
    "other scripts": "Gr\u00fcppe \u4f1a\u8bae \u0627\u062c\u062a\u0645\u0627\u0639 \U0001f600",
}
BAD_ADDRESSES = {
    "two": "a@x.example, b@y.example",
    "CRLF": f"a@x.example\r\nBcc: {VICTIM}",
    "LF": f"a@x.example\nRCPT TO:<{VICTIM}>",
    "CR": f"a@x.example\rBcc: {VICTIM}",
    "display name": f'"Ada, B." <{VICTIM}>',
    "angles": f"<{VICTIM}>",
    "comment": f"(a) {VICTIM}",
    "quoted": '"a b"@x.example',
    "route": f"@x.example:{VICTIM}",
    "percent": "a@x.example%0d%0aBcc",
    "encoded word": "=?utf-8?q?a=40x?=@x.example",
    "space": "a@x.example b",
    "ESMTP words": "a@x.example> SIZE=1 BODY=8BITMIME <b",
    "long local part": "a" * 65 + "@x.example",
    "long": "a@" + "x" * 60 + ("." + "y" * 60) * 4 + ".example",
    "no domain": "a@",
    "literal": "a@[127.0.0.1]",
}


@pytest.fixture
def office(tmp_path: Path):
    with an_office(tmp_path) as found:
        yield found


def name_group(office: Office, text: str) -> None:
    """Give the group this name, where its file takes it; it says why where it does not."""
    file = office.desk.workspace / "groups" / "rg-nav.yaml"
    before = file.read_text(encoding="utf-8")
    kept = re.sub(r"(?m)^name:.*\n(?: .*\n)*", "", before)
    file.write_text(f"{kept}\nname: {json.dumps(text)}\n", encoding="utf-8")
    ran = office.desk.run("remind", "--dry-run", now=str(office.now))
    if ran.status:
        assert (ran.status, ran.err[:6]) == (1, "error:")
        file.write_text(before, encoding="utf-8")


def change_plan(office: Office, text: str) -> None:
    """Bring the text into topics, and into the reason and place of a move where they take it."""
    now = str(office.now)
    topic = " ".join(text.split())
    report = office.desk.workspace / "report.txt"
    found = REPORT.read_text(encoding="utf-8").replace("Workshop outcome", f"W {topic}")
    report.write_text(found, encoding="utf-8")
    office.desk.do("import", report, now=now)
    words = ("--date", "2027-04-28", "--reason", text, "--place", text)
    ran = office.desk.run("move", "ii", *words, now=now)
    if ran.status:
        assert (ran.status, "error:" in ran.err.lower()) == (2, True)
        office.desk.do("move", "ii", "--date", "2027-04-28", "--reason", topic, now=now)
    office.desk.do("approve", "--despite", topic, now=now)


def one_of_each_kind(office: Office, text: str) -> dict[str, EmailMessage]:
    """Let one letter of each kind go that has the text wherever it is taken."""
    name_group(office, text)
    desk, now = office.desk, str(office.now)
    group = ("--group", "RG-NAV")
    desk.do("subscribe", ONE, *group, now=now)
    desk.do("subscribe", DAILY, *group, "--letters", "digest", "--about", "contribution", now=now)
    office.ask(FRESH)
    office.wait(timedelta(minutes=1))
    change_plan(office, text)
    desk.do("invite", ONE, *group, "--meeting", "i", now=str(office.now))
    desk.do("announce", *group, "--to", LIST, now=str(office.now))
    office.remind()
    office.wait(timedelta(hours=2))
    office.remind()
    office.wait(timedelta(hours=23))
    office.remind()
    return by_kind(office)


def by_kind(office: Office) -> dict[str, EmailMessage]:
    listed = office.desk.json("outbox", "list")["letters"]
    kinds = {one["key"]: one["kind"] for one in listed}
    assert {one["state"] for one in listed} == {"sent"}
    found = {}
    for taken in office.mail.taken:
        letter = message_from_bytes(taken.message, policy=policy.default)
        kind = kinds[letter["X-Notification-Key"]].removeprefix("deadline_")
        found.setdefault(kind, letter)
        assert [one.addr_spec for one in letter["To"].addresses] == list(taken.recipients)
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The headers that each kind of letter has."""
    with an_office(tmp_path_factory.mktemp("plain")) as office:
        return {kind: letter.keys() for kind, letter in one_of_each_kind(office, "plain").items()}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_adds_no_header_and_no_recipient_to_any_kind_of_letter(
    office: Office, text: str, plain: dict[str, list[str]]
):
    letters = one_of_each_kind(office, text)
    assert {kind: letter.keys() for kind, letter in letters.items()} == plain
    assert letters.keys() == KINDS.keys()
    for kind, letter in letters.items():
        assert addressees(letter) == [KINDS[kind]]
        assert [part.defects for part in letter.walk()] == [[] for _ in letter.walk()]
        defects = [value.defects for value in letter.values() if hasattr(value, "defects")]
        assert not any(defects)
    assert {one.recipients for one in office.mail.taken} == {(one,) for one in KINDS.values()}
    begins = re.findall(r"\w+", text)[0]
    for kind in ("change", "announcement"):  # the text was taken there, at least
        assert begins in letters[kind].get_body(("plain",)).get_content()
    for one in office.mail.taken:
        assert one.message.count(b"\n") == one.message.count(b"\r\n") == one.message.count(b"\r")
        assert b"\0" not in one.message
        assert max(map(len, one.message.split(b"\r\n"))) <= 998


def addressees(letter: EmailMessage) -> list[str]:
    fields = [value for name in ("To", "Cc", "Bcc") for value in letter.get_all(name, [])]
    return [one.addr_spec for field in fields for one in field.addresses]


@pytest.mark.parametrize("address", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES)
def test_what_is_no_single_plain_address_is_refused_everywhere(office: Office, address: str):
    group, now = ("--group", "RG-NAV"), str(office.now)
    for words in (
        ("subscribe", address, *group),
        ("invite", address, *group, "--meeting", "i"),
        ("announce", *group, "--to", address),
    ):
        ran = office.desk.run(*words, now=now)
        assert (ran.status in (1, 2), ran.err.count("\n"), ran.err[:7]) == (True, 1, "error: ")
    assert office.ask(address).status_code == 400
    office.wait(timedelta(days=1))
    assert office.remind() == []
    assert office.mail.stages == []


@pytest.mark.parametrize(
    "address",
    [
        "jos\u00e9@example.org",
        "\u4f1a\u8bae@example.org",
        "o'brien+x=y@example.org",
        "a" * 64 + "@x.example",
    ],
)
def test_an_odd_address_that_is_one_gets_its_letter_alone(office: Office, address: str):
    office.desk.do("subscribe", address, "--group", "RG-NAV", now=str(office.now))
    office.wait(timedelta(days=1))
    (letter,) = office.remind()
    assert [one.recipients for one in office.mail.taken] == [(address,)]
    shown = [one.encode(errors="surrogateescape").decode() for one in addressees(letter)]
    assert (shown, letter.defects) == ([address], [])


def test_nul_is_taken_nowhere(office: Office):
    for words in (("move", "ii", "--reason", "a\0b"), ("subscribe", "a\0@x.example")):
        ran = office.desk.run(*words, *(("--group", "RG-NAV") if words[0] == "subscribe" else ()))
        assert ran.status in (1, 2)
    assert office.ask("a\0@x.example").status_code == 400
    assert office.remind() == []
