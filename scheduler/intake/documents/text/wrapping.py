"""Paragraphs: which lines belong together, although the text breaks between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.intake.documents.document import Line, Passage, joined
from scheduler.intake.documents.text.source import SourceLine

_LABEL = re.compile(r"[^\W\d_][^\W_]*(?:[ /'’()&-]{1,2}[^\W_]+){0,4}\)? ?:(?:\s|$)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_HELD_OPEN = re.compile(r"\w[-–]$")  # "1300-" goes on with "1430"
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 45
_SHAPE_LENGTH = 3
_MOST_LINES = 400  # of one paragraph; beyond that it is no paragraph that anybody wrote


@dataclass(frozen=True, slots=True)
class Placed:
    """A line as it is understood, with the line of the file it came from."""

    line: Line
    source: SourceLine


def wrap_width(lines: Sequence[SourceLine]) -> int | None:
    """Return the column at which a text was wrapped, None where each line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if not line.ends and " " in line.text)
    if not lengths:
        return None
    width = lengths[(len(lengths) - 1) * 9 // 10]
    return width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP else None


def passages(placed: Sequence[Placed], width: int | None, *, markdown: bool) -> list[Passage]:
    """Join lines, in their order, into headings, list items and paragraphs."""
    found: list[Passage] = []
    open_lines: list[Placed] = []
    for entry in placed:
        if open_lines and not _continues(open_lines, entry, width, markdown=markdown):
            found.append(_passage(open_lines))
            open_lines = []
        open_lines.append(entry)
    if open_lines:
        found.append(_passage(open_lines))
    return found


def _passage(placed: Sequence[Placed]) -> Passage:
    return joined(tuple(entry.line for entry in placed))


def _continues(
    open_lines: Sequence[Placed], entry: Placed, width: int | None, *, markdown: bool
) -> bool:
    first, last = open_lines[0], open_lines[-1]
    if _stands_apart(last, entry) or len(open_lines) >= _MOST_LINES:
        return False
    if last.source.flows or _HELD_OPEN.search(last.line.text):
        return True
    if _is_label(entry.line.written) or _same_shape(first.line.written, entry.line.written):
        return False
    hanging = first.line.item is not None and entry.source.indent > first.source.indent
    return markdown or hanging or (width is not None and _was_wrapped(last, entry, width))


def _stands_apart(last: Placed, entry: Placed) -> bool:
    return (
        last.source.ends
        or last.line.heading_level is not None
        or entry.line.heading_level is not None
        or entry.line.item is not None
        or last.line.quote_depth != entry.line.quote_depth
    )


def _is_label(text: str) -> bool:
    return text[:1].isupper() and _LABEL.match(text) is not None


def _same_shape(first: str, second: str) -> bool:
    """Tell whether both begin alike with a number, as rows such as "20 February 2024 …" do."""
    shape = _shape(first)
    return "0" in shape and shape == _shape(second)


def _shape(text: str) -> str:
    tokens = _TOKEN.findall(text[:40])[:_SHAPE_LENGTH]
    return "".join("0" if token[0].isdigit() else "a" for token in tokens)


def _was_wrapped(last: Placed, entry: Placed, width: int) -> bool:
    """Tell whether the next word would not have fitted into the line before."""
    text = entry.source.text.strip()
    first_word = text.partition(" ")[0]
    if len(last.source.text) + 1 + len(first_word) >= width:
        return True
    unfinished = not last.line.text.endswith((".", ":", ";", "!", "?"))
    return unfinished and text[:1].islower() and len(last.source.text) >= _NARROWEST_WRAP
