"""Laws of written calendars, judged by other readers: icalendar, vobject, recurring-ical-events."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from unicodedata import category
from zoneinfo import ZoneInfo

import icalendar
import pytest
import pytz
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.content import clean, escape, fold, unescape, web_address
from calendars.model import AlarmRelated, Calendar, Entry, EntryStatus, Feature
from calendars.reader import read
from calendars.writer import write

HOSTILE = (
    "\r",
    "\n",
    "\x00",
    "\u2028",
    "\x85",
    "\x0b",
    ";",
    ",",
    "\\",
    "\\n",
    '"',
    ":",
    "BEGIN:VEVENT",
)
CONTROLS = {"Cc", "Cs", "Zl", "Zp"}  # categories of Unicode
fresh = count()
texts = st.one_of(
    st.text(max_size=120),
    st.text(st.characters(codec="utf-8"), max_size=400),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=5)), max_size=20).map("".join),
)
zones = st.sampled_from(pytz.common_timezones).map(ZoneInfo)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2060, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
spans = st.timedeltas(timedelta(seconds=1), timedelta(days=30)).map(
    lambda span: timedelta(seconds=round(span.total_seconds()))
)


@st.composite
def times(draw: st.DrawFn) -> tuple[datetime | date, datetime | date]:
    starts = draw(instants)
    if draw(st.integers(0, 9)) == 0:
        return starts.date(), starts.date() + timedelta(days=draw(st.integers(1, 9)))
    ends = starts + draw(spans)
    return starts.astimezone(draw(zones)), ends.astimezone(draw(zones))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    starts, ends = draw(times())
    return Entry(
        uid=draw(texts.filter(lambda text: clean(text).strip())),
        stamp=draw(instants),
        created=draw(instants),
        modified=draw(instants),
        sequence=draw(st.integers(0, 2**31 - 1)),
        starts=starts,
        ends=ends,
        summary=draw(texts),
        description=draw(texts),
        status=draw(st.none() | st.sampled_from(EntryStatus)),
        location=draw(st.none() | texts),
        url=draw(st.none() | texts | st.just("https://interim.example/a;b,c?d=é")),
        conference=draw(st.none() | texts | st.just("https://meet.example/1")),
        conference_features=tuple(draw(st.lists(st.sampled_from(Feature), unique=True))),
        conference_label=draw(st.none() | texts),
        categories=tuple(draw(st.lists(texts, max_size=3))),
        transparent=draw(st.booleans()),
        related_to=draw(st.none() | texts),
        alarm=draw(st.none() | spans),
        alarm_related=draw(st.sampled_from(AlarmRelated)),
    )


calendars = st.builds(
    Calendar,
    name=texts,
    entries=st.lists(entries(), max_size=4).map(tuple),
    description=texts,
    source=st.none() | texts,
    url=st.none() | texts,
    refresh=spans,
)


def plain_entry(starts: datetime, ends: datetime, uid: str = "e1") -> Entry:
    return Entry(
        uid=uid,
        stamp=starts,
        created=starts,
        modified=starts,
        sequence=0,
        starts=starts,
        ends=ends,
        summary="A call",
    )


@settings(deadline=None)
@given(calendars)
def test_every_line_is_short_and_whole(calendar: Calendar) -> None:
    data = write(calendar)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert not {category(letter) for letter in line.decode()} & CONTROLS


@settings(deadline=None)
@given(calendars)
def test_no_value_adds_or_hides_a_component(calendar: Calendar) -> None:
    lines = write(calendar).decode().replace("\r\n ", "").split("\r\n")
    shown = [entry for entry in calendar.entries if clean(entry.summary)]
    assert lines.count("BEGIN:VCALENDAR") == lines.count("END:VCALENDAR") == 1
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(calendar.entries)
    alarms = sum(entry.alarm is not None for entry in shown)
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == alarms
    begun = [line for line in lines if line.startswith("BEGIN:")]
    in_zones = sum(line.split(":")[1] in ("VTIMEZONE", "STANDARD", "DAYLIGHT") for line in begun)
    assert len(begun) == 1 + len(calendar.entries) + alarms + in_zones


@settings(deadline=None)
@given(calendars)
def test_the_same_value_gives_the_same_bytes(calendar: Calendar) -> None:
    assert write(calendar) == write(calendar)


@settings(deadline=None)
@given(entries())
def test_icalendar_reads_what_was_given(entry: Entry) -> None:
    parsed = icalendar.Calendar.from_ical(write(Calendar(name="", entries=(entry,))))
    (event,) = parsed.events
    assert event.errors == []
    assert str(event["UID"]) == clean(entry.uid)
    assert str(event.get("SUMMARY", "")) == clean(entry.summary)
    assert str(event.get("DESCRIPTION", "")) == clean(entry.description)
    assert str(event.get("LOCATION", "")) == clean(entry.location or "")
    assert str(event.get("RELATED-TO", "")) == clean(entry.related_to or "")
    assert [str(word) for word in getattr(event.get("CATEGORIES"), "cats", [])] == [
        clean(word) for word in entry.categories if clean(word)
    ]
    assert event["SEQUENCE"] == entry.sequence
    for name, moment in (
        ("DTSTAMP", entry.stamp),
        ("CREATED", entry.created),
        ("LAST-MODIFIED", entry.modified),
        ("DTSTART", entry.starts),
        ("DTEND", entry.ends),
    ):
        assert in_utc(event[name].dt) == in_utc(moment)


def in_utc(moment: date) -> date:
    """Return a time so that it can be compared: in an hour that occurs twice, those of two zones
    are never equal (PEP 495)."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


