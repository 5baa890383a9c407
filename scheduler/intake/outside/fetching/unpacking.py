"""The bytes of a calendar, never more than were asked for, packed or not."""

import zlib
from typing import Protocol

from scheduler.intake.outside.faults import BadEncoding, NotACalendar, TooLarge

MOST_OCTETS = 5_000_000
GZIP = 16 + zlib.MAX_WBITS
_STEP = 65_536
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OPENING = b"BEGIN:VCALENDAR"


class Source(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


def unpacked(source: Source, packing: str, host: str, most: int) -> bytes:
    """Return everything that a source holds; raises `TooLarge` or `BadEncoding`."""
    packing = packing.strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise BadEncoding(host)
    unpacker = zlib.decompressobj(GZIP) if "gzip" in packing else None
    found = bytearray()
    taken = 0
    while piece := source.read(_STEP):
        taken += len(piece)
        found += _stretched(unpacker, piece, most - len(found) + 1, host) if unpacker else piece
        if max(len(found), taken) > most:
            raise TooLarge(host, most)
    if unpacker and not unpacker.eof:
        raise BadEncoding(host)
    return bytes(found)


def _stretched(unpacker: "zlib._Decompress", piece: bytes, most: int, host: str) -> bytes:
    try:
        return unpacker.decompress(piece, most)
    except zlib.error:
        raise BadEncoding(host) from None


def calendar_bytes(data: bytes, whence: str) -> bytes:
    """Return bytes that begin as iCalendar does; raises `NotACalendar`."""
    start = data.removeprefix(_BYTE_ORDER_MARK).lstrip()[: len(_OPENING)]
    if start.upper() != _OPENING:
        raise NotACalendar(whence)
    return data
