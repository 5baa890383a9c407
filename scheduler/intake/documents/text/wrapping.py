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
_NARROWEST_WRAP = 40
_LENGTH_OF_PROSE = 60
_FEWEST_WRAPPED = 3
_GAP = "   "  # what stands left and right on one line, and no prose
_RAGGED = 15  # columns that a long word leaves empty at the end of a line
_SHAPE_LENGTH = 3
_MOST_LINES = 400  # of one paragraph; beyond that it is no paragraph that anybody wrote


@dataclass(frozen=True, slots=True)
class Placed:
    """A line as it is understood, with the line of the file it came from."""

    line: Line
    source: SourceLine


def wrap_width(lines: Sequence[SourceLine]) -> int | None:
    """Return the column at which a text was wrapped, None where it is not seen to be wrapped.

    It is where several lines end close to one another, or where one ends that is as long as only
    prose is, and no more lines are longer than that.
    """
    lengths = sorted(len(line.text) for line in lines if not line.ends and " " in line.text)
    wrapped = [length for length in lengths if _NARROWEST_WRAP <= length <= _WIDEST_WRAP]
    if not wrapped or len(wrapped) < sum(length > _WIDEST_WRAP for length in lengths):
        return None
    width = wrapped[(len(wrapped) - 1) * 9 // 10]
    near = sum(width - _RAGGED <= length <= width for length in wrapped)
    if near >= _FEWEST_WRAPPED:
        return width
    return wrapped[-1] if wrapped[-1] >= _LENGTH_OF_PROSE else None


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
    return markdown or hanging or _was_wrapped(open_lines, entry, width)


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


def _was_wrapped(open_lines: Sequence[Placed], entry: Placed, width: int | None) -> bool:
    """Tell whether a sentence goes on, or the next word would not have fitted into the line."""
    last = open_lines[-1]
    if _GAP in last.source.text.strip():
        return False
    text = entry.source.text.strip()
    length = len(last.source.text)
    if width is not None and length + 1 + len(text.partition(" ")[0]) >= width:
        return True
    if last.line.text.endswith((".", ":", ";", "!", "?")) or length > _WIDEST_WRAP:
        return False
    if text[:1].islower() and length >= _NARROWEST_WRAP:
        return True
    if text[:1].isdigit() and length >= _LENGTH_OF_PROSE:
        return True
    in_prose = len(open_lines) > 1 and open_lines[0].line.item is None
    return width is not None and (in_prose or _nearly_full(last, width))


def _nearly_full(last: Placed, width: int) -> bool:
    return last.line.item is None and len(last.source.text) >= width - _RAGGED