@settings(deadline=None)
@given(entries())
def test_our_reader_reads_what_was_written(entry: Entry) -> None:
    (found,) = read(write(Calendar(name="", entries=(entry,)))).entries
    assert (found.starts, found.ends, found.sequence) == (entry.starts, entry.ends, entry.sequence)
    assert (found.status, found.transparent) == (entry.status, entry.transparent)
    assert found.url == web_address(entry.url or "")
    assert found.conference == web_address(entry.conference or "")
    if found.conference:
        assert found.conference_features == entry.conference_features
    if found.alarm:
        assert (found.alarm, found.alarm_related) == (entry.alarm, entry.alarm_related)


def under_another_name(data: bytes, zone: str) -> str:
    """Rename a zone, so that readers take what is declared, and not what they know or remember."""
    name = f"Zone{next(fresh)}"
    text = data.decode()
    if "+0000\r\nTZOFFSETTO:+0000" in text:
        return text  # vobject takes a zone like UTC for no zone, unless it knows its name
    return text.replace(f"TZID:{zone}", f"TZID:{name}").replace(f"TZID={zone}", f"TZID={name}")


@settings(deadline=None)
@given(instants, spans, zones)
def test_vobject_reads_the_same_instants(starts: datetime, span: timedelta, zone: ZoneInfo) -> None:
    entry = plain_entry(starts.astimezone(zone), (starts + span).astimezone(zone))
    data = write(Calendar(name="", entries=(entry,)))
    event = vobject.readOne(under_another_name(data, zone.key)).vevent
    assert event.dtstart.value.astimezone(UTC) == starts
    assert event.dtend.value.astimezone(UTC) == starts + span


@settings(deadline=None)
@given(instants, spans, zones)
def test_icalendar_reads_the_same_instants_by_what_is_declared(
    starts: datetime, span: timedelta, zone: ZoneInfo
) -> None:
    entry = plain_entry(starts.astimezone(zone), (starts + span).astimezone(zone))
    data = write(Calendar(name="", entries=(entry,)))
    (event,) = icalendar.Calendar.from_ical(under_another_name(data, zone.key)).events
    assert event.start.astimezone(UTC) == starts
    assert event.end.astimezone(UTC) == starts + span


@settings(deadline=None)
@given(st.lists(st.tuples(instants, spans, zones), max_size=4))
def test_recurring_ical_events_reads_the_same_instants(
    found: list[tuple[datetime, timedelta, ZoneInfo]],
) -> None:
    expected = [(starts, starts + span) for starts, span, _ in found]
    made = tuple(
        plain_entry(starts.astimezone(zone), (starts + span).astimezone(zone), uid=str(number))
        for number, (starts, span, zone) in enumerate(found)
    )
    parsed = icalendar.Calendar.from_ical(write(Calendar(name="", entries=made)))
    events = recurring_ical_events.of(parsed).between((1989, 1, 1), (2062, 1, 1))
    instants_read = [(event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in events]
    assert sorted(instants_read) == sorted(expected)


@settings(deadline=None)
@given(texts)
def test_unescape_undoes_escape(text: str) -> None:
    assert unescape(escape(text)) == clean(text)


@settings(deadline=None)
@given(texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=500))
def test_unfolding_gives_the_line_back(line: str) -> None:
    physical = fold(line).split("\r\n")
    assert max(len(part.encode()) for part in physical) <= 75
    assert physical[0] + "".join(part[1:] for part in physical[1:]) == line


@settings(deadline=None)
@given(texts)
def test_an_address_is_never_more_than_an_address(text: str) -> None:
    address = web_address(text) or "https://"
    assert address.lower().startswith(("http://", "https://"))
    assert address.isascii()
    assert address.isprintable()
    assert not set(' "<>\\^`{|}') & set(address)


@pytest.mark.parametrize("mark", HOSTILE)
def test_a_hostile_mark_in_every_text_leaves_one_event(mark: str) -> None:
    text = f"a{mark}b"
    starts = datetime(2024, 2, 20, 12, tzinfo=UTC)
    entry = plain_entry(starts, starts + timedelta(hours=1), uid=text)
    (found,) = read(write(Calendar(name=text, description=text, entries=(entry,)))).entries
    assert found.uid == clean(text)
