"""Calendars as bytes (RFC 5545 and 7986): the same value gives the same bytes, for ever."""

from collections.abc import Iterable, Iterator, Sequence, Set

from calendars.blocks import Block, data_of, spans_and_data
from calendars.content import duration_text, escape, fold, web_address
from calendars.model import Calendar, Entry
from calendars.times import Span, declarations

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
    spans: set[Span] = set()
    data = []
    # no blocks, which would be thousands of objects more for the garbage collector to go through
    for entry in calendar.entries:
        needed, octets = spans_and_data(entry)
        spans.update(needed)
        data.append(octets)
    return _joined(calendar, method, spans, data, calendar.entries)


def assemble(calendar: Calendar, blocks: Sequence[Block], *, method: str | None = None) -> bytes:
    """Return a calendar whose entries are written already: `blocks`, in their order.

    `calendar` gives the head alone. For the rest see `write`; raises `UnknownMethod`.
    """
    spans = {span for one in blocks for span in one.spans}
    data = [one.data for one in blocks]
    return _joined(calendar, method, spans, data, (one.entry for one in blocks))


def _joined(
    calendar: Calendar,
    method: str | None,
    spans: Set[Span],
    data: Iterable[bytes],
    entries: Iterable[Entry],
) -> bytes:
    """Return a calendar of what is written, or of the entries if a zone cannot be declared."""
    if method is not None and method not in _METHODS:
        raise UnknownMethod(method)
    declared = declarations(spans)
    if any(zone not in declared for zone, _, _ in spans):
        data = (data_of(entry, declared) for entry in entries)
    heads = (_header(calendar, method), *declared.values())
    return b"\r\n".join([*map(_folded, heads), *data, b"END:VCALENDAR\r\n"])


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
