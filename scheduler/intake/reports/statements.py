"""A document as statements: sentences, list items and tables, each with what leads up to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.intake.documents.document import Document, Passage, Table
from scheduler.intake.moments import Context, DateFound, Found, scan
from scheduler.intake.reports.blocks import (
    blocks_of,
    is_dated,
    leads_with_date,
    numbered,
    paragraphs,
)
from scheduler.intake.reports.sentences import LONGEST, sentences

_SENTENCES_OF_LEAD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: the sentences that lead up to it in its section, and the headings
    above it, the nearest first in both.
    """

    lead: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence, a heading or a list item, with the moments in it.

    `offset` is where its text begins in the passage; `run` numbers the list it is an item of,
    None for running text.
    """

    text: str
    passage: Passage
    offset: int
    place: Place
    run: int | None
    found: tuple[Found, ...]

    @property
    def line(self) -> int:
        """The number of its first source line."""
        return self.line_at(0)

    @property
    def is_heading(self) -> bool:
        """Tell whether it is a heading."""
        return self.passage.heading_level is not None

    @property
    def dates(self) -> tuple[DateFound, ...]:
        """The dates in it."""
        return tuple(found for found in self.found if isinstance(found, DateFound))

    def line_at(self, offset: int) -> int:
        """Return the source line of the character at `offset` of the text."""
        return self.passage.line_at(self.offset + offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace:
    """A table, and where it stands."""

    table: Table
    place: Place


def statements(document: Document, context: Context) -> tuple[Statement | TablePlace, ...]:
    """Return the statements and tables of a document in their order."""
    return tuple(_Walk(context).through(document))


class _Walk:
    """One pass over the blocks, remembering headings, lead sentences and the open list."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._headings: list[tuple[int, str]] = []
        self._told: list[str] = []
        self._run = 0
        self._open: tuple[str, int] | None = None
        self._place = Place()

    def through(self, document: Document) -> Iterator[Statement | TablePlace]:
        """Yield what stands in the document."""
        for block in blocks_of(document, self._context):
            if isinstance(block, Table):
                self._open = None
                yield TablePlace(table=block, place=self._here())
            elif block.heading_level is not None and not is_dated(block, self._context):
                yield from self._heading(block)
            elif block.heading_number is not None:
                # numbered lines that begin with a date are entries, whatever they look like
                yield self._item(numbered(block), ("number", 0))
            elif block.item is not None and len(block.text) <= LONGEST:
                yield self._item(block, (_family(block.item), block.item_level))
            else:
                yield from self._prose(block)

    def _heading(self, block: Passage) -> Iterator[Statement]:
        self._open = None
        level = block.heading_level or 1
        self._headings = [above for above in self._headings if above[0] < level]
        text = block.text[:LONGEST]
        yield self._statement(block, 0, text, None, self._here())
        self._headings.append((level, text))
        self._told = []

    def _item(self, block: Passage, kind: tuple[str, int]) -> Statement:
        if self._open != kind:
            self._open = kind
            self._run += 1
            self._place = self._here()
        statement = self._statement(block, 0, block.text, self._run, self._place)
        if not leads_with_date(statement.text, statement.found):
            self._tell(statement.text)
        return statement

    def _prose(self, block: Passage) -> Iterator[Statement]:
        for part in paragraphs(block, self._context):
            if part.item is not None:
                yield self._item(part, (part.item, part.item_level))
                continue
            self._open = None
            for offset, text in sentences(part.text):
                yield self._statement(part, offset, text, None, self._here())
                self._tell(text)

    def _tell(self, text: str) -> None:
        self._told.extend(sentence for _, sentence in sentences(text))
        del self._told[:-_SENTENCES_OF_LEAD]

    def _here(self) -> Place:
        return Place(
            lead=tuple(reversed(self._told)),
            headings=tuple(text for _, text in reversed(self._headings)),
        )

    def _statement(
        self, passage: Passage, offset: int, text: str, run: int | None, place: Place
    ) -> Statement:
        return Statement(
            text=text,
            passage=passage,
            offset=offset,
            place=place,
            run=run,
            found=scan(text, self._context),
        )


def _family(mark: str) -> str:
    if mark[:1].isdecimal():
        return "number"
    return "letter" if mark[:1].isalpha() else mark
