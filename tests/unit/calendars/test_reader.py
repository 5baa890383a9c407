from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendars.limits import MOST_COMPONENTS, MOST_OCTETS, UnreadableCalendar
from calendars.model import AlarmRelated, Calendar, EntryStatus, Feature
from calendars.reader import read
from calendars.writer import write

STAMP = "DTSTAMP:20240126T093000Z"
ENTRY = (STAMP, "UID:e1", "DTSTART:20240220T120000Z", "DTEND:20240220T133000Z")
CUSTOM_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Customized",
    "BEGIN:STANDARD",
    "DTSTART:20200101T000000",
    "TZOFFSETFROM:{0}",
    "TZOFFSETTO:{0}",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def ical(*lines: str) -> bytes:
    return "".join(
        f"{line}\r\n" for line in ("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR")
    ).encode()


def event(*lines: str, head: tuple[str, ...] = ()) -> bytes:
    return ical(*head, "BEGIN:VEVENT", *lines, "END:VEVENT")


def test_what_was_written_is_read_back(entry: Any) -> None:
    full = entry(
        description="Join: https://meet.example/1\nTopics: a, b; c \\ d",
        starts=datetime(2024, 2, 20, 13, tzinfo=ZoneInfo("America/New_York")),
        status=EntryStatus.CANCELLED,
        location="Room 3",
        url="https://interim.example/1",
        conference="https://meet.example/1",
        conference_features=(Feature.PHONE, Feature.CHAT),
        conference_label="Join; ^here^n, é",
        categories=("meeting", "A, B"),
        transparent=True,
        related_to="e0",
        alarm=timedelta(hours=36),
        alarm_related=AlarmRelated.END,
        ends=datetime(2024, 3, 1, tzinfo=UTC),
    )
    all_day = entry(starts=date(2024, 4, 19), ends=date(2024, 4, 20))
    calendar = Calendar(
        name="Réunions, RG",
        entries=(full, all_day),
        description="Calls",
        source="https://interim.example/feeds/rg.ics",
        url="https://interim.example/",
        refresh=timedelta(hours=1),
        color="steelblue",
        language="fr",
    )
    assert read(write(calendar)) == calendar


@pytest.mark.parametrize(
    ("lines", "starts", "ends"),
    [
        (("DTSTART;VALUE=DATE:20240220",), date(2024, 2, 20), date(2024, 2, 21)),
        (("DTSTART;VALUE=DATE:20240220", "DURATION:P2D"), date(2024, 2, 20), date(2024, 2, 22)),
        (
            ("DTSTART;TZID=Europe/Zurich:20240330T120000", "DURATION:PT24H"),
            datetime(2024, 3, 30, 11, tzinfo=UTC),
            datetime(2024, 3, 31, 11, tzinfo=UTC),
        ),
    ],
)
def test_an_end_may_be_said_in_other_ways(
    lines: tuple[str, ...], starts: datetime | date, ends: datetime | date
) -> None:
    (found,) = read(event(STAMP, "UID:e1", *lines)).entries
    assert (found.starts, found.ends) == (starts, ends)


@pytest.mark.parametrize(("offset", "hour"), [("+0300", 10), ("-0500", 18)])
def test_each_calendar_says_itself_what_its_zones_are(offset: str, hour: int) -> None:
    zone = tuple(line.format(offset) for line in CUSTOM_ZONE)
    times = ("DTSTART;TZID=Customized:20240220T130000", "DURATION:PT1H")
    (found,) = read(event(STAMP, "UID:e1", *times, head=zone)).entries
    assert found.starts == datetime(2024, 2, 20, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "what", "where"),
    [
        (b"", "END:VCALENDAR is missing", "at its end"),
        (b"\xff\xfe\x00binary", "these octets are not UTF-8", "line 1"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "not one calendar", "line 1"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "END:VEVENT is missing", "at its end"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "ends what was not begun", "line 2"),
        (ical() + ical(), "not one calendar", "line 4"),
        (ical("BEGIN;X=1:VEVENT"), "BEGIN with parameters", "line 3"),
        (ical("X-A:a\rb"), "a carriage return within a line", "line 3"),
        (ical("no colon"), "Content line could not be parsed", "as a whole"),
        (ical(*["BEGIN:X"] * 9), "components, 8 within each other", "line 10"),
        (b" " * (MOST_OCTETS + 1), "octets, where", "as a whole"),
        (
            ical(*["BEGIN:X", "END:X"] * MOST_COMPONENTS),
            f"more than {MOST_COMPONENTS} components",
            f"line {MOST_COMPONENTS * 2 + 1}",
        ),
        (event(*ENTRY[1:]), "DTSTAMP is missing", "entry 1 (UID e1)"),
        (event(STAMP, *ENTRY[2:]), "its uid is empty", "entry 1 (UID missing)"),
        (event(*ENTRY[:2]), "DTSTART is missing", "entry 1 (UID e1)"),
        (event(*ENTRY[:3]), "neither DTEND nor DURATION", "entry 1 (UID e1)"),
        (
            event(*ENTRY[:3], "DTEND:20240220T120000Z"),
            "ends before it has begun",
            "entry 1 (UID e1)",
        ),
        (event(*ENTRY[:3], "DTEND:20240231T120000Z"), "DTEND: ", "entry 1 (UID e1)"),
        (event(*ENTRY, "CREATED;VALUE=DATE:20240101"), "CREATED is a date", "entry 1 (UID e1)"),
        (event(*ENTRY, "RRULE:FREQ=DAILY"), "it recurs (RRULE)", "entry 1 (UID e1)"),
        (event(*ENTRY, "STATUS:CANCELED"), "CANCELED", "entry 1 (UID e1)"),
        (event(STAMP, "UID:e1", "DTSTART:20240220T120000"), "floats", "entry 1 (UID e1)"),
        (
            event(STAMP, "UID:e1", "DTSTART;TZID=Moon/Base:20240220T120000"),
            "the unknown zone 'Moon/Base'",
            "entry 1 (UID e1)",
        ),
        (ical("COLOR:#ff0000"), "unknown color", "in its head"),
    ],
)
def test_what_cannot_be_read_says_what_is_wrong_and_where(
    data: bytes, what: str, where: str
) -> None:
    with pytest.raises(UnreadableCalendar) as caught:
        read(data)
    assert what in caught.value.what
    assert caught.value.where == where


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;INTERVAL=0",
        "RRULE:FREQ=YEARLY;BYSECOND=0,1,2",
        "rru\r\n le;x=1:freq=secondly",
        "RRU\r\n\r\n LE:FREQ=SECONDLY",
        'RRULE;X="a:b":FREQ=YEARLY',
    ],
)
def test_a_zone_that_never_ends_is_refused_unread(rule: str) -> None:
    zone = (*CUSTOM_ZONE[:4], rule, *CUSTOM_ZONE[-2:])
    with pytest.raises(UnreadableCalendar, match="not by a yearly rule"):
        read(ical(*zone))


def test_a_zone_of_hundreds_of_rules_is_refused_unread() -> None:
    with pytest.raises(UnreadableCalendar, match="more than 64 rules of time zones"):
        read(ical(*CUSTOM_ZONE[:4], *["RRULE:FREQ=YEARLY"] * 300, *CUSTOM_ZONE[-2:]))
