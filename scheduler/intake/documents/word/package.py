"""The zip that a Word document is, opened only after a look at its directory."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.intake.documents.refusals import HostileDocument, UnreadableDocument

_MOST_ENTRIES = 3_000
_LARGEST_WHOLE = 400_000_000
_LARGEST_PART = 40_000_000
_RATIO_FROM = 2_000_000  # a small part may well be all repetition
_HIGHEST_RATIO = 120  # document parts of real reports lie between 5 and 40
_ENCRYPTED = 0x1
# What the standard library raises over damaged archives, several by accident.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, KeyError, OverflowError,
    RuntimeError, OSError,
)  # fmt: skip
_OTHER_KINDS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file (.odt)"),
    ("mimetype", "an e-book or OpenDocument file"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """An opened document: `name` for messages, and the parts by their paths."""

    name: str
    archive: zipfile.ZipFile
    parts: frozenset[str]

    def read(self, path: str) -> bytes | None:
        """Return a part's bytes, None where there is none; raises the refusals of `opened`."""
        if path not in self.parts:
            return None
        try:
            with self.archive.open(path) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except _BROKEN:
            raise _damaged(self.name) from None
        if len(data) > _LARGEST_PART:
            raise HostileDocument(self.name, f"{path} is larger than the archive says")
        return data


def opened(data: bytes, name: str) -> Package:
    """Open a Word document; raises `UnreadableDocument` or `HostileDocument`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise _damaged(name) from None
    entries = archive.infolist()
    fault = _fault(entries)
    if fault is not None:
        raise HostileDocument(name, fault)
    paths = frozenset(entry.filename for entry in entries)
    if not any(path.startswith("word/") for path in paths):
        raise UnreadableDocument(name, _kind(paths))
    return Package(name, archive, paths)


def _fault(entries: Sequence[zipfile.ZipInfo]) -> str | None:
    if len(entries) > _MOST_ENTRIES:
        return f"it holds {len(entries):,} files where {_MOST_ENTRIES:,} are allowed"
    if len({entry.filename for entry in entries}) < len(entries):
        return "it holds two files of the same name"
    whole = sum(entry.file_size for entry in entries)
    if whole > _LARGEST_WHOLE:
        return f"it would unpack to {whole:,} bytes where {_LARGEST_WHOLE:,} are allowed"
    return next(filter(None, map(_entry_fault, entries)), None)


def _entry_fault(entry: zipfile.ZipInfo) -> str | None:
    path = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        return f"{path!r} in it is encrypted"
    if path.startswith("/") or ":" in path or ".." in path.split("/"):
        return f"it holds a file with the path {path!r}, which leads out of it"
    is_text = path.endswith((".xml", ".rels"))
    if is_text and entry.file_size > _LARGEST_PART:
        return f"{path!r} in it would unpack to {entry.file_size:,} bytes"
    ratio = entry.file_size // max(1, entry.compress_size)
    if is_text and entry.file_size > _RATIO_FROM and ratio > _HIGHEST_RATIO:
        return f"{path!r} in it would unpack to {ratio:,} times its size"
    return None


def _kind(paths: frozenset[str]) -> str:
    for start, kind in _OTHER_KINDS:
        if any(path.startswith(start) for path in paths):
            return kind
    return "a zip archive"


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(name, "a damaged Word document", "open it in Word and save it again")


def resolved(base: str, target: str) -> str:
    """Return the path of a relationship's target, told from the part it is a target of."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
