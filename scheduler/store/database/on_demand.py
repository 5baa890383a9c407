"""A transaction that begins where something is asked of it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable


class OnDemand:
    """A connection that is entered with the first statement, and by none never."""

    def __init__(self, enter: Callable[[], Connection]) -> None:
        """Name the way in; whoever made it leaves again, and says so with `leave`."""
        self._enter = enter
        self._left = False
        self._entered: Connection | None = None

    def execute(self, statement: Executable, parameters: Any = None, /) -> CursorResult[Any]:
        """Carry out a statement, once for each of the parameters."""
        if self._left:
            raise RuntimeError("this memory is closed, for its transaction is over")
        if self._entered is None:
            self._entered = self._enter()
        return self._entered.execute(statement, parameters)

    def leave(self) -> None:
        """Let nothing be asked any more."""
        self._left = True
