"""Tables set with tabs, or with spaces so that their columns line up."""

import re
from collections.abc import Sequence

from scheduler.intake.documents.document import Row
from scheduler.intake.documents.text.characters import folded
from scheduler.intake.documents.text.marks import bullet_or_order, heading_number
from scheduler.intake.documents.text.pipe_tables import is_rule
from scheduler.intake.documents.text.source import SourceLine, run_from
from scheduler.intake.documents.text.table_head import MOST_COLUMNS, looks_headed

_CELL = re.compile(r"\S+(?: \S+)*")
_TAB = re.compile(r"\t")
_TABS = re.compile(r"\t+")
_DRIFT = 2  # columns by which a cell may stand beside its heading
_FEWEST_ROWS_OF_PAIRS = 3


def tabbed_rows(lines: Sequence[SourceLine], start: int) -> tuple[list[Row], int] | None:
    """Read the rows of cells set apart by tabs that begin at `start`; return how many lines too.

    None where no table begins there.
    """
    first = [cell for cell in lines[start].text.split("\t") if cell.strip()]
    if len(first) < 2 or _is_outline(first):
        return None
    by_tab, by_tabs = _split(lines, start, _TAB), _split(lines, start, _TABS)
    several_tabs_part_two_cells = len(by_tabs) >= len(by_tab) and not _has_gap(by_tabs)
    rows = by_tabs if several_tabs_part_two_cells else by_tab
    return (_rows(rows), len(rows)) if len(rows) > 1 else None


def aligned_rows(lines: Sequence[SourceLine], start: int) -> tuple[list[Row], int] | None:
    """Read the rows of cells that line up under those of the line at `start`, or None."""
    first = _cells(lines[start].text)
    columns = [column for column, _ in first]
    if (
        _is_outline([cell for _, cell in first])
        or not 2 <= len(columns) <= MOST_COLUMNS
        or is_rule(lines[start].text)
    ):
        return None
    rows: list[tuple[int, list[str]]] = []
    taken = 0
    for line in run_from(lines, start):
        if not is_rule(line.text):
            places = _places(line.text, columns)
            if not places:
                break
            _add(rows, line.number, places, len(columns))
        taken += 1
    needed = _FEWEST_ROWS_OF_PAIRS if len(columns) == 2 else 2
    return (_rows(rows), taken) if len(rows) >= needed else None


Places = list[tuple[int, str]]


def _split(
    lines: Sequence[SourceLine], start: int, separator: re.Pattern[str]
) -> list[tuple[int, list[str]]]:
    """Split the lines from `start` on, as long as none has more cells than the first.

    Cells that are empty at the end of a line cannot be seen there, and are added.
    """
    rows: list[tuple[int, list[str]]] = []
    for line in run_from(lines, start):
        cells = [folded(cell) for cell in separator.split(line.text.strip())]
        width = len(rows[0][1]) if rows else len(cells)
        if not 2 <= len(cells) <= min(width, MOST_COLUMNS):
            break
        rows.append((line.number, cells + [""] * (width - len(cells))))
    return rows


def _cells(text: str) -> Places:
    if "\t" in text.strip():
        return []
    return [(found.start(), found[0]) for found in _CELL.finditer(text.expandtabs(8))]


def _places(text: str, columns: list[int]) -> Places | None:
    """Return each cell of a line with its column's index, None where the line is no row."""
    places: Places = []
    end = 0
    for start, cell in _cells(text):
        index = min(range(len(columns)), key=lambda number: abs(columns[number] - start))
        following = places[-1][0] + 1 if places else 0
        if abs(columns[index] - start) > _DRIFT or index < following:
            if not 0 < following < len(columns) or end <= columns[following] - _DRIFT:
                return None
            index = following  # the cell before is wide, and pushed this one aside
        places.append((index, cell))
        end = start + len(cell)
    alone_in_front = len(places) == 1 and places[0][0] == 0
    return None if alone_in_front else places


def _add(rows: list[tuple[int, list[str]]], number: int, places: Places, width: int) -> None:
    """Add a line as a row, or to the row above where it only goes on in one of its cells."""
    if rows and places[0][0] > 0 and (len(places) == 1 or 2 * len(places) <= width):
        above = rows[-1][1]
        for index, cell in places:
            above[index] = folded(f"{above[index]} {cell}")
        return
    cells = [""] * width
    for index, cell in places:
        cells[index] = folded(cell)
    rows.append((number, cells))


def _is_outline(cells: list[str]) -> bool:
    """Tell a numbered heading or list item, a gap after its mark, from a row of two cells."""
    if len(cells) != 2:
        return False
    text = f"{cells[0].strip()} x"
    return bool(bullet_or_order(text) or heading_number(text))


def _has_gap(rows: list[tuple[int, list[str]]]) -> bool:
    return any("" in cells for _, cells in rows)


def _rows(rows: list[tuple[int, list[str]]]) -> list[Row]:
    headed = looks_headed([cells for _, cells in rows])
    return [
        Row(number=number, cells=tuple(cells), header=headed and index == 0)
        for index, (number, cells) in enumerate(rows)
    ]
