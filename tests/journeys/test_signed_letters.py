"""Letters are signed by setting: every kind arrives with a signature that holds (RFC 6376)."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from scheduler.model.moment import Instant
from scheduler.model.signing import SigningKey
from scheduler.notification.kinds import KINDS
from scheduler.notification.signatures import COVERED
from tests.support.people import Office, an_office, link_of
from tests.support.signing import SELECTOR, a_key, holds, key_file

pytestmark = pytest.mark.server
DOMAIN = "meetings.example.org"
READER, OTHER, GUEST = "reader@example.com", "other@example.com", "guest@example.com"
LONG_TOPIC = "what is said of numbers " * 100
GROUP = """\
acronym: RG-NAV
reminder_rules:
  contribution: [1 day, 1 day after]
  meeting: [1 day]
  answer: [3 days]
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        (office.desk.workspace / "groups" / "rg-nav.yaml").write_text(GROUP, encoding="utf-8")
        yield office


def signing(office: Office, domain: str = DOMAIN) -> SigningKey:
    """Set a key for a domain; its file lies in the workspace."""
    file = key_file(office.desk.workspace / "dkim.pem")
    settings = f"mail: {{dkim: {{{domain}: {{selector: {SELECTOR}, key_file: dkim.pem}}}}}}\n"
    (office.desk.workspace / "interim.yaml").write_text(settings, encoding="utf-8")
    return a_key(file, domain)


def live(office: Office) -> None:
    """Let people subscribe, be invited, be reminded, and be told of changes."""
    desk = office.desk

    def then(instant: str, *calls: tuple[str, ...]) -> None:
        office.now = Instant.parse(instant)
        for call in calls:
            desk.do(*call, now=instant)
        office.wait(timedelta(minutes=15))
        office.remind()

    edit = ("--reason", "the hall is taken")
    group = ("--group", "RG-NAV")
    office.ask(READER, language="ar")
    (asked,) = office.remind()
    office.client.post(link_of(asked, "confirm"))
    desk.do(
        "subscribe", "leser.müller@example.com", *group, "--language", "zh", now=str(office.now)
    )
    desk.do("subscribe", OTHER, *group, "--letters", "digest", now=str(office.now))
    announced = ("announce", *group, "--to", "rg-nav@lists.example.com")
    then("2027-03-09T09:00:00Z", ("invite", GUEST, *group), announced)
    then("2027-03-11T09:00:00Z", ("move", "ii", "--date", "2027-04-28", *edit), ("approve",))
    then("2027-03-14T09:00:00Z")
    then("2027-03-16T09:00:00Z")
    then("2027-03-17T09:00:00Z", ("move", "i", "--start", "15:00", *edit), ("approve",))
    then("2027-03-18T09:00:00Z", ("cancel", "iv", "--reason", LONG_TOPIC), ("approve",))


def test_letters_of_every_kind_arrive_with_a_signature_that_holds(office: Office):
    key = signing(office)
    live(office)
    letters = office.desk.json("outbox", "list", "--state", "sent")["letters"]
    assert {letter["kind"] for letter in letters} == {kind.name for kind in KINDS}
    assert len(office.mail.taken) == len(letters)
    for one in office.mail.taken:
        assert holds(one.message, key), one.message


def one_letter(office: Office) -> bytes:
    office.ask(READER)
    office.remind()
    return office.mail.taken[-1].message


def test_a_signature_covers_the_body_and_each_field_that_it_should(office: Office):
    key = signing(office)
    message = one_letter(office)
    fields = message_from_bytes(message, policy=policy.SMTP)
    signature = "".join(str(fields["DKIM-Signature"]).split())
    (names,) = [tag for tag in signature.split(";") if tag.startswith("h=")]
    covered = names.removeprefix("h=").split(":")
    there = [name.lower() for name in fields]
    assert {name: covered.count(name) for name in covered} == {
        name.decode(): there.count(name.decode()) + 1 for name in COVERED
    }
    assert holds(message, key)
    for place in (message.index(b"\r\n\r\n") + 40, len(message) // 2):
        spoilt = message[:place] + bytes([message[place] ^ 1]) + message[place + 1 :]
        assert not holds(spoilt, key)
    for name in ("From", "To", "Subject", "List-Unsubscribe", "List-Unsubscribe-Post"):
        assert not holds(message.replace(f"\r\n{name}: ".encode(), b"\r\nX: ", 1), key)
        assert not holds(f"{name}: <a@example.net>\r\n".encode() + message, key)


def test_letters_of_a_domain_without_a_key_go_unsigned(office: Office):
    signing(office, "other.example.org")
    assert b"DKIM-Signature" not in one_letter(office)


def test_each_domain_that_letters_come_from_has_a_key_of_its_own(office: Office):
    key = signing(office, "lists.example.net")
    group = GROUP + "mail: {from: rg-nav@lists.example.net}\n"
    (office.desk.workspace / "groups" / "rg-nav.yaml").write_text(group, encoding="utf-8")
    office.desk.do("invite", GUEST, "--group", "RG-NAV", "--meeting", "i", now=str(office.now))
    office.remind()
    assert holds(office.mail.taken[-1].message, key)


def test_a_letter_that_is_tried_again_is_signed_again_under_the_same_message_id(office: Office):
    key = signing(office)
    office.mail.answer("BODY", "451 later")
    office.ask(READER)
    assert office.remind() == []
    office.wait(timedelta(hours=1))
    (letter,) = office.remind()
    (queued,) = office.desk.json("outbox", "list")["letters"]
    assert (queued["state"], queued["attempts"]) == ("sent", 2)
    assert holds(office.mail.taken[-1].message, key)
    assert letter["Message-ID"]


@pytest.mark.parametrize("spoil", ["gone", "garbled", "open"])
def test_a_key_that_cannot_be_used_stops_the_run_before_any_letter(office: Office, spoil: str):
    file = Path(signing(office).file)
    office.ask(READER)
    if spoil == "gone":
        file.unlink()
    elif spoil == "garbled":
        file.write_text(file.read_text(encoding="ascii").replace("A", "B"), encoding="ascii")
    else:
        file.chmod(0o604)
    ran = office.desk.run("remind", now=str(office.now))
    assert (ran.status, office.mail.connections) == (2, 0)
    assert ran.err.startswith(f"error: mail.dkim.'{DOMAIN}': the key file {file} ")
    assert "KEY" not in ran.err
    (letter,) = office.desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["attempts"]) == ("queued", 0)
    signing(office)
    assert len(office.remind()) == 1
