"""Calendars of strangers: what is read of them, and that none can hang or fill memory."""

import datetime as dt

import pytest

from scheduler.intake.outside.faults import Unreadable
from scheduler.intake.outside.reading.events import MOST_EVENTS, Expanded
from scheduler.intake.outside.reading.reader import Reader
from tests.support.calendar_server import a_calendar, an_event

FIRST, LAST = dt.date(2027, 3, 1), dt.date(2027, 3, 31)
READER, STRICT = Reader(), Reader(cpu_seconds=3, wall_seconds=60.0, memory=400_000_000)
HOUR = ("DTSTART:20270317T120000Z", "DURATION:PT1H")
ZONED = "DTSTART;TZID=Europe/Zurich:20270302T120000"


def read(data: bytes, zone: str = "Europe/Zurich") -> Expanded:
    return READER.read(data, zone, FIRST, LAST)


def told(found: Expanded) -> list[tuple[str, str, str]]:
    times = ((event.title, event.start, event.end) for event in found.events)
    return [(title, f"{start:%d %H:%M}", f"{end:%d %H:%M}") for title, start, end in times]


@pytest.mark.parametrize(
    ("lines", "events"),
    [
        ((*HOUR, "SUMMARY:Plenary\\nof SG13"), [("Plenary of SG13", "17 12:00", "17 13:00")]),
        (("DTSTART;VALUE=DATE:20270317",), [("", "16 23:00", "17 23:00")]),
        (("DTSTART:20270317T120000", "DURATION:PT1H"), [("", "17 11:00", "17 12:00")]),
        ((*HOUR, "STATUS:CANCELLED"), []),
        ((*HOUR, "TRANSP:TRANSPARENT"), []),
        (("DTSTART:20270517T120000Z", "DURATION:PT1H"), []),
        (
            (ZONED, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20270309T110000Z"),
            [
                ("", "02 11:00", "02 12:00"),
                ("", "16 11:00", "16 12:00"),
                ("", "23 11:00", "23 12:00"),
                ("", "30 10:00", "30 11:00"),
            ],
        ),
    ],
    ids=[
        "one",
        "all day",
        "floating",
        "cancelled",
        "transparent",
        "beyond",
        "weekly over a clock change",
    ],
)
def test_what_takes_time_in_the_days_that_matter_is_read(lines, events):
    assert told(read(a_calendar(an_event(*lines)))) == events


def test_overrides_of_a_series_are_respected():
    series = an_event(ZONED, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:w")
    moved = an_event(
        "RECURRENCE-ID;TZID=Europe/Zurich:20270309T120000",
        "DTSTART;TZID=Europe/Zurich:20270310T150000",
        "DURATION:PT1H",
        "SUMMARY:moved",
    )
    cancelled = an_event(
        "RECURRENCE-ID;TZID=Europe/Zurich:20270316T120000",
        "DTSTART;TZID=Europe/Zurich:20270316T120000",
        "DURATION:PT1H",
        "STATUS:CANCELLED",
    )
    assert told(read(a_calendar(series, moved, cancelled))) == [
        ("w", "02 11:00", "02 12:00"),
        ("moved", "10 14:00", "10 15:00"),
    ]


@pytest.mark.parametrize("start", ["DTSTART:", "DTSTART;TZID=Mars/Olympus:"])
def test_hours_in_no_zone_are_those_of_the_groups_and_counted(start):
    event = an_event(f"{start}20270317T120000", "DURATION:PT1H")
    found = read(a_calendar(event), "Asia/Tokyo")
    assert (told(found), found.floating) == ([("", "17 03:00", "17 04:00")], 1)


def zone_of(rules: int, rule: str) -> bytes:
    one = ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"]
    zone = ["BEGIN:VTIMEZONE", "TZID:X", *[*one, rule, "END:STANDARD"] * rules, "END:VTIMEZONE"]
    event = an_event("DTSTART;TZID=X:20270317T120000", "DURATION:PT1H")
    return a_calendar(event, head=tuple(zone))


def recurring(rule: str) -> bytes:
    return a_calendar(an_event(*HOUR, f"RRULE:{rule}"))


def many(count: int, *lines: str) -> bytes:
    return a_calendar(*(an_event(*lines, uid=str(number)) for number in range(count)))


EVERY = ";".join(
    f"{part}={','.join(map(str, numbers))}"
    for part, numbers in (
        ("BYHOUR", range(24)),
        ("BYMINUTE", range(60)),
        ("BYSECOND", range(60)),
        ("BYYEARDAY", range(1, 366)),
    )
)
REFUSED = {
    "a zone of 300 rules": zone_of(300, "RRULE:FREQ=YEARLY"),
    "a zone that changes each second": zone_of(1, "RRULE:FREQ=SECONDLY"),
    "components within each other": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000,
    "more components than any": many(30_000, *HOUR),
    "ten megabytes in a line": a_calendar(an_event(*HOUR, "SUMMARY:" + "x" * 10_000_000)),
    "NULs": b"BEGIN:VCALENDAR\r\n" + b"\0" * 1_000_000 + b"\r\nEND:VCALENDAR\r\n",
    "other octets": b"BEGIN:VCALENDAR\r\n" + b"\xff\xfe" * 1000 + b"\r\nEND:VCALENDAR\r\n",
    "no end": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
    "an event of a million years": a_calendar(an_event(HOUR[0], "DURATION:P999999999D")),
    "parts that multiply": recurring(f"FREQ=YEARLY;{EVERY}"),
    "thousands of daily events": many(15_000, "DTSTART:20000317T120000Z", "RRULE:FREQ=DAILY"),
}
LEFT_OUT = {
    "each second": recurring("FREQ=SECONDLY"),
    "each minute": recurring("FREQ=MINUTELY;BYSECOND=0"),
    "an interval of zero": recurring("FREQ=DAILY;INTERVAL=0"),
    "a count without end": recurring("FREQ=DAILY;COUNT=99999999999999999999"),
    "a list of dates": a_calendar(
        an_event(*HOUR, "RDATE:" + ",".join(["20270318T120000Z"] * 20_000))
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_calendar_that_asks_for_too_much_is_refused_in_one_line(name):
    with pytest.raises(Unreadable) as refused:
        STRICT.read(REFUSED[name], "Europe/Zurich", FIRST, LAST)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize("name", LEFT_OUT)
def test_an_entry_that_recurs_without_measure_is_left_out_and_counted(name):
    found = read(LEFT_OUT[name])
    assert (found.events, found.left_out) == ([], 1)


@pytest.mark.parametrize(
    "data",
    [
        recurring("x" * 100_000),
        recurring("FREQ=DAILY;UNTIL=99991231T000000Z"),
        recurring("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        a_calendar(an_event(HOUR[0], "DURATION:PT1H" + "\r\n " * 100_000)),
        a_calendar(an_event("DTSTART" + ";X=1" * 100_000 + ":20270317T120000Z", HOUR[1])),
        a_calendar(an_event(*HOUR, "SUMMARY:" + "\u2028\x1b[2J" * 10_000)),
    ],
    ids=[
        "no rule at all",
        "to the end of time",
        "a day that never is",
        "folds",
        "parameters",
        "steering signs",
    ],
)
def test_what_is_only_odd_is_read_like_any_other(data):
    found = read(data)
    assert [event.start.day for event in found.events][:1] == [17]
    assert all(event.title.isprintable() for event in found.events)


def test_events_that_are_alike_take_one_time():
    assert told(read(many(50, *HOUR, "SUMMARY:x"))) == [("x", "17 12:00", "17 13:00")]


def test_the_earliest_events_are_told_where_there_are_too_many():
    events = (
        an_event(*HOUR, f"SUMMARY:{number}", uid=str(number)) for number in range(MOST_EVENTS + 9)
    )
    found = read(a_calendar(*events))
    assert (len(found.events), found.beyond) == (MOST_EVENTS, 9)


def test_a_reader_that_is_still_busy_is_stopped_with_its_group():
    hasty = Reader(cpu_seconds=30, wall_seconds=0.5)
    with pytest.raises(Unreadable, match=r"longer than 0\.5 seconds"):
        hasty.read(REFUSED["thousands of daily events"], "Europe/Zurich", FIRST, LAST)
