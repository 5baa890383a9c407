"""Entries that are sent: what RFC 5546 demands of each method, and how people are named."""

from datetime import timedelta
from typing import Any

import pytest

from calendars.invitations import Method, message
from calendars.model import Calendar, EntryStatus, ImpossibleValue
from calendars.people import Attendee, Organizer, PartStat
from calendars.writer import write

DESK = Organizer(address="desk@example.org", name="RG-X")
ANNA = Attendee(address="anna@example.org")


def lines_of(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def people_lines(entry: Any, **people: Any) -> list[str]:
    lines = lines_of(write(Calendar(name="", entries=(entry(**people),))))
    return [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE"))]


@pytest.mark.parametrize("answer", PartStat)
def test_what_is_known_of_an_answer_is_said(entry: Any, answer: PartStat) -> None:
    asked = Attendee(address="anna@example.org", rsvp=True, answer=answer)
    assert people_lines(entry, attendees=(asked,)) == [
        f"ATTENDEE;PARTSTAT={answer.value};RSVP=TRUE:mailto:anna@example.org"
    ]


def test_an_answer_in_no_known_word_is_refused(entry: Any) -> None:
    with pytest.raises(ImpossibleValue):
        entry(attendees=(Attendee(address="anna@example.org", answer="X;RSVP=TRUE:a"),))  # type: ignore[arg-type]


def test_a_message_is_the_entry_and_its_method_and_nothing_of_a_feed(entry: Any) -> None:
    lines = lines_of(message((entry(organizer=DESK, attendees=(ANNA,)),), Method.REQUEST))
    assert lines[:6] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Interim//Interim scheduler//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE",
    ]
    assert lines[-5:-2] == [
        "SUMMARY:A call",
        'ORGANIZER;CN="RG-X":mailto:desk@example.org',
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:anna@example.org",
    ]


@pytest.mark.parametrize(
    ("method", "people", "fault"),
    [
        (Method.REQUEST, {"attendees": (ANNA,)}, "a REQUEST without organizer"),
        (Method.REQUEST, {"organizer": DESK}, "a REQUEST to the wrong people"),
        (Method.CANCEL, {"organizer": DESK}, "a CANCEL to the wrong people"),
        (Method.PUBLISH, {}, "a PUBLISH without organizer"),
        (
            Method.PUBLISH,
            {"organizer": DESK, "attendees": (ANNA,)},
            "a PUBLISH to the wrong people",
        ),
        (
            Method.REQUEST,
            {"organizer": DESK, "attendees": (ANNA,), "status": EntryStatus.CANCELLED},
            "a REQUEST of what is cancelled",
        ),
    ],
)
def test_what_a_method_does_not_allow_is_refused(
    entry: Any, method: Method, people: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ImpossibleValue, match=fault):
        message((entry(**people),), method)


def test_each_entry_is_asked_for_alone_and_many_are_published_together(entry: Any) -> None:
    two = (entry(organizer=DESK, uid="a"), entry(organizer=DESK, uid="b"))
    assert message(two, Method.PUBLISH).count(b"BEGIN:VEVENT") == 2
    with pytest.raises(ImpossibleValue, match="send each alone"):
        message(two, Method.REQUEST)


@pytest.mark.parametrize(
    ("organizer", "line"),
    [
        (Organizer(address="a@x.org"), "ORGANIZER:mailto:a@x.org"),
        (Organizer(address="a@x.org", name=" \x00"), "ORGANIZER:mailto:a@x.org"),
        (
            Organizer(address="a@x.org", name='R;G:"x"\r\nATTENDEE:y,^n'),
            "ORGANIZER;CN=\"R;G:'x' ATTENDEE:y,^^n\":mailto:a@x.org",
        ),
        (Organizer(address="a+b'c%d@x.org"), "ORGANIZER:mailto:a+b'c%25d@x.org"),
        (Organizer(address="jörg@x.org"), "ORGANIZER:mailto:j%C3%B6rg@x.org"),
        (Organizer(address="a?b&c=d/e@x.org"), "ORGANIZER:mailto:a%3Fb%26c%3Dd%2Fe@x.org"),
    ],
)
def test_an_organizer_is_named_and_reached_by_a_plain_uri(
    entry: Any, organizer: Organizer, line: str
) -> None:
    assert people_lines(entry, organizer=organizer) == [line]


def test_an_answer_may_be_awaited(entry: Any) -> None:
    awaited = Attendee(address="anna@example.org", rsvp=True)
    assert people_lines(entry, attendees=(awaited,)) == [
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:anna@example.org"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@",
        "@x.org",
        "a@x.org\r\nX:1",
        "a@x.org, b@x.org",
        "A <a@x.org>",
        "a b@x.org",
        "a@x.org\x00",
        "a@b@x.org",
        '"a"@x.org',
        "a\u2028@x.org",
    ],
)
def test_what_is_no_address_is_refused(entry: Any, address: str) -> None:
    for people in (
        {"organizer": Organizer(address=address)},
        {"attendees": (ANNA, Attendee(address=address))},
    ):
        with pytest.raises(ImpossibleValue, match="no mail address"):
            entry(**people)


def test_a_calendar_that_is_not_fetched_says_nothing_of_when() -> None:
    assert b"PT" not in write(Calendar(name="Calls", refresh=None))
    assert b"PT1H" in write(Calendar(name="Calls", refresh=timedelta(hours=1)))
