"""The body of a Word document, paragraph by paragraph, as lines and tables."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from scheduler.intake.documents.document import Table
from scheduler.intake.documents.text.characters import folded, plain
from scheduler.intake.documents.text.left_out import struck_text, tracked_changes
from scheduler.intake.documents.text.source import SourceLine, source_line
from scheduler.intake.documents.word.numbering import Numbering
from scheduler.intake.documents.word.runs import Content, chosen, content_of, is_placeholder
from scheduler.intake.documents.word.styles import Styles, heading_level, is_contents
from scheduler.intake.documents.word.tables import cells_of, is_frame, rows_of, table_of
from scheduler.intake.documents.word.tree import value, whole_number
from scheduler.model.problem import Problem

_TWIPS_PER_COLUMN = 120
_COLUMNS_PER_LEVEL = 4
_UNREAD = {"sectPr", "del", "moveFrom", "pPr", "tblPr", "tcPr", "trPr"}


class Body:
    """What is read so far: `parts` in order, and how many paragraphs were counted.

    A class because lists go on from one paragraph to the next, in cells and notes as well.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.parts: list[SourceLine | Table] = []
        self._styles = styles
        self._numbering = numbering
        self._number = 0
        self._carried = ""
        self._struck: list[Problem] = []
        self._tracked: int | None = None

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What was left out of the text, and why."""
        tracked = () if self._tracked is None else (tracked_changes(self._tracked),)
        return (*tracked, *self._struck)

    def read(self, container: Element) -> None:
        """Read all that stands in a body, a note, a frame or a text box."""
        for block in _blocks(container):
            if block.tag == "p":
                self._read_paragraph(block)
            else:
                self._read_table(block)

    def _read_paragraph(self, paragraph: Element) -> None:
        content = content_of(paragraph)
        properties = paragraph.find("pPr")
        if _mark_is_deleted(properties):
            self._note(content, self._number + 1)
            self._carried += content.text
            return
        self._number += 1
        self._note(content, self._number)
        text, self._carried = self._carried + content.text, ""
        self._add(properties, text)
        for box in content.boxes:
            self.read(box)

    def _add(self, properties: Element | None, text: str) -> None:
        chain = self._styles.chain(value(properties, "pStyle"))
        mark, depth = self._numbering.mark(properties, chain)
        if is_contents(chain) or not text.strip():
            return
        level = heading_level(properties, chain)
        pieces = [text.replace("\n", " ")] if level else text.split("\n")
        indent = depth * _COLUMNS_PER_LEVEL if mark else _indent(properties)
        lines = [
            replace(source_line(self._number, plain(piece)), heading_level=level)
            for piece in pieces
            if piece.strip()
        ]
        lines = [replace(line, indent=line.indent + indent) for line in lines]
        lines[0] = replace(lines[0], mark=mark or None)
        lines[-1] = replace(lines[-1], ends=True)
        self.parts.extend(lines)

    def _read_table(self, table: Element) -> None:
        if is_frame(table):
            for row in rows_of(table):
                for cell in cells_of(row):
                    self.read(cell)
            return
        found = table_of(table, self._number + 1, self._cell_text)
        self._number += len(rows_of(table))
        if found is not None:
            self.parts.append(found)

    def _cell_text(self, cell: Element) -> str:
        texts = (
            self._cell_paragraph(block) if block.tag == "p" else self._table_text(block)
            for block in _blocks(cell)
        )
        return "\n".join(text for text in texts if text)

    def _cell_paragraph(self, paragraph: Element) -> str:
        content = content_of(paragraph)
        self._note(content, self._number + 1)
        properties = paragraph.find("pPr")
        chain = self._styles.chain(value(properties, "pStyle"))
        mark, _ = self._numbering.mark(properties, chain)
        pieces = [folded(plain(piece)) for piece in f"{mark} {content.text}".split("\n")]
        boxed = [self._cell_text(box) for box in content.boxes]
        return "\n".join(piece for piece in (*pieces, *boxed) if piece)

    def _table_text(self, table: Element) -> str:
        rows = [[self._cell_text(cell) for cell in cells_of(row)] for row in rows_of(table)]
        return "\n".join(" | ".join(filter(None, row)) for row in rows)

    def _note(self, content: Content, number: int) -> None:
        if content.tracked and self._tracked is None:
            self._tracked = number
        struck = "".join(content.struck)
        if struck.strip():
            self._struck.append(struck_text(struck, number))


def _blocks(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables in a container, those in wrappers of any kind too."""
    for child in container:
        if child.tag in {"p", "tbl"}:
            yield child
        elif child.tag == "mc:AlternateContent":
            yield from _blocks(chosen(child))
        elif child.tag not in _UNREAD and not is_placeholder(child):
            yield from _blocks(child)


def _mark_is_deleted(properties: Element | None) -> bool:
    """Tell whether a tracked change deleted a paragraph's end, so that it runs into the next."""
    return properties is not None and properties.find("rPr/del") is not None


def _indent(properties: Element | None) -> int:
    found = None if properties is None else properties.find("ind")
    if found is None:
        return 0
    left = whole_number(found.get("left") or found.get("start")) or 0
    hanging = whole_number(found.get("hanging")) or 0
    return max(0, left - hanging) // _TWIPS_PER_COLUMN
