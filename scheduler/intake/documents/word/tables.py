"""Tables of Word: rows of cells, merged ones standing once."""

from collections.abc import Callable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from scheduler.intake.documents.document import Row, Table
from scheduler.intake.documents.text.table_head import looks_headed
from scheduler.intake.documents.word.runs import chosen
from scheduler.intake.documents.word.tree import switched_on, value, whole_number

_MOST_COLUMNS = 63  # Word's own limit
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table that were not deleted in a tracked change."""
    return [row for row in _inside(table, "tr") if row.find("trPr/del") is None]


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row as they are stored."""
    return list(_inside(row, "tc"))


def is_frame(table: Element) -> bool:
    """Tell whether a table has one cell in each row: a frame around text, and no table."""
    return all(len(cells_of(row)) == 1 for row in rows_of(table))


def table_of(table: Element, first_number: int, text_of: Callable[[Element], str]) -> Table | None:
    """Read a table whose first row has `first_number`; None where nothing stands in it.

    `text_of` reads a cell, and is called once for each in their order.
    """
    rows = rows_of(table)
    cells = [_texts(row, text_of) for row in rows]
    if not any(chain.from_iterable(cells)):
        return None
    width = max(map(len, cells))
    filled = [row + [""] * (width - len(row)) for row in cells]
    named = [switched_on(row.find("trPr"), "tblHeader") for row in rows]
    heads = named if any(named) else [looks_headed(filled), *[False] * (len(rows) - 1)]
    return Table(
        rows=tuple(
            Row(number=first_number + index, cells=tuple(row), header=heads[index])
            for index, row in enumerate(filled)
        )
    )


def _inside(node: Element, tag: str) -> Iterator[Element]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)
        elif child.tag == "mc:AlternateContent":
            yield from _inside(chosen(child), tag)


def _texts(row: Element, text_of: Callable[[Element], str]) -> list[str]:
    texts = [""] * _span(row.find("trPr"), "gridBefore", 0)
    for cell in cells_of(row):
        text = text_of(cell)
        properties = cell.find("tcPr")
        goes_on = any(_continues(properties, merge) for merge in ("vMerge", "hMerge"))
        texts.append("" if goes_on else text)
        texts.extend([""] * (_span(properties, "gridSpan", 1) - 1))
    return texts[:_MOST_COLUMNS]


def _span(properties: Element | None, name: str, default: int) -> int:
    number = whole_number(value(properties, name))
    return default if number is None else min(max(number, default), _MOST_COLUMNS)


def _continues(properties: Element | None, merge: str) -> bool:
    found = None if properties is None else properties.find(merge)
    return found is not None and found.get("val", "continue") == "continue"
