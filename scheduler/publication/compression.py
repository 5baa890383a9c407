"""Compressed copies of what is published, made once for all readers."""

import gzip
from collections.abc import Mapping
from pathlib import PurePosixPath

COMPRESSED = ".gz"
_LEVEL = 6
_FEWEST_OCTETS = 1024  # below, an answer fits into one packet anyhow
_TEXTS = frozenset((".ics", ".html", ".css", ".js", ".json", ".csv", ".atom", ".svg"))


def with_compressed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return files and, beside each text that is worth it, a copy under its name with `.gz`.

    The same bytes give the same copy: there is no time and no name in it.
    """
    copies = {
        path + COMPRESSED: compressed(data)
        for path, data in files.items()
        if PurePosixPath(path).suffix in _TEXTS and len(data) >= _FEWEST_OCTETS
    }
    return {**files, **copies}


def compressed(data: bytes) -> bytes:
    """Return some bytes as gzip (RFC 1952)."""
    return gzip.compress(data, _LEVEL, mtime=0)


def is_compressed(path: str) -> bool:
    """Tell whether a path is that of a compressed copy."""
    return path.endswith(COMPRESSED)
