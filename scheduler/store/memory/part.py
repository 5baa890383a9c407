"""What every part of the memory stands on: a connection, and whether it may change things."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Result

from scheduler.store.faults import UnstorableText
from scheduler.store.posting import NEWS


class Part:
    """A part of what is remembered, within one transaction."""

    def __init__(self, connection: Connection, *, writing: bool) -> None:
        self._connection = connection
        self._writing = writing

    def _look(self, statement: Executable) -> Result[Any]:
        with _storable_text():
            return self._connection.execute(statement)

    def _change(self, statement: Executable) -> CursorResult[Any]:
        """Carry out a change; raises `RuntimeError` behind the door for reading."""
        self._refuse_to_change_while_reading()
        with _storable_text():
            return self._connection.execute(statement)

    def _add_all(self, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
        """Carry out an insertion once for each row, however many; raises as `_change` does."""
        self._refuse_to_change_while_reading()
        if rows:
            with _storable_text():
                self._connection.execute(statement, [dict(row) for row in rows])

    def _wake_workers(self) -> None:
        """Tell whoever listens once this transaction stands; a file has nobody who could."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"NOTIFY {NEWS}")

    def _refuse_to_change_while_reading(self) -> None:
        if not self._writing:
            raise RuntimeError("this memory is for reading; enter by writing() to change it")


@contextmanager
def _storable_text() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UnstorableText(f"the text {error.object!a}") from error
