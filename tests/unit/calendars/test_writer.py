import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendars.model import AlarmRelated, Calendar, Entry, EntryStatus, Feature
from calendars.writer import UnknownMethod, write

ROOT = Path(__file__).parents[3]
ZURICH = ZoneInfo("Europe/Zurich")
HOSTILE = 'x"\r\nBEGIN:VEVENT\nEND:VCALENDAR\x00;X=1,\\n\u2028\u2029\x85\x0b\x0c\ud800é:'


def lines_of(calendar: Calendar, method: str | None = None) -> list[str]:
    unfolded = write(calendar, method=method).decode().replace("\r\n ", "")
    return unfolded.removesuffix("\r\n").split("\r\n")


def entry_lines(entry: Entry) -> list[str]:
    lines = lines_of(Calendar(name="Calls", entries=(entry,)))
    return lines[lines.index("BEGIN:VEVENT") : -1]


def test_an_empty_calendar_is_whole() -> None:
    assert write(Calendar(name="Calls")) == (
        b"BEGIN:VCALENDAR\r\n"
        b"VERSION:2.0\r\n"
        b"PRODID:-//Interim//Interim scheduler//EN\r\n"
        b"CALSCALE:GREGORIAN\r\n"
        b"NAME:Calls\r\n"
        b"X-WR-CALNAME:Calls\r\n"
        b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
        b"X-PUBLISHED-TTL:PT6H\r\n"
        b"END:VCALENDAR\r\n"
    )


def test_a_calendar_says_what_it_is_and_how_it_is_fetched() -> None:
    calendar = Calendar(
        name="Réunions, RG",
        description="Calls; deadlines",
        source="https://interim.example/feeds/rg.ics",
        url="https://interim.example/groups/rg.html",
        refresh=timedelta(hours=1, minutes=30),
        color="steelblue",
        language="fr",
    )
    assert lines_of(calendar, "PUBLISH")[4:-1] == [
        "METHOD:PUBLISH",
        "NAME;LANGUAGE=fr:Réunions\\, RG",
        "X-WR-CALNAME:Réunions\\, RG",
        "DESCRIPTION;LANGUAGE=fr:Calls\\; deadlines",
        "X-WR-CALDESC:Calls\\; deadlines",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H30M",
        "X-PUBLISHED-TTL:PT1H30M",
        "SOURCE;VALUE=URI:https://interim.example/feeds/rg.ics",
        "URL:https://interim.example/groups/rg.html",
        "COLOR:steelblue",
    ]


def test_a_plain_entry_has_no_empty_properties(entry: Any) -> None:
    assert entry_lines(entry(location="", description="\x00", categories=("", "\x07"))) == [
        "BEGIN:VEVENT",
        "UID:e1",
        "DTSTAMP:20240126T093000Z",
        "CREATED:20240126T093000Z",
        "LAST-MODIFIED:20240126T093000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/Zurich:20240220T130000",
        "DTEND;TZID=Europe/Zurich:20240220T143000",
        "SUMMARY:A call",
        "END:VEVENT",
    ]


def test_a_full_entry_has_all_its_properties_in_order(entry: Any) -> None:
    full = entry(
        description="Join: https://meet.example/1\nTopics: a, b",
        status=EntryStatus.TENTATIVE,
        location="Online",
        url="https://interim.example/1",
        conference="https://meet.example/1",
        conference_features=(Feature.AUDIO, Feature.SCREEN),
        conference_label='"Join"; here',
        categories=("meeting", "A, B", ""),
        transparent=True,
        related_to="e0",
        alarm=timedelta(days=1),
        alarm_related=AlarmRelated.END,
    )
    assert entry_lines(full)[8:] == [
        "SUMMARY:A call",
        "DESCRIPTION:Join: https://meet.example/1\\nTopics: a\\, b",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "LOCATION:Online",
        "URL:https://interim.example/1",
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,SCREEN;LABEL=\"'Join'; here\":https://meet.example/1",
        "CATEGORIES:meeting,A\\, B",
        "RELATED-TO:e0",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:A call",
        "TRIGGER;RELATED=END:-PT24H",
        "END:VALARM",
        "END:VEVENT",
    ]


