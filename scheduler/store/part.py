"""What every part of the memory stands on: a connection, and whether it may change things."""

from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Result


class Part:
    """A part of what is remembered, within one transaction."""

    def __init__(self, connection: Connection, *, writing: bool) -> None:
        self._connection = connection
        self._writing = writing

    def _look(self, statement: Executable) -> Result[Any]:
        return self._connection.execute(statement)

    def _change(self, statement: Executable) -> CursorResult[Any]:
        """Carry out a change; raises `RuntimeError` behind the door for reading."""
        if not self._writing:
            raise RuntimeError("this memory is for reading; enter by writing() to change it")
        return self._connection.execute(statement)
