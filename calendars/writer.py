"""Calendars as bytes (RFC 5545 and 7986): the same value gives the same bytes, for ever."""

from collections.abc import Iterable, Iterator, Sequence

from calendars.blocks import Block, spans_and_data
from calendars.content import duration_text, escape, fold, web_address
from calendars.model import Calendar
from calendars.stretches import Stretch, stretch, stretched
from calendars.times import Span, declarations

ENDING = b"END:VCALENDAR\r\n"
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
    whole, written = stretched(spans, data, calendar.entries)
    del data  # which would be in memory twice
    return _around(calendar, whole, written, method)


def assemble(calendar: Calendar, blocks: Sequence[Block], *, method: str | None = None) -> bytes:
    """Return a calendar whose entries are written already: `blocks`, in their order.

    `calendar` gives the head alone. For the rest see `write`; raises `UnknownMethod`.
    """
    return _around(calendar, *stretch(blocks), method)


def compose(
    calendar: Calendar, stretches: Sequence[Stretch], *, method: str | None = None
) -> tuple[bytes, tuple[bytes | None, ...], bytes]:
    """Return the parts of a calendar of some stretches: its head, each of them, and its ending.

    A stretch is None where it stands as it was written, for the calendar declares its zones.
    For the rest see `assemble`; raises `UnknownMethod`, and `NotRewritable` where a zone of a
    stretch without entries cannot be declared for the years of all.
    """
    if method is not None and method not in _METHODS:
        raise UnknownMethod(method)
    declared = declarations(span for one in stretches for span in one.spans)
    head = [_folded(_header(calendar, method)), *map(_folded, declared.values()), b""]
    return b"\r\n".join(head), tuple(one.rewritten(declared) for one in stretches), ENDING


def _around(calendar: Calendar, whole: Stretch, written: bytes, method: str | None) -> bytes:
    head, (anew,), ending = compose(calendar, [whole], method=method)
    return b"".join((head, written if anew is None else anew, ending))


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
    if calendar.refresh is not None:
        yield f"REFRESH-INTERVAL;VALUE=DURATION:{duration_text(calendar.refresh)}"
        yield f"X-PUBLISHED-TTL:{duration_text(calendar.refresh)}"
    if source := web_address(calendar.source or ""):
        yield f"SOURCE;VALUE=URI:{source}"
    if url := web_address(calendar.url or ""):
        yield f"URL:{url}"
    if calendar.color:
        yield f"COLOR:{calendar.color}"
