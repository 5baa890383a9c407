"""The structure of a document: the Markdown of our templates as headings, lists and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.publication.documents.escaping import unescaped

_HEADING = re.compile(r"(?P<signs>#{1,6}) (?P<text>.*)")
_ITEM = re.compile(r"(?:-|(?P<number>[0-9]{1,3})\.) (?P<text>.*)")
_CELL = re.compile(r"\|((?:[^\\|]|\\.)*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the one of level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one list, numbered from 1 or with bullets."""

    numbered: bool
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the cells of its head, and its rows of as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Grid


def structure_of(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a document that a template wrote, in their order."""
    return tuple(
        block
        for kind, lines in groupby(markdown.split("\n"), key=_kind)
        for block in _blocks(kind, list(lines))
    )


def _kind(line: str) -> str:
    """Return what a line is part of; neighbours of one kind belong together."""
    if line.startswith("|"):
        return "grid"
    if item := _ITEM.match(line):
        return "numbers" if item["number"] else "bullets"
    return "text" if line else ""


def _blocks(kind: str, lines: Sequence[str]) -> Iterator[Block]:
    if kind == "grid":
        head, _, *rows = [_cells(line) for line in lines]
        yield Grid(head, tuple(rows))
    elif kind in ("numbers", "bullets"):
        texts = [match["text"] for line in lines if (match := _ITEM.match(line))]
        yield Items(kind == "numbers", tuple(map(unescaped, texts)))
    elif kind:
        yield from map(_text, lines)


def _text(line: str) -> Block:
    heading = _HEADING.match(line)
    if heading is None:
        return Paragraph(unescaped(line))
    return Heading(len(heading["signs"]), unescaped(heading["text"]))


def _cells(line: str) -> tuple[str, ...]:
    *cells, _ = _CELL.findall(line)
    return tuple(unescaped(cell.strip()) for cell in cells)
