"""The record, kept beside the published files, of which files are ours."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

MANIFEST = ".interim-manifest.json"
NEXT = ".interim-next"  # a publication that stands, and whose files have no places yet
_OURS = ".interim-"
_NEXT_LINE = ",\n"
# Without these, none of many thousand paths has to be looked at.
_SIGNS_OF_OUTSIDE = (b'"/', b'/"', b'".', b'""', b"//", b"/.", b"\\")


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def read_manifest(out: Path) -> Mapping[str, str]:
    """Return the digest of each file published in `out`, by its path below it.

    Empty where nothing was published, and where the record is damaged: what it no longer
    vouches for is treated as somebody else's.
    """
    try:
        data = (out / MANIFEST).read_bytes()
        found = json.loads(data)
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict) or not {*map(type, found.values())} <= {str}:
        return {}
    if not any(sign in data for sign in _SIGNS_OF_OUTSIDE):
        return found
    return {path: value for path, value in found.items() if _is_inside(path)}


def manifest_bytes(digests: Mapping[str, str]) -> bytes:
    """Return the record as it is stored: sorted, one file a line."""
    return f"{json.dumps(digests, sort_keys=True, separators=(_NEXT_LINE, ': '))}\n".encode()


def is_our_own(path: str) -> bool:
    """Tell whether a path below the folder is of a publication's own records, not for readers."""
    return path.startswith(_OURS)


def _is_inside(path: str) -> bool:
    framed = f"/{path}/"
    return not any(part in framed for part in ("//", "/.", "\\"))
