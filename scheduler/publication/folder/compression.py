"""Compressed copies of what is published, made once for all readers."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from scheduler.publication.folder.checksums import joint
from scheduler.publication.folder.pieces import Content, Piece, joined, size, whole

COMPRESSED = ".gz"
FEWEST_OCTETS = 4096  # below, an answer is a few packets that are sent at once anyhow
# No time, no name, no system: the same bytes give the same copy.
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END_OF_STREAM = b"\x03\x00"
_LENGTHS = 1 << 32
_TEXTS = frozenset((".ics", ".html", ".css", ".js", ".json", ".csv", ".atom", ".svg"))


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
    return joined(packed(whole(data)))


def packed(content: Content) -> Content:
    """Return a content as gzip (RFC 1952): a head, each of its pieces, and a trailer."""
    check = joint(piece.check for piece in content)
    length = size(content) % _LENGTHS
    trailer = _END_OF_STREAM + check.to_bytes(4, "little") + length.to_bytes(4, "little")
    return Piece(HEAD), *(piece.squeezed for piece in content), Piece(trailer)


def is_compressed(path: str) -> bool:
    """Tell whether a path is that of a compressed copy."""
    return path.endswith(COMPRESSED)