@pytest.mark.parametrize(
    ("starts", "line"),
    [
        (datetime(2024, 2, 20, 13, tzinfo=ZURICH), "DTSTART;TZID=Europe/Zurich:20240220T130000"),
        (datetime(2024, 2, 20, 13, tzinfo=UTC), "DTSTART:20240220T130000Z"),
        (datetime(2024, 2, 20, 13, tzinfo=ZoneInfo("Etc/UTC")), "DTSTART:20240220T130000Z"),
        (datetime(2024, 2, 20, 13, tzinfo=ZoneInfo("GMT")), "DTSTART:20240220T130000Z"),
        (
            datetime(2024, 2, 20, 13, tzinfo=timezone(timedelta(hours=-12))),
            "DTSTART:20240221T010000Z",
        ),
        # a zone without yearly rules
        (
            datetime(2024, 2, 20, 13, tzinfo=ZoneInfo("Africa/Casablanca")),
            "DTSTART:20240220T120000Z",
        ),
        # a skipped time, and both readings of a repeated one
        (datetime(2024, 3, 31, 2, 30, tzinfo=ZURICH), "DTSTART:20240331T013000Z"),
        (datetime(2024, 10, 27, 2, 30, tzinfo=ZURICH), "DTSTART:20241027T003000Z"),
        (datetime(2024, 10, 27, 2, 30, tzinfo=ZURICH, fold=1), "DTSTART:20241027T013000Z"),
        # the hours beside it are certain
        (datetime(2024, 10, 27, 3, tzinfo=ZURICH), "DTSTART;TZID=Europe/Zurich:20241027T030000"),
        (date(2024, 2, 20), "DTSTART;VALUE=DATE:20240220"),
    ],
)
def test_a_start_is_written_where_it_is_certain(
    entry: Any, starts: datetime | date, line: str
) -> None:
    lines = entry_lines(entry(starts=starts, ends=starts + timedelta(days=1)))
    assert lines[6] == line


def test_a_zone_without_a_certain_time_is_not_declared(entry: Any) -> None:
    repeated = datetime(2024, 10, 27, 2, 30, tzinfo=ZURICH)
    uncertain = entry(starts=repeated, ends=repeated.replace(fold=1))
    assert b"VTIMEZONE" not in write(Calendar(name="Calls", entries=(uncertain,)))


def test_zones_stand_once_each_before_the_entries_for_all_their_years(entry: Any) -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    entries = (
        entry(
            starts=datetime(2026, 2, 20, 13, tzinfo=ZURICH), ends=datetime(2026, 3, 1, tzinfo=UTC)
        ),
        entry(starts=datetime(2025, 1, 1, tzinfo=tokyo), ends=datetime(2025, 1, 2, tzinfo=tokyo)),
        entry(),
    )
    lines = lines_of(Calendar(name="Calls", entries=entries))
    assert [line for line in lines if line.startswith(("TZID", "BEGIN:V"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Tokyo",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Zurich",
        "BEGIN:VEVENT",
        "BEGIN:VEVENT",
        "BEGIN:VEVENT",
    ]
    assert "DTSTART:19960331T020000" in lines


def test_an_address_that_is_not_of_the_web_is_left_out(entry: Any) -> None:
    plain = entry_lines(entry())
    assert entry_lines(entry(url="javascript:alert(1)", conference="mailto:a@b.example")) == plain


def test_an_alarm_with_nothing_to_show_is_left_out(entry: Any) -> None:
    assert "BEGIN:VALARM" not in entry_lines(entry(summary="\x00", alarm=timedelta(hours=1)))


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UnknownMethod, match="give one of ADD, CANCEL"):
        write(Calendar(name="Calls"), method="PUBLISH\r\nX:1")


def hostile_calendar(entry: Entry) -> Calendar:
    texts = ("uid", "summary", "description", "location", "related_to", "conference_label")
    marked = replace(
        entry,
        **dict.fromkeys(texts, HOSTILE),
        categories=(HOSTILE, HOSTILE),
        url="https://a.example/" + HOSTILE,
        conference="https://a.example/",
        alarm=timedelta(hours=1),
    )
    return Calendar(
        name=HOSTILE, description=HOSTILE, source=HOSTILE, url=HOSTILE, entries=(marked,)
    )


def test_no_text_changes_the_structure(entry: Any) -> None:
    shown = 'x"\\nBEGIN:VEVENT\\nEND:VCALENDAR\\;X=1\\,\\\\n\\n\\n\\n\\n\\né:'
    lines = lines_of(hostile_calendar(entry()))
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "BEGIN:DAYLIGHT",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert [line for line in lines[1:-1] if "VCALENDAR" in line] == [
        f"NAME:{shown}",
        f"X-WR-CALNAME:{shown}",
        f"DESCRIPTION:{shown}",
        f"X-WR-CALDESC:{shown}",
        f"UID:{shown}",
        f"SUMMARY:{shown}",
        f"DESCRIPTION:{shown}",
        f"LOCATION:{shown}",
        'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="x\' BEGIN:VEVENT END:VCALENDAR;X=1,\\n     é:":https://a.example/',
        f"CATEGORIES:{shown},{shown}",
        f"RELATED-TO:{shown}",
        f"DESCRIPTION:{shown}",
    ]


def test_nothing_depends_on_asserts(entry: Any) -> None:
    """The same hostile values give the same bytes where Python drops its asserts."""
    calendar = hostile_calendar(entry())
    program = (
        "import pickle, sys; from scheduler.zonedata import pin_zone_data; pin_zone_data();"
        "from calendars.writer import write;"
        "sys.stdout.buffer.write(write(pickle.load(sys.stdin.buffer)))"
    )
    done = subprocess.run(
        [sys.executable, "-O", "-c", program],
        input=pickle.dumps(calendar),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout == write(calendar)
