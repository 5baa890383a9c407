"""Changes that are made to many rows at once, often, and so put into words once.

What SQLAlchemy does for each execution costs as much as a small change itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Update

Change = Insert | Update | Delete
Row = Mapping[str, object]
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class _Worded:
    """A change as a driver takes it.

    `order` are the names of its values where they go by place, else None; `always` the values that
    are the same for every row, `of_a_row` how those of a row are given to the driver.
    """

    words: str
    order: tuple[str, ...] | None
    always: Mapping[str, object]
    of_a_row: Mapping[str, Callable[[Any], object] | None]

    def parameters(self, row: Row) -> tuple[object, ...] | dict[str, object]:
        """Return the values of one row as the driver takes them."""
        found = dict(self.always)
        for name, given in self.of_a_row.items():
            found[name] = given(row[name]) if given else row[name]
        return found if self.order is None else tuple(map(found.__getitem__, self.order))


def change_each(connection: Connection, change: Change, rows: Sequence[Row]) -> None:
    """Carry out a change once for each of the rows, which all hold the same names."""
    worded = _worded(change, connection.dialect, tuple(rows[0]))
    parameters: Any = [worded.parameters(row) for row in rows]
    connection.exec_driver_sql(worded.words, parameters)


@lru_cache(maxsize=MOST_KEPT)
def _worded(change: Change, dialect: Dialect, names: tuple[str, ...]) -> _Worded:
    compiled: Any = change.compile(dialect=dialect, column_keys=list(names))
    given = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bound in compiled.binds.items()
    }
    always = {
        name: given[name](bound.effective_value) if given[name] else bound.effective_value
        for name, bound in compiled.binds.items()
        if name not in names
    }
    return _Worded(
        words=compiled.string,
        order=tuple(compiled.positiontup) if compiled.positional else None,
        always=always,
        of_a_row={name: given[name] for name in names},
    )
