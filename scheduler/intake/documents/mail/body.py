"""The lines of a mail's body, with the lines of the file they come from where that can be told."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

from scheduler.intake.documents.mail.html_text import html_lines
from scheduler.intake.documents.refusals import DocumentTooLarge
from scheduler.intake.documents.text.characters import plain
from scheduler.intake.documents.text.decoding import decode
from scheduler.intake.documents.text.source import SourceLine, source_line

_QUOTES = re.compile(r"(?:> ?)+")
_LARGEST_HTML = 1_000_000  # characters; Python's parser is slow on some broken HTML


def body_lines(part: EmailMessage, first_line: int, name: str) -> Iterator[SourceLine]:
    """Yield the lines of a text part whose payload begins at `first_line` of the file.

    Raises `DocumentTooLarge`, `UnreadableDocument`.
    """
    text = _decoded(part, name)
    numbers = _line_numbers(part, first_line)
    if part.get_content_subtype() == "html":
        if len(text) > _LARGEST_HTML:
            raise DocumentTooLarge(name, len(text), _LARGEST_HTML)
        lines = (source_line(number, plain(line)) for number, line in html_lines(text))
    else:
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        unified = text.replace("\r\n", "\n").split("\n")
        lines = (_unquoted(number, line, flowed) for number, line in enumerate(unified, start=1))
    for line in lines:
        yield replace(line, number=_at(numbers, line.number - 1, first_line))


def _decoded(part: EmailMessage, name: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("ascii"))
    except (LookupError, UnicodeDecodeError):
        return decode(data, name)[0]


def _line_numbers(part: EmailMessage, first_line: int) -> list[int]:
    """Return the file's line for each decoded one; quoted-printable breaks lines of its own."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "quoted-printable":
        return []
    numbers: list[int] = []
    begun = first_line
    for number, line in enumerate(str(part.get_payload()).splitlines(), start=first_line):
        if not line.rstrip().endswith("="):
            numbers.append(begun)
            begun = number + 1
    return numbers


def _at(numbers: list[int], index: int, first_line: int) -> int:
    return numbers[index] if index < len(numbers) else first_line + index


def _unquoted(number: int, raw: str, flowed: bool) -> SourceLine:
    """Make a line without its `>`; in format=flowed (RFC 3676) a space at its end goes on."""
    quotes = _QUOTES.match(raw)
    text = raw[quotes.end() :] if quotes else raw
    return replace(
        source_line(number, plain(text)),
        quote_depth=quotes[0].count(">") if quotes else 0,
        flows=flowed and raw.endswith(" ") and text != "-- ",
    )
