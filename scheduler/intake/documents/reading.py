"""From a file to a document: which format it is in, and which reader reads it."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path, PurePath

from scheduler.intake.documents.document import Document
from scheduler.intake.documents.mail.headers import looks_like_mail
from scheduler.intake.documents.mail.reader import read_mail
from scheduler.intake.documents.refusals import (
    DocumentIsFolder,
    DocumentNotReadable,
    DocumentTooLarge,
    EmptyDocument,
    MissingDocument,
)
from scheduler.intake.documents.text.decoding import decode
from scheduler.intake.documents.text.reader import read_text
from scheduler.intake.documents.word.reader import read_word

LARGEST_TEXT = 20_000_000
MOST_LINES = 200_000
LARGEST_WORD_FILE = 60_000_000
_ZIP = b"PK\x03\x04"
_MARKDOWN_ENDINGS = {".md", ".markdown", ".mkd"}
_TEXT_ENDINGS = {".txt", ".text"}


def load(path: Path) -> Document:
    """Read the document at `path`; raises the refusals of `read_document` and those of files."""
    name = str(path)
    try:
        if path.is_dir():
            raise DocumentIsFolder(name)
        size = path.stat().st_size
        if size > LARGEST_WORD_FILE:
            raise DocumentTooLarge(name, size, LARGEST_WORD_FILE)
        return read_document(path.read_bytes(), name)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingDocument(name) from None
    except OSError as fault:
        raise DocumentNotReadable(name, fault.strerror or type(fault).__name__) from None


def read_document(data: bytes, name: str) -> Document:
    """Read a report: Word and mail are known by their content, Markdown by its ending or signs.

    `name` is what messages call it: a file name, or `-`. Raises `UnreadableDocument`,
    `HostileDocument`, `EmptyDocument` and `DocumentTooLarge`.
    """
    if data.startswith(_ZIP):
        _check_size(len(data), name, LARGEST_WORD_FILE)
        return read_word(data, name)
    _check_size(len(data), name, LARGEST_TEXT)
    text, notices = decode(data, name)
    _check_size(len(text.splitlines()), name, MOST_LINES, "lines")
    if not text.strip():
        raise EmptyDocument(name)
    ending = PurePath(name).suffix.lower()
    if ending == ".eml" or (ending not in _MARKDOWN_ENDINGS and looks_like_mail(text)):
        wide = data.startswith((BOM_UTF16_BE, BOM_UTF16_LE))
        return read_mail(text.encode() if wide else data, name, notices)
    by_ending = {**dict.fromkeys(_MARKDOWN_ENDINGS, True), **dict.fromkeys(_TEXT_ENDINGS, False)}
    return read_text(text, name, markdown=by_ending.get(ending), notices=notices)


def _check_size(size: int, name: str, limit: int, unit: str = "bytes") -> None:
    if size > limit:
        raise DocumentTooLarge(name, size, limit, unit)
