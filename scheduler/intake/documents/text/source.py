"""Lines as they come out of a file, before anything is made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.intake.documents.text.characters import plain, split_inside

_TAB_COLUMNS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line, in plain characters, its tabs and inner spaces as they stand.

    `ends` says that a paragraph surely ends with it, `flows` that it surely goes on in the next
    line. `heading_level` and `mark` ("iv.") are what the format itself says; None where only
    the text can tell. `indent` is in columns.
    """

    number: int
    text: str
    indent: int = 0
    ends: bool = False
    flows: bool = False
    heading_level: int | None = None
    mark: str | None = None
    quote_depth: int = 0


def source_line(number: int, text: str) -> SourceLine:
    """Make a source line of plain characters, and measure how far it is indented."""
    expanded = text.expandtabs(_TAB_COLUMNS)
    return SourceLine(
        number=number, text=text.rstrip(), indent=len(expanded) - len(expanded.lstrip())
    )


def source_lines(text: str) -> Iterator[SourceLine]:
    """Yield the lines of a text, numbered as an editor numbers them, blank ones included."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(unified.split("\n"), start=1):
        *pieces, last = split_inside(line)
        for piece in pieces:
            yield replace(source_line(number, plain(piece)), flows=True)
        yield source_line(number, plain(last))


def without_blanks(lines: Iterator[SourceLine]) -> list[SourceLine]:
    """Drop the blank lines; the line before one of them ends its paragraph."""
    kept: list[SourceLine] = []
    for line in lines:
        if line.text.strip() or line.mark:
            kept.append(line)
        elif kept and not kept[-1].ends:
            kept[-1] = replace(kept[-1], ends=True)
    return kept


def run_from(lines: Sequence[SourceLine], start: int) -> Iterator[SourceLine]:
    """Yield the lines from `start` to the end of the block, or to a heading or a counted item."""
    for index in range(start, len(lines)):
        line = lines[index]
        if line.heading_level or line.mark:
            return
        yield line
        if line.ends:
            return
