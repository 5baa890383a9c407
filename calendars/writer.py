"""Calendars as bytes (RFC 5545 and 7986): the same value gives the same bytes, for ever.

Written for feeds of many thousand entries: each entry is one text, joined from parts of which
only those that can be long are folded.
"""

from collections.abc import Iterable, Iterator

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
from calendars.model import Calendar, Entry
from calendars.times import Declarations, declarations, when

_BREAK = "\r\n"
_PRODUCT = "-//Interim//Interim scheduler//EN"
_METHODS = frozenset(
    ("PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER")
)


class UnknownMethod(ValueError):
    """A method that RFC 5546 does not know."""

    def __init__(self, method: str) -> None:
        super().__init__(f"unknown method {method!r}; give one of {', '.join(sorted(_METHODS))}")


def write(calendar: Calendar, *, method: str | None = None) -> bytes:
    """Return a calendar as it is published: UTF-8, CRLF, lines of at most 75 octets.

    Times stand in their own zones, declared before the entries; a time stands in UTC where it
    is not one instant by its zone's clocks, or its zone has no declaration (`vtimezone`).
    `method` (RFC 5546) belongs to letters, never to feeds; raises `UnknownMethod`.
    """
    if method is not None and method not in _METHODS:
        raise UnknownMethod(method)
    declared = declarations(calendar.entries)
    blocks = [_folded(_header(calendar, method))]
    blocks.extend(_folded(lines) for lines in declared.values())
    blocks.extend(_entry(entry, declared).encode() for entry in calendar.entries)
    blocks.append(b"END:VCALENDAR\r\n")
    return b"\r\n".join(blocks)


def _folded(lines: Iterable[str]) -> bytes:
    return _BREAK.join(map(fold, lines)).encode()


def _header(calendar: Calendar, method: str | None) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN")
    if method is not None:
        yield f"METHOD:{method}"
    language = f";LANGUAGE={calendar.language}" if calendar.language else ""
    if name := escape(calendar.name):
        yield f"NAME{language}:{name}"
        yield f"X-WR-CALNAME:{name}"
    if description := escape(calendar.description):
        yield f"DESCRIPTION{language}:{description}"
        yield f"X-WR-CALDESC:{description}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{duration_text(calendar.refresh)}"
    yield f"X-PUBLISHED-TTL:{duration_text(calendar.refresh)}"
    if source := web_address(calendar.source or ""):
        yield f"SOURCE;VALUE=URI:{source}"
    if url := web_address(calendar.url or ""):
        yield f"URL:{url}"
    if calendar.color:
        yield f"COLOR:{calendar.color}"


def _entry(entry: Entry, declared: Declarations) -> str:
    summary = escape(entry.summary)
    return (
        f"BEGIN:VEVENT\r\n{_property('UID:', escape(entry.uid))}"
        f"DTSTAMP:{utc_text(entry.stamp)}\r\nCREATED:{utc_text(entry.created)}\r\n"
        f"LAST-MODIFIED:{utc_text(entry.modified)}\r\nSEQUENCE:{entry.sequence}\r\n"
        f"{when('DTSTART', entry.starts, declared)}\r\n{when('DTEND', entry.ends, declared)}\r\n"
        f"{_property('SUMMARY:', summary)}{_property('DESCRIPTION:', escape(entry.description))}"
        f"{_state(entry)}{_whereabouts(entry)}{_relations(entry)}"
        f"{_alarm(entry, summary) if entry.alarm else ''}END:VEVENT"
    )


def _property(start: str, value: str | None) -> str:
    """Return a folded content line with its break; nothing at all without a value."""
    if not value:
        return ""
    line = start + value
    if len(line) <= LONGEST_LINE and line.isascii():  # what `fold` would find out, at less cost
        return line + _BREAK
    return fold(line) + _BREAK


def _state(entry: Entry) -> str:
    status = "" if entry.status is None else f"STATUS:{entry.status}\r\n"
    if not entry.transparent:
        return status
    return status + "TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"


def _whereabouts(entry: Entry) -> str:
    text = ""
    if entry.location:
        text = _property("LOCATION:", escape(entry.location))
    if entry.url:
        text += _property("URL:", web_address(entry.url))
    if entry.conference:
        text += _property(_conference_start(entry), web_address(entry.conference))
    return text


def _conference_start(entry: Entry) -> str:
    start = "CONFERENCE;VALUE=URI"
    if entry.conference_features:
        # a list of keywords: in quotation marks it would be one keyword with commas
        start += ";FEATURE=" + ",".join(entry.conference_features)
    if entry.conference_label and (label := clean(entry.conference_label)):
        start += ";LABEL=" + quoted(label)
    return start + ":"


def _relations(entry: Entry) -> str:
    text = ""
    if entry.categories:
        text = _property("CATEGORIES:", ",".join(filter(None, map(escape, entry.categories))))
    if entry.related_to:
        text += _property("RELATED-TO:", escape(entry.related_to))
    return text


def _alarm(entry: Entry, summary: str) -> str:
    """Return the alarm that was asked for, as a display (RFC 5545, 3.6.6), if it can say why."""
    if entry.alarm is None or not summary:
        return ""
    trigger = f"TRIGGER;RELATED={entry.alarm_related}:-{duration_text(entry.alarm)}"
    return (
        f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{_property('DESCRIPTION:', summary)}"
        f"{trigger}\r\nEND:VALARM\r\n"
    )
