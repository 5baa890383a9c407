"""What every part of the memory stands on: a connection, and whether it may change things."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Result

from scheduler.store.faults import UnstorableText
from scheduler.store.memory.tables import letters, refusals
from scheduler.store.memory.telling_tables import gatherings
from scheduler.store.memory.worded import Change, Row, change_each
from scheduler.store.posting import NEWS

Found = TypeVar("Found")
_NEVER_SEEN = (letters, gatherings, refusals)
MOST_SEEN = 4096
_FORESEEN = "the names of what was foreseen last"


class Executing(Protocol):
    """A connection, as far as the memory needs one."""

    def execute(self, statement: Executable, parameters: Any = None, /) -> CursorResult[Any]:
        """Carry out a statement, once for each of the parameters."""


class Part:
    """A part of what is remembered, within one transaction."""

    def __init__(
        self, connection: Executing, *, writing: bool, seen: dict[Hashable, Any] | None = None
    ) -> None:
        """Work over a connection; `seen` is what was read before and holds still, where known.

        What is seen while writing is not added to it, for it may never come to stand.
        """
        self._connection = connection
        self._writing = writing
        self._before = {} if seen is None else seen
        self._seen: dict[Hashable, Any] = {} if writing else self._before

    def _once(self, name: Hashable, look: Callable[[], Found]) -> Found:
        """Return what was seen under a name, or look."""
        if name not in self._seen:
            self._make_room()
            self._seen[name] = look()
        found: Found = self._seen[name]
        return found

    def _foresee(self, seen: Mapping[Hashable, Any]) -> None:
        """Keep what was seen of several at once, for those who will look at one after another."""
        self._seen.update(seen)
        self._seen.setdefault(_FORESEEN, []).extend(seen)

    def _drop_foreseen(self) -> None:
        """Make room for what is foreseen next; all else that was seen stays."""
        for name in self._seen.pop(_FORESEEN, ()):
            self._seen.pop(name, None)

    def _make_room(self) -> None:
        if len(self._seen) > MOST_SEEN:
            self._seen.clear()

    def _look(self, statement: Executable, values: Row | None = None) -> Result[Any]:
        with _storable_text():
            return self._connection.execute(statement, values)

    def _change(self, statement: Executable) -> CursorResult[Any]:
        """Carry out a change; raises `RuntimeError` behind the door for reading."""
        connection = self._to_change()
        self._forget(statement)
        with _storable_text():
            return connection.execute(statement)

    def _change_each(self, change: Change, rows: Sequence[Row]) -> None:
        """Carry out a change once for each row, however many; raises as `_change` does."""
        connection = self._to_change()
        if rows:
            self._forget(change)
            with _storable_text():
                change_each(connection, change, rows)

    def _forget(self, statement: Executable) -> None:
        """Let nothing pass for seen that a change may concern."""
        if getattr(statement, "table", None) not in _NEVER_SEEN:
            self._seen.clear()
            self._before.clear()

    def _wake_workers(self) -> None:
        """Tell whoever listens once this transaction stands; a file has nobody who could."""
        connection = self._connection
        if isinstance(connection, Connection) and connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"NOTIFY {NEWS}")

    def _to_change(self) -> Connection:
        if not self._writing or not isinstance(self._connection, Connection):
            raise RuntimeError("this memory is for reading; enter by writing() to change it")
        return self._connection


@contextmanager
def _storable_text() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UnstorableText(f"the text {error.object!a}") from error
