"""Published feeds taken apart by their bytes, with nothing of ours and no reader of others."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

_PARTS = re.compile(
    rb"(?<=\r\n)BEGIN:(VEVENT|VTODO|VTIMEZONE)\r\n.*?\r\nEND:\1\r\n", flags=re.DOTALL
)
_TIMES = re.compile(rb"\r\n((?:DTSTART|DTEND|DUE)[:;][^\r]*)")
_ZONES = re.compile(rb";TZID=([^:;\r]+)")
_IS_CANCELLED = b"\r\nSTATUS:CANCELLED\r\n"


class Told(NamedTuple):
    """An entry, and the declarations of the zones that it names."""

    entry: bytes
    zones: tuple[bytes, ...]


class When(NamedTuple):
    """What an entry says of its times, whatever its language and its alarms."""

    uid: str
    is_task: bool
    lines: tuple[bytes, ...]
    zones: tuple[bytes, ...]


def parts(data: bytes) -> tuple[list[bytes], dict[bytes, bytes]]:
    """Return the entries of a feed, and the zones that it declares by their names."""
    found = [match.group() for match in _PARTS.finditer(data)]
    zones = [part for part in found if part.startswith(b"BEGIN:VTIMEZONE")]
    named = {_line(zone, b"TZID"): zone for zone in zones}
    assert len(named) == len(zones)
    return [part for part in found if part not in zones], named


def told_in(data: bytes) -> list[Told]:
    """Return what a feed tells; it has to declare the zones that its entries name."""
    entries, zones = parts(data)
    return [Told(entry, tuple(zones[name] for name in zones_named_in(entry))) for entry in entries]


def times_in(data: bytes) -> list[When]:
    """Return the times of a feed in its order."""
    return [
        When(uid(one.entry), is_task(one.entry), tuple(_TIMES.findall(one.entry)), one.zones)
        for one in told_in(data)
    ]


def uid(entry: bytes) -> str:
    return _line(entry, b"UID").decode()


def is_task(entry: bytes) -> bool:
    return entry.startswith(b"BEGIN:VTODO")


def is_cancelled(entry: bytes) -> bool:
    return _IS_CANCELLED in entry


def zones_named_in(entry: bytes) -> list[bytes]:
    return sorted({name for line in _TIMES.findall(entry) for name in _ZONES.findall(line)})


def few_that_tell_all(
    feeds: Mapping[str, bytes], tell: Callable[[bytes], Iterable[Told | When]] = told_in
) -> Mapping[str, bytes]:
    """Return few feeds that together tell all that any of them does, those with most first."""
    longest = sorted(
        feeds.items(), key=lambda feed: (-feed[1].count(b"\nUID:"), len(feed[0]), feed)
    )
    return dict(_adding(longest, tell))


def _adding(
    feeds: list[tuple[str, bytes]], tell: Callable[[bytes], Iterable[Told | When]]
) -> Iterator[tuple[str, bytes]]:
    known = set[Told | When]()
    for path, data in feeds:
        told = {*tell(data)}
        if not told <= known:
            known |= told
            yield path, data


def _line(part: bytes, name: bytes) -> bytes:
    return part.partition(b"\r\n" + name + b":")[2].partition(b"\r\n")[0]
