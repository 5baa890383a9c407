"""Compressed copies of what is published, made once for all readers.

A file is made of pieces, and a piece that stands in many files is compressed once: a gzip file
(RFC 1952) may hold one stream of parts that know nothing of each other.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath

COMPRESSED = ".gz"
FEWEST_OCTETS = 4096  # below, an answer is a few packets that are sent at once anyhow
_LEVEL = 6
# No time, no name, no system: the same bytes give the same copy.
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END_OF_STREAM = b"\x03\x00"
_LENGTHS = 1 << 32
_TEXTS = frozenset((".ics", ".html", ".css", ".js", ".json", ".csv", ".atom", ".svg"))


class Piece:
    """Some octets, and the same compressed so that they can stand between others."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def data(self) -> bytes:
        """The octets themselves."""
        return self._data

    @cached_property
    def squeezed(self) -> bytes:
        """A part of a deflate stream (RFC 1951) that ends with an octet and refers to none before.

        Empty where there is nothing.
        """
        if not self.data:
            return b""
        squeezing = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return squeezing.compress(self.data) + squeezing.flush(zlib.Z_FULL_FLUSH)


Content = Sequence[Piece]


def whole(data: bytes) -> Content:
    """Return the content of a file that has nothing in common with others."""
    return (Piece(data),)


def joined(content: Content) -> bytes:
    """Return the octets of a file."""
    return b"".join(piece.data for piece in content)


def with_compressed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return files and, beside each text that is worth it, a copy under its name with `.gz`."""
    copies = {
        path + COMPRESSED: compressed(data)
        for path, data in files.items()
        if is_worth_compressing(path, len(data))
    }
    return {**files, **copies}


def is_worth_compressing(path: str, octets: int) -> bool:
    """Tell whether a file has a compressed copy."""
    return octets >= FEWEST_OCTETS and PurePosixPath(path).suffix in _TEXTS


def compressed(data: bytes) -> bytes:
    """Return some bytes as gzip."""
    return b"".join(gzip_parts(whole(data)))


def gzip_parts(content: Content) -> Iterator[bytes]:
    """Yield the parts of a gzip file: its head, each piece of a content, and its trailer."""
    yield HEAD
    yield from (piece.squeezed for piece in content)
    check, length = _check(piece.data for piece in content)
    yield _END_OF_STREAM + check.to_bytes(4, "little") + (length % _LENGTHS).to_bytes(4, "little")


def _check(parts: Iterable[bytes]) -> tuple[int, int]:
    check, length = 0, 0
    for part in parts:
        check, length = zlib.crc32(part, check), length + len(part)
    return check, length


def is_compressed(path: str) -> bool:
    """Tell whether a path is that of a compressed copy."""
    return path.endswith(COMPRESSED)
