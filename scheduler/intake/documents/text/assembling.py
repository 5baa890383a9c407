"""The one way from lines to a document's blocks, whatever format they came in."""

from collections.abc import Sequence

from scheduler.intake.documents.document import Block, Line, Passage, Row, Table
from scheduler.intake.documents.text.column_tables import aligned_rows, tabbed_rows
from scheduler.intake.documents.text.outline import Outline, Setting, classify
from scheduler.intake.documents.text.pipe_tables import is_rule, pipe_rows
from scheduler.intake.documents.text.source import SourceLine
from scheduler.intake.documents.text.wrapping import Placed, passages, wrap_width

Part = SourceLine | Table


def assemble(parts: Sequence[Part], *, markdown: bool = False) -> tuple[Block, ...]:
    """Make blocks of lines, none of them blank, and of tables that are known already."""
    width = wrap_width([part for part in parts if isinstance(part, SourceLine)])
    blocks: list[Block] = []
    placed: list[Placed] = []
    for part in _outlined(_with_tables(parts), markdown=markdown):
        if isinstance(part, Placed):
            placed.append(part)
        else:
            blocks.extend(passages(placed, width, markdown=markdown))
            blocks.append(part)
            placed = []
    return (*blocks, *passages(placed, width, markdown=markdown))


def lines_of(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Return every line of the blocks, those of tables with their cells joined."""
    return tuple(
        line
        for block in blocks
        for line in (
            block.lines if isinstance(block, Passage) else [_line_of(row) for row in block.rows]
        )
    )


def _line_of(row: Row) -> Line:
    text = " | ".join(row.cells).replace("\n", " ")
    return Line(number=row.number, text=text, written=text)


def _with_tables(parts: Sequence[Part]) -> list[Part]:
    """Put each table that is drawn in the text in the place of its lines."""
    found: list[Part] = []
    run: list[SourceLine] = []
    for part in parts:
        if isinstance(part, SourceLine):
            run.append(part)
        else:
            found.extend((*_tables_in(run), part))
            run = []
    return [*found, *_tables_in(run)]


def _tables_in(lines: Sequence[SourceLine]) -> list[Part]:
    found: list[Part] = []
    index = 0
    no_drawing_before = 0
    while index < len(lines):
        rows, taken = ([], 0) if index < no_drawing_before else pipe_rows(lines, index)
        if not rows:
            no_drawing_before = max(no_drawing_before, index + taken)
            rows, taken = tabbed_rows(lines, index) or aligned_rows(lines, index) or ([], 1)
        found.append(Table(rows=tuple(rows)) if rows else lines[index])
        index += taken
    return [part for part in found if isinstance(part, Table) or not _is_ornament(part)]


def _is_ornament(line: SourceLine) -> bool:
    """Tell whether a line has nothing to read in it, such as `* * *`."""
    return line.mark is None and (is_rule(line.text) or not any(map(str.isalnum, line.text)))


def _outlined(parts: Sequence[Part], *, markdown: bool) -> list[Placed | Table]:
    outline = Outline()
    found: list[Placed | Table] = []
    for index, part in enumerate(parts):
        if isinstance(part, Table):
            found.append(part)
            continue
        after = parts[index + 1] if index + 1 < len(parts) else None
        setting = Setting(line=part, following=after, markdown=markdown)
        line, outline = classify(setting, outline)
        found.append(Placed(line, part))
    return found
