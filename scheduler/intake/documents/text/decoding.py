"""From bytes to text: which encoding it is, or what it is if it is no text."""

import codecs

from scheduler.intake.documents.refusals import UnreadableDocument
from scheduler.model.problem import Problem, Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text file (.rtf)"),
)
_WEB_PAGES = (b"<!doctype html", b"<html")
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r\f\v\x1b"))
_MOST_CONTROLS = 0.02


def decode(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of `data`, and a notice where its encoding had to be guessed.

    UTF-8, UTF-16 and UTF-32 by their marks, UTF-8 without one, else Windows-1252. Raises
    `UnreadableDocument` for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, name), ()
    refuse_binary(data, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as fault:
        return _guess(data, fault.start, name)


def refuse_binary(data: bytes, name: str) -> None:
    """Raise `UnreadableDocument` for what is known to be no text."""
    kind = _known_kind(data)
    if kind is not None:
        raise UnreadableDocument(name, kind)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _MOST_CONTROLS * len(data):
        raise UnreadableDocument(name, "binary data")


def _known_kind(data: bytes) -> str | None:
    if data.startswith(_OLD_OFFICE):
        if _PASSWORD_STREAM in data:
            return "an Office document protected by a password"
        return "an old Word document (.doc) or another old Office file"
    if data.lstrip()[:20].lower().startswith(_WEB_PAGES):
        return "a web page"
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableDocument(name, f"damaged {encoding.upper()} text") from None


def _guess(data: bytes, bad: int, name: str) -> tuple[str, tuple[Problem, ...]]:
    line = data.count(b"\n", 0, bad) + 1
    patched = data.decode("utf-8", errors="replace")
    broken = patched.count("\ufffd")
    sound = sum(1 for char in patched if char > "\x7f") - broken
    if sound > broken:
        return patched, (_notice("UTF-8 with damaged characters", line),)
    try:
        return data.decode("cp1252"), (_notice("Windows-1252", line),)
    except UnicodeDecodeError:
        raise UnreadableDocument(name, "text in an unknown encoding", "save it as UTF-8") from None


def _notice(encoding: str, line: int) -> Problem:
    return Problem(
        "encoding_guessed",
        Severity.NOTICE,
        f"the text is not valid UTF-8 and was read as {encoding}; save it as UTF-8",
        line,
    )
