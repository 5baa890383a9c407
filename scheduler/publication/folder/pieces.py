"""What files are made of: pieces, each of which may stand in many files.

A piece is compressed once: a gzip file (RFC 1952) may hold one stream of parts that know nothing
of each other.
"""

import errno
import os
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from scheduler.publication.folder.checksums import Check, shift_of

_LEVEL = 6
_AT_A_TIME = 1 << 18  # as much as a processor keeps at hand while it is looked at and written


class Piece:
    """Some octets, and the same compressed so that they can stand between others."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def octets(self) -> Iterator[bytes]:
        """Yield the octets in parts; raises `OSError` where they are gone."""
        yield self._data

    @cached_property
    def check(self) -> Check:
        """Their CRC-32, and what takes that of what stands before them past them."""
        value = 0
        for part in self.octets():
            value = zlib.crc32(part, value)
        return Check(value, shift_of(self.size))

    @cached_property
    def squeezed(self) -> "Piece":
        """A part of a deflate stream (RFC 1951) that ends with an octet and refers to none before.

        Empty where there is nothing.
        """
        if not self.size:
            return self
        squeezing = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        done = squeezing.compress(joined((self,)))
        return Piece(done + squeezing.flush(zlib.Z_FULL_FLUSH))


class Packed(NamedTuple):
    """What a compressed copy needs of a piece: its check, and the piece compressed."""

    check: Check
    squeezed: Piece


class StandingPiece(Piece):
    """Octets that stand in a file, and compressed in another one where `packed` says so.

    They are read when they are asked for: a publication has more of them than fit in memory.
    """

    def __init__(self, file: Path, start: int, end: int, packed: Packed | None = None) -> None:
        self._file, self._start, self._packed = file, start, packed
        self.size = end - start

    def octets(self) -> Iterator[bytes]:
        """Yield what stands in the file."""
        with self._file.open("rb", buffering=0) as file:
            at, end = self._start, self._start + self.size
            while at < end:
                part = os.pread(file.fileno(), min(_AT_A_TIME, end - at), at)
                if not part:
                    raise OSError(errno.EIO, "the file was cut short", str(self._file))
                yield part
                at += len(part)

    @cached_property
    def check(self) -> Check:
        """What is known of them."""
        return self._packed.check if self._packed else super().check

    @cached_property
    def squeezed(self) -> Piece:
        """What stands in the other file."""
        return self._packed.squeezed if self._packed else super().squeezed


Content = Sequence[Piece]


def whole(data: bytes) -> Content:
    """Return the content of a file that has nothing in common with others."""
    return (Piece(data),)


def octets(content: Content) -> Iterator[bytes]:
    """Yield the octets of a file in parts; raises `OSError` where they are gone."""
    for piece in content:
        yield from piece.octets()


def joined(content: Content) -> bytes:
    """Return the octets of a file; raises `OSError` where they are gone."""
    return b"".join(octets(content))


def size(content: Content) -> int:
    """Return how many octets a file has."""
    return sum(piece.size for piece in content)
