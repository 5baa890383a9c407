"""Tables of comma-separated values as plain values that know where they stand."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from scheduler.intake.yaml_files import LARGEST_FILE
from scheduler.intake.yaml_tree import BadYaml, Place, Position, Tree, Value

LARGEST_TABLE = 10_000  # rows
WIDEST_TABLE = 100  # columns
_SEPARATORS = ",;\t"
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_WORDS = {"yes": True, "true": True, "no": False, "false": False}


def read_table(
    text: str, key: str, *, numbers: Sequence[str] = (), flags: Sequence[str] = ()
) -> Tree:
    """Return a table as a list of mappings under `key`; its first row names the columns.

    Columns are parted by a comma, a semicolon or a tab. Empty cells are left out; those of the
    columns `numbers` are whole numbers where they look so, those of `flags` yes or no, all others
    text, whatever they look like. A column of a `Place` is that of the table. Raises `BadYaml`.
    """
    rows = list(_rows(text))
    if not rows:
        raise BadYaml(Place(1, 1), "an empty table; name the columns in the first row")
    (line, heads), *below = rows
    names = _names(heads, line)
    keys: dict[Position, Place] = {(key,): Place(line, 1)}
    values: dict[Position, Place] = {(): Place(line, 1), (key,): Place(line, 1)}
    found: list[Value] = []
    for line, cells in below:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            raise BadYaml(
                Place(line, len(names) + 1),
                f"{len(cells)} cells in a table of {len(names)} columns",
            )
        row: dict[str, Value] = {}
        values[(key, len(found))] = Place(line, 1)
        for column, (name, cell) in enumerate(zip(names, cells, strict=False), start=1):
            position = (key, len(found), name)
            keys[position] = values[position] = Place(line, column)
            if cell.strip():
                row[name] = _value(cell, name in numbers, name in flags)
        found.append(row)
    return Tree({key: found}, keys, values)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each row begins in, and its cells."""
    lines = text.splitlines(keepends=True)
    head = lines[0] if lines else ""
    separator = max(_SEPARATORS, key=head.count)
    # A cell can be no larger than its file, which is small enough.
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_FILE))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begin = 1
    try:
        for number, cells in enumerate(reader):
            if number > LARGEST_TABLE:
                raise BadYaml(Place(begin, 1), f"more than {LARGEST_TABLE} rows")
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as fault:
        raise BadYaml(Place(begin, 1), f"not a table: {fault}") from fault


def _names(cells: Sequence[str], line: int) -> list[str]:
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    if len(names) > WIDEST_TABLE:
        raise BadYaml(Place(line, 1), f"more than {WIDEST_TABLE} columns")
    for column, name in enumerate(names, start=1):
        if not name:
            raise BadYaml(Place(line, column), "a column without a name")
        if names.index(name) < column - 1:
            raise BadYaml(Place(line, column), f"the column {name!r} stands here twice")
    return names


def _value(cell: str, is_number: bool, is_flag: bool) -> Value:
    text = " ".join(cell.split())
    words: Mapping[str, bool] = _WORDS if is_flag else {}
    if is_number and _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return words.get(text.lower(), text)
