"""Entries as bytes, each ready to stand in any calendar (RFC 5545, 3.6.1 and 3.6.2).

Written for feeds of many thousand entries: each entry is one text, joined from parts of which
only those that can be long are folded; and the same entry in many feeds is written once.
"""

from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from calendars.content import (
    LONGEST_LINE,
    clean,
    duration_text,
    escape,
    fold,
    quoted,
    utc_text,
    web_address,
)
from calendars.model import AlarmRelated, Component, Entry, EntryStatus, Feature
from calendars.times import Declarations, Spans, when, zone_name

_BREAK = "\r\n"
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
    start, end = zone_name(entry.starts), zone_name(entry.ends)
    spans = _spans(start, entry.starts.year, end, entry.ends.year)
    return Block(entry, spans, _data(entry, start, end))


def with_alarm(plain: Block, alarm: timedelta) -> Block:
    """Return the block of the same entry with an alarm, and nothing else written anew.

    Raises `ImpossibleValue`.
    """
    entry = plain.entry.with_alarm(alarm)
    end = f"END:{entry.component}".encode()
    said = _alarm(alarm, entry.alarm_related, escape(entry.summary)).encode()
    return Block(entry, plain.spans, plain.data.removesuffix(end) + said + end)


def data_of(one: Block, declared: Declarations) -> bytes:
    """Return the bytes of a block in a calendar that declares these zones; other times in UTC."""
    start, end = zone_name(one.entry.starts), zone_name(one.entry.ends)
    start, end = (zone if zone in declared else None for zone in (start, end))
    return _data(one.entry, start, end)


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
    summary = escape(entry.summary)
    component, ending = ("VTODO", "DUE") if entry.component is _TASK else ("VEVENT", "DTEND")
    stamp = utc_text(entry.stamp)
    modified = stamp if entry.modified is entry.stamp else utc_text(entry.modified)
    alarm = _alarm(entry.alarm, entry.alarm_related, summary) if entry.alarm else ""
    head = (
        f"BEGIN:{component}\r\n{_property('UID:', escape(entry.uid))}"
        f"DTSTAMP:{stamp}\r\nCREATED:{utc_text(entry.created)}\r\n"
        f"LAST-MODIFIED:{modified}\r\nSEQUENCE:{entry.sequence}\r\n"
        f"{when('DTSTART', entry.starts, start)}\r\n{when(ending, entry.ends, end)}\r\n"
    )
    rest = (
        f"{_property('DESCRIPTION:', escape(entry.description))}"
        f"{_state(entry)}{_whereabouts(entry)}{_relations(entry)}{alarm}END:{component}"
    )
    # Three texts, for a letter beyond ASCII makes the whole text that it stands in wider.
    return head.encode() + _property("SUMMARY:", summary).encode() + rest.encode()


def _property(start: str, value: str | None) -> str:
    """Return a folded content line with its break; nothing at all without a value."""
    if not value:
        return ""
    line = start + value
    if len(line) <= LONGEST_LINE and line.isascii():  # what `fold` would find out, at less cost
        return line + _BREAK
    return fold(line) + _BREAK


def _state(entry: Entry) -> str:
    if entry.component is _TASK:  # which blocks no time, and has words of its own
        called_off = entry.status is _CANCELLED
        return f"STATUS:{'CANCELLED' if called_off else 'NEEDS-ACTION'}\r\n"
    status = "" if entry.status is None else f"STATUS:{entry.status}\r\n"
    if not entry.transparent:
        return status
    return status + "TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"


def _whereabouts(entry: Entry) -> str:
    text = ""
    if entry.location:
        text = _location(entry.location)
    if entry.url:
        text += _property("URL:", web_address(entry.url))
    if entry.conference:
        start = _conference_start(entry.conference_features, entry.conference_label)
        text += _property(start, web_address(entry.conference))
    for address in entry.attachments:
        text += _property("ATTACH:", web_address(address))
    return text


# Places, conferences and categories are the same in most entries of a feed.


@lru_cache(maxsize=4096)
def _location(location: str) -> str:
    return _property("LOCATION:", escape(location))


@lru_cache(maxsize=1024)
def _conference_start(features: tuple[Feature, ...], label: str | None) -> str:
    start = "CONFERENCE;VALUE=URI"
    if features:
        # a list of keywords: in quotation marks it would be one keyword with commas
        start += ";FEATURE=" + ",".join(features)
    if label and (cleaned := clean(label)):
        start += ";LABEL=" + quoted(cleaned)
    return start + ":"


@lru_cache(maxsize=4096)
def _categories(categories: tuple[str, ...]) -> str:
    return _property("CATEGORIES:", ",".join(filter(None, map(escape, categories))))


def _relations(entry: Entry) -> str:
    text = _categories(entry.categories)
    if entry.related_to:
        text += _property("RELATED-TO:", escape(entry.related_to))
    for child in entry.children:
        text += _property("RELATED-TO;RELTYPE=CHILD:", escape(child))
    return text


def _alarm(alarm: timedelta, related: AlarmRelated, summary: str) -> str:
    """Return the alarm that was asked for, as a display (RFC 5545, 3.6.6), if it can say why."""
    if not summary:
        return ""
    return (
        f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{_property('DESCRIPTION:', summary)}"
        f"TRIGGER;RELATED={related}:-{duration_text(alarm)}\r\nEND:VALARM\r\n"
    )
