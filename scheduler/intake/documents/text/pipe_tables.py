"""Tables drawn with `|`: Markdown, grids, and boxes of line characters."""

import re
from collections.abc import Sequence
from itertools import takewhile

from scheduler.intake.documents.document import Row
from scheduler.intake.documents.text.characters import folded
from scheduler.intake.documents.text.source import SourceLine, run_from
from scheduler.intake.documents.text.table_head import MOST_COLUMNS

_BOX_BARS = str.maketrans(dict.fromkeys("│┃║┆┊", "|"))
_RULE = re.compile(r"[\s|+:=─━═┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╟╫╢╞╪╡-]+")
_STROKES = re.compile(r"[-=─━═]{2,}|:-")
_BAR = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


def pipe_rows(lines: Sequence[SourceLine], start: int) -> tuple[list[Row], int]:
    """Read the table drawn from `start` on; return its rows, and how many lines are drawn.

    No rows where the lines are no table.
    """
    drawn = _drawn(lines, start)
    groups = _groups(drawn)
    cells = [row for group in groups for row in group]
    ruled = any(is_rule(line.text) for line in drawn)
    widths = {len(row) for _, row in cells}
    width = max(widths, default=0)
    if width < 2 or not (ruled or (len(cells) > 1 and len(widths) == 1)):
        return [], len(drawn)
    boxed = is_rule(drawn[0].text)
    rows = [row for group in groups for row in _logical(group, groups)] if boxed else cells
    headed = len(groups) > 1 and len(groups[0]) == 1
    return [
        Row(number=number, cells=_filled(row, width), header=headed and index == 0)
        for index, (number, row) in enumerate(rows)
    ], len(drawn)


def is_rule(text: str) -> bool:
    """Tell whether a line only draws a line."""
    return bool(_RULE.fullmatch(text) and _STROKES.search(text))


Cells = tuple[int, tuple[str, ...]]


def _drawn(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    """Return the lines from `start` on that are part of one drawing."""
    return list(takewhile(_is_drawn, run_from(lines, start)))


def _is_drawn(line: SourceLine) -> bool:
    bars = line.text.translate(_BOX_BARS).count("|")
    return 0 < bars <= MOST_COLUMNS or is_rule(line.text)


def _groups(lines: Sequence[SourceLine]) -> list[list[Cells]]:
    """Return the rows' cells, in the groups that rules set apart."""
    groups: list[list[Cells]] = [[]]
    for line in lines:
        if not is_rule(line.text):
            groups[-1].append((line.number, _cells(line.text)))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _cells(text: str) -> tuple[str, ...]:
    parts = _BAR.split(text.strip().translate(_BOX_BARS))
    if parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return tuple(_cell(part) for part in parts)


def _cell(text: str) -> str:
    pieces = _LINE_BREAK.split(text.replace("\\|", "|"))
    return "\n".join(folded(piece) for piece in pieces if piece.strip())


def _logical(group: list[Cells], groups: list[list[Cells]]) -> list[Cells]:
    """Merge the lines of one row of a grid: all of a group where rules part every row.

    Where only the head is ruled off, a line whose first cell is empty goes on with the row above.
    """
    every_row_is_ruled = len(groups) > 2
    rows: list[Cells] = []
    for number, cells in group:
        if rows and (every_row_is_ruled or not cells[0]):
            rows[-1] = (rows[-1][0], _merged(rows[-1][1], cells))
        else:
            rows.append((number, cells))
    return rows


def _merged(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    width = max(len(above), len(below))
    pairs = zip(_filled(above, width), _filled(below, width), strict=True)
    return tuple(folded(f"{upper} {lower}") for upper, lower in pairs)


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))
