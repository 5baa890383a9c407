"""What every part of the memory stands on: a connection, and whether it may change things."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Result

from scheduler.store.faults import UnstorableText


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
        if not self._writing:
            raise RuntimeError("this memory is for reading; enter by writing() to change it")
        with _storable_text():
            return self._connection.execute(statement)


@contextmanager
def _storable_text() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UnstorableText(f"the text {error.object!a}") from error
