"""A document as its readers see it: lines, paragraphs and tables, each with its source line.

Every format is read into these values, and the grammar of reports knows no other. Text is
clean: stray `[bookmark: …]`, soft hyphens and zero-width characters are gone, every kind of space
is a plain one, and runs of spaces are single. Curly quotes and dashes stay as written.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.model.problem import Problem


class Format(StrEnum):
    """What a document was read as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    WORD = "word"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, or one paragraph of Word (or the part of one up to a line break).

    `number` counts from 1 in the source text; in Word it counts paragraphs as they show from top
    to bottom, the empty ones too, a row of a table as one. `written` is the whole line, clean;
    `text` is what remains without its heading number or list mark.

    `heading_level` is 1 for the highest, None for what is no heading; `heading_number` is "6" or
    "2.3" where it has one. `item` is the list mark without its punctuation ("i", "a", "1", "·",
    "-", "*"), None for what is no list item, and `item_level` its depth from 0. `quote_depth`
    counts the `>` of an answered mail.
    """

    number: int
    text: str
    written: str
    heading_level: int | None = None
    heading_number: str | None = None
    item: str | None = None
    item_level: int = 0
    quote_depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Lines that belong together: a heading, a list item or a paragraph, joined over its wraps.

    `text` joins the `text` of its lines, `marks` holds where in it each line
    begins and that line's number. The heading and item fields are its first line's.
    """

    text: str
    lines: tuple[Line, ...]
    marks: tuple[tuple[int, int], ...]

    @property
    def number(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def heading_level(self) -> int | None:
        """The level of a heading, 1 the highest; None for what is no heading."""
        return self.lines[0].heading_level

    @property
    def heading_number(self) -> str | None:
        """The number of a heading, where it has one."""
        return self.lines[0].heading_number

    @property
    def item(self) -> str | None:
        """The list mark without its punctuation; None for what is no list item."""
        return self.lines[0].item

    @property
    def item_level(self) -> int:
        """The depth of a list item, from 0."""
        return self.lines[0].item_level

    @property
    def quote_depth(self) -> int:
        """How many `>` stand before it in a mail."""
        return self.lines[0].quote_depth

    def line_at(self, offset: int) -> int:
        """Return the number of the source line in which the character at `offset` stands."""
        return self.marks[max(0, bisect_right(self.marks, offset, key=_offset) - 1)][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; a cell of several paragraphs holds them with newlines between.

    A cell merged over several columns or rows stands once, where it begins, and is empty in the
    other places, so that all rows are of one length.
    """

    number: int
    cells: tuple[str, ...]
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in the text, of Markdown, of aligned columns, or of Word."""

    rows: tuple[Row, ...]

    @property
    def number(self) -> int:
        """The number of its first row's line."""
        return self.rows[0].number


Block = Passage | Table
_HELD = re.compile(r"\w[-–]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that was read: `blocks` in their order, and every line that is not empty.

    `lines` holds the rows of tables too, their cells joined by " | ". `sent` and `subject` are a
    mail's headers (`sent` is the day where its sender's clock stood); `running_heads` what stands
    at the top of each page of a Word document, its number with some bodies. `notices` say what
    had to be guessed.
    """

    name: str
    format: Format
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    sent: date | None = None
    subject: str | None = None
    running_heads: tuple[str, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The blocks that are no tables."""
        return tuple(block for block in self.blocks if isinstance(block, Passage))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The blocks that are tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def joined(lines: tuple[Line, ...]) -> Passage:
    """Join lines, at least one, into a passage that knows where each of them begins.

    After a hyphen or dash that holds two parts together ("1300-" before "1430") no space is set.
    """
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    offset = 0
    for index, line in enumerate(lines):
        last = index + 1 == len(lines)
        piece = line.text if last or _HELD.search(line.text) else f"{line.text} "
        marks.append((offset, line.number))
        pieces.append(piece)
        offset += len(piece)
    return Passage(text="".join(pieces), lines=lines, marks=tuple(marks))


def _offset(mark: tuple[int, int]) -> int:
    return mark[0]
