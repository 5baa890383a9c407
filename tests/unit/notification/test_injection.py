"""Text of others changes no structure: not of headers, nor of HTML, nor of the calendar.

Run again without asserts in the product: see the last test.
"""

import html.parser
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest

from calendars.reader import read as read_calendar
from scheduler.model.address import BadAddress, parse_address
from scheduler.model.agenda import Agenda, Carried, CarryReason
from scheduler.model.group import Group
from scheduler.model.plan import Plan
from tests.support.agendas import an_item
from tests.support.letters import GROUP, READER, read, text_of, written
from tests.support.plans import FIRST, PLAN

HOSTILE = [
    "a\r\nBcc: victim@example.org",
    "a\nBcc: victim@example.org\n\nbody",
    "a\rBcc: victim@example.org",
    "a\x00b",
    "a\u2028Bcc: victim@example.org",
    "a\u2029b\x85c\x0bd\x0ce",
    "a;b,c:d\\e",
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged",
    "BEGIN:VEVENT",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} %(group)s %s 100%",
    "=?utf-8?q?=0D=0ABcc:_victim@example.org?=",
    "a\u202egnp.exe",
    "a\ud800b",
    "--=_0_ --=_1_",
    "x" * 5000,
]


def in_topic(text: str) -> tuple[Plan, Group]:
    return replace(PLAN, meetings=(replace(FIRST, topics=(text, "plain")),)), GROUP


def in_place(text: str) -> tuple[Plan, Group]:
    return replace(PLAN, meetings=(replace(FIRST, place=text, link=text),)), GROUP


def in_group_name(text: str) -> tuple[Plan, Group]:
    return PLAN, replace(GROUP, name=text, page=f"https://x.example/{text}")


def in_acronym(text: str) -> tuple[Plan, Group]:
    plan = replace(PLAN, group=text, meetings=(replace(FIRST, group=text),))
    return plan, replace(GROUP, acronym=text)


def in_deadline_kind(text: str) -> tuple[Plan, Group]:
    own = replace(FIRST.deadlines[0], kind=text)
    return replace(PLAN, meetings=(replace(FIRST, deadlines=(own,)),)), GROUP


def in_authorization(text: str) -> tuple[Plan, Group]:
    return (
        replace(
            PLAN,
            authorization=replace(PLAN.authorization, required_from=text),
            document=replace(PLAN.document, number=text),
        ),
        GROUP,
    )


def in_agenda(text: str) -> tuple[Plan, Group]:
    item = an_item(f"C {text}", f"a {text}", 0)
    carried = Carried(contribution=f"C {text}", title=f"a {text}", reason=CarryReason.LATE, to=None)
    first = replace(FIRST, agenda=Agenda(items=(item,), carried=(carried,)))
    return replace(PLAN, meetings=(first,)), GROUP


PLACES = [
    in_agenda,
    in_topic,
    in_place,
    in_group_name,
    in_acronym,
    in_deadline_kind,
    in_authorization,
]
PLAIN_HEADERS = [
    "Date",
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Message-ID",
    "X-Notification-Key",
    "Auto-Submitted",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]


class Tags(html.parser.HTMLParser):
    """The tags of a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(" ".join([tag, *sorted(name for name, _ in attrs)]))


@cache
def letter_with(place, text: str) -> bytes:
    plan, group = place(text)
    return written(plan, group, replace(READER, group=group.acronym))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_changes_no_structure(place, text: str):
    plain, hostile = letter_with(place, "plain text"), letter_with(place, text)
    message = read(hostile)
    assert message.keys() == PLAIN_HEADERS
    assert not message.defects
    assert [part.get_content_type() for part in message.walk()] == [
        part.get_content_type() for part in read(plain).walk()
    ]
    assert Tags(text_of(hostile, "html")).found == Tags(text_of(plain, "html")).found
    assert len(text_of(hostile).splitlines()) == len(text_of(plain).splitlines())
    assert entries(hostile) == entries(plain) == [FIRST.uid, FIRST.deadlines[0].uid]
    assert addressees(hostile) == ["someone@example.org"]
    assert hostile.count(b"\n") == hostile.count(b"\r\n") == hostile.count(b"\r")
    assert b"\0" not in hostile


def entries(message: bytes) -> list[str]:
    (attached,) = read(message).iter_attachments()
    payload = attached.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return [entry.uid for entry in read_calendar(payload).entries]


def addressees(message: bytes) -> list[str]:
    return [
        found.addr_spec
        for name in ("To", "Cc", "Bcc")
        for field in read(message).get_all(name, [])
        for found in field.addresses
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_no_address_and_no_sender(text: str):
    with pytest.raises(BadAddress):
        parse_address(text)
    with pytest.raises(BadAddress):
        written(group=replace(GROUP, sender=text))


@pytest.mark.skipif(sys.flags.optimize > 0, reason="this is that run")
def test_all_this_holds_without_asserts_too():
    environment = {**os.environ, "PYTHONOPTIMIZE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    run = subprocess.run(
        [*command, "-W", "ignore::pytest.PytestConfigWarning"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-2000:]
