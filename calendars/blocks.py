"""Entries as bytes, each ready to stand in any calendar (RFC 5545, 3.6.1 and 3.6.2).

Written for feeds of many thousand entries: each entry is joined from parts of which only those
that can be long are folded; and the same entry in many feeds is written once.
"""

from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from calendars.content import (
    LONGEST_LINE,
    clean,
    duration_text,
    fold_octets,
    mail_uri,
    quoted,
    text_octets,
    utc_text,
    web_address,
)
from calendars.model import AlarmRelated, Component, Entry, EntryStatus, Feature
from calendars.people import Attendee, Organizer
from calendars.times import Declarations, Spans, when, zone_name

_BREAK = b"\r\n"
_TASK, _CANCELLED = Component.TASK, EntryStatus.CANCELLED  # looked up once, not per entry


class Block(NamedTuple):
    """An entry and its bytes, in the zones that it asks to be declared.

    `spans` are these zones, each with the first and the last year by its clocks.
    """

    entry: Entry
    spans: Spans
    data: bytes


def block(entry: Entry) -> Block:
    """Return an entry as it is written where all its zones are declared."""
    return Block(entry, *spans_and_data(entry))


def spans_and_data(entry: Entry) -> tuple[Spans, bytes]:
    """Return what a block holds beside its entry: all that a single calendar needs of it."""
    starts, ends = entry.starts, entry.ends
    start, end = zone_name(starts), zone_name(ends)
    return _spans(start, starts.year, end, ends.year), _data(entry, start, end)


def with_alarm(plain: Block, alarm: timedelta) -> Block:
    """Return the block of the same entry with an alarm, and nothing else written anew.

    Raises `ImpossibleValue`.
    """
    entry = plain.entry.with_alarm(alarm)
    end = f"END:{entry.component}".encode()
    said = _alarm(alarm, entry.alarm_related, text_octets(entry.summary))
    return Block(entry, plain.spans, plain.data.removesuffix(end) + said + end)


def data_of(entry: Entry, declared: Declarations) -> bytes:
    """Return the bytes of an entry in a calendar that declares these zones; other times in UTC."""
    start, end = zone_name(entry.starts), zone_name(entry.ends)
    start, end = (zone if zone in declared else None for zone in (start, end))
    return _data(entry, start, end)


@lru_cache(maxsize=4096)
def _spans(start: str | None, first: int, end: str | None, last: int) -> Spans:
    if start is not None and start == end:
        return ((start, first, last),)
    return (
        *(((start, first, first),) if start is not None else ()),
        *(((end, last, last),) if end is not None else ()),
    )


def _data(entry: Entry, start: str | None, end: str | None) -> bytes:
    """Return the content lines of an entry, its start and end in these zones, None for UTC."""
    summary = text_octets(entry.summary)
    is_task = entry.component is _TASK
    return b"".join(
        (
            b"BEGIN:VTODO\r\n" if is_task else b"BEGIN:VEVENT\r\n",
            _property(b"UID:", text_octets(entry.uid)),
            _moments(entry, start, end),
            _property(b"SUMMARY:", summary),
            _property(b"DESCRIPTION:", text_octets(entry.description)),
            _state(entry.component, entry.status, entry.transparent),
            _organizer(entry.organizer) if entry.organizer else b"",
            b"".join(map(_attendee, entry.attendees)),
            _location(entry.location) if entry.location else b"",
            _address(b"URL:", entry.url) if entry.url else b"",
            _conference(entry) if entry.conference else b"",
            _attachments(entry.attachments) if entry.attachments else b"",
            _categories(entry.categories),
            _property(b"RELATED-TO:", text_octets(entry.related_to)) if entry.related_to else b"",
            _children(entry.children) if entry.children else b"",
            _alarm(entry.alarm, entry.alarm_related, summary) if entry.alarm else b"",
            b"END:VTODO" if is_task else b"END:VEVENT",
        )
    )


def _property(start: bytes, value: bytes) -> bytes:
    """Return a folded content line with its break; nothing at all without a value."""
    if not value:
        return b""
    line = start + value
    return (line if len(line) <= LONGEST_LINE else fold_octets(line)) + _BREAK


def _address(start: bytes, text: str) -> bytes:
    """Return a property whose value is a web address; nothing at all for any other text."""
    address = web_address(text)
    return _property(start, address.encode()) if address else b""


def _moments(entry: Entry, start: str | None, end: str | None) -> bytes:
    stamp = utc_text(entry.stamp)
    modified = stamp if entry.modified is entry.stamp else utc_text(entry.modified)
    ending = "DUE" if entry.component is _TASK else "DTEND"
    return (
        f"DTSTAMP:{stamp}\r\nCREATED:{utc_text(entry.created)}\r\n"
        f"LAST-MODIFIED:{modified}\r\nSEQUENCE:{entry.sequence}\r\n"
        f"{when('DTSTART', entry.starts, start)}\r\n{when(ending, entry.ends, end)}\r\n"
    ).encode()


def _conference(entry: Entry) -> bytes:
    start = _conference_start(entry.conference_features, entry.conference_label)
    return _address(start, entry.conference or "")


def _attachments(addresses: tuple[str, ...]) -> bytes:
    return b"".join(_address(b"ATTACH:", address) for address in addresses)


def _children(uids: tuple[str, ...]) -> bytes:
    return b"".join(_property(b"RELATED-TO;RELTYPE=CHILD:", text_octets(uid)) for uid in uids)


def _organizer(organizer: Organizer) -> bytes:
    name = clean(organizer.name).strip()
    said = f";CN={quoted(name)}" if name else ""
    return _property(f"ORGANIZER{said}:".encode(), (mail_uri(organizer.address) or "").encode())


def _attendee(attendee: Attendee) -> bytes:
    awaited = "" if attendee.rsvp is None else f";RSVP={str(attendee.rsvp).upper()}"
    start = f"ATTENDEE;PARTSTAT={attendee.answer}{awaited}:".encode()
    return _property(start, (mail_uri(attendee.address) or "").encode())


# States, places, conferences and categories are the same in most entries of a feed.


@lru_cache(maxsize=64)
def _state(component: Component, status: EntryStatus | None, transparent: bool) -> bytes:
    if component is _TASK:  # which blocks no time, and has words of its own
        called_off = status is _CANCELLED
        return b"STATUS:CANCELLED\r\n" if called_off else b"STATUS:NEEDS-ACTION\r\n"
    stated = b"" if status is None else f"STATUS:{status}\r\n".encode()
    free = b"TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"
    return stated + free if transparent else stated


@lru_cache(maxsize=4096)
def _location(location: str) -> bytes:
    return _property(b"LOCATION:", text_octets(location))


@lru_cache(maxsize=1024)
def _conference_start(features: tuple[Feature, ...], label: str | None) -> bytes:
    start = "CONFERENCE;VALUE=URI"
    if features:
        # a list of keywords: in quotation marks it would be one keyword with commas
        start += ";FEATURE=" + ",".join(features)
    if label and (cleaned := clean(label)):
        start += ";LABEL=" + quoted(cleaned)
    return start.encode() + b":"


@lru_cache(maxsize=4096)
def _categories(categories: tuple[str, ...]) -> bytes:
    return _property(b"CATEGORIES:", b",".join(filter(None, map(text_octets, categories))))


def _alarm(alarm: timedelta, related: AlarmRelated, summary: bytes) -> bytes:
    """Return the alarm that was asked for, as a display (RFC 5545, 3.6.6), if it can say why."""
    if not summary:
        return b""
    said = _property(b"DESCRIPTION:", summary)
    before = f"TRIGGER;RELATED={related}:-{duration_text(alarm)}\r\n".encode()
    return b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + said + before + b"END:VALARM\r\n"
