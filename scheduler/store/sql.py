"""The store on SQLAlchemy Core: making one, opening one, and its two doors."""

import os
from collections.abc import Collection, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from scheduler.model.letter import Letter
from scheduler.store.database.engines import Database, database_at, use_write_ahead_log
from scheduler.store.database.inspection import DatabaseState, inspect_database
from scheduler.store.database.on_demand import OnDemand
from scheduler.store.database.places import Place, read_place
from scheduler.store.database.schema import bring_up, make_schema
from scheduler.store.database.upkeep import copy_database, scrub
from scheduler.store.faults import DatabaseNotWritable
from scheduler.store.memory.attendees import SqlAttendees
from scheduler.store.memory.audit import SqlAudit
from scheduler.store.memory.contributions import SqlContributions
from scheduler.store.memory.duties import SqlDuties
from scheduler.store.memory.marks import SqlMarks
from scheduler.store.memory.people import SqlPeople
from scheduler.store.memory.plans import SqlImports, SqlPlans
from scheduler.store.memory.reminding import SqlReminding
from scheduler.store.memory.requests import SqlRequests
from scheduler.store.memory.tellings import SqlTellings
from scheduler.store.memory.tombstones import SqlTombstones
from scheduler.store.protocol import KeptStore, Memory, Store

PATIENCE_SECONDS = 30.0


class SqlMemory(
    SqlPlans,
    SqlMarks,
    SqlImports,
    SqlPeople,
    SqlRequests,
    SqlReminding,
    SqlTellings,
    SqlContributions,
    SqlDuties,
    SqlTombstones,
    SqlAudit,
    SqlAttendees,
):
    """Fills `scheduler.store.protocol.Memory`.

    People bring along much of it, tellings the outbox.
    """

    def foresee(self, letters: Collection[Letter]) -> None:
        """See at once what is going to be asked about the readers of several letters."""
        self._drop_foreseen()
        self._foresee({("foreseen", one.key): True for one in letters})
        recipients = {one.recipient for one in letters}
        self._foresee_suppressions(recipients)
        self._foresee_submissions(recipients)
        self._foresee_subscriptions({one.subscription for one in letters})

    def has_foreseen(self, letter: Letter) -> bool:
        """Tell whether what is going to be asked about a letter's reader was seen and holds."""
        return ("foreseen", letter.key) in self._seen


class SqlStore:
    """Fills `scheduler.store.protocol.Store`; holds no connection between two transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def reading(self) -> Iterator[Memory]:
        """Look at one unchanging state."""
        with self._database.transaction(writing=False) as connection:
            yield SqlMemory(connection, writing=False)

    @contextmanager
    def writing(self) -> Iterator[Memory]:
        """Look and change: one writer at a time, and all or nothing."""
        with self._database.transaction(writing=True) as connection:
            yield SqlMemory(connection, writing=True)

    @contextmanager
    def kept_open(self) -> Iterator[KeptStore]:
        """Yield the same store over one connection that is kept for many transactions."""
        with self._database.kept_open() as database:
            yield SqlKeptStore(database)

    def copy_to(self, file: Path) -> None:
        """Write a copy of all that is remembered into a new file, while others go on."""
        copy_database(self._database, file)

    def scrub(self) -> None:
        """Leave nothing in the files of what was forgotten."""
        scrub(self._database)


class SqlKeptStore:
    """Fills `scheduler.store.protocol.KeptStore`.

    What stands as long as nobody changes anything is read once.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: dict[Hashable, Any] = {}
        self._seen_at: int | None = None

    @contextmanager
    def reading(self) -> Iterator[Memory]:
        """Look at one unchanging state; what was seen of it before is not looked at again."""
        at = self._database.changes_of_others()
        if at is None or at != self._seen_at:
            self._seen, self._seen_at = {}, at
        with ExitStack() as stack:
            whole = self._database.transaction(writing=False)
            opened = OnDemand(lambda: stack.enter_context(whole))
            stack.callback(opened.leave)
            yield SqlMemory(opened, writing=False, seen=self._seen)

    @contextmanager
    def writing(self) -> Iterator[Memory]:
        """Look and change: one writer at a time, and all or nothing."""
        with self._database.transaction(writing=True) as connection:
            yield SqlMemory(connection, writing=True, seen=self._seen)

    def changes_of_others(self) -> int | None:
        """Return a number that is another one once somebody else has changed anything."""
        return self._database.changes_of_others()


def create(url: str, *, patience: float = PATIENCE_SECONDS) -> Store:
    """Make a new database and open it.

    Takes `sqlite:///FILE` (made readable by its owner alone, for it holds addresses and a
    secret) or `postgresql://…` (an empty database that stands already), and how many seconds
    to wait for others. Raises `DatabaseExists` where one of ours stands, and what `open_store`
    raises; where it raises, nothing is left behind.
    """
    place = read_place(url)
    database = database_at(place, patience)
    made = place.file is not None and _make_file(place, place.file)
    try:
        make_schema(database)
        use_write_ahead_log(database)
    except BaseException:
        if made and place.file is not None:
            _remove_if_empty(place.file)
        raise
    return SqlStore(database)


def open_store(url: str, *, patience: float = PATIENCE_SECONDS) -> Store:
    """Open a database, and bring an older schema up to this version first.

    That happens in one transaction: whatever interrupts it, the database has its old schema
    or the new one, and nothing between. Nothing is made where nothing stands.

    Takes a URL as `create` does. Raises `DatabaseMissing`, `NotAWorkspaceDatabase`,
    `DatabaseTooNew`, `DatabaseBusy`, `DatabaseDamaged`, `DatabaseNotWritable`,
    `DatabaseUnreachable`, `DatabaseDriverMissing`, `UnreadableDatabaseUrl` and
    `UnknownDatabaseKind`; what is not ours is left as it is.
    """
    database = database_at(read_place(url), patience)
    bring_up(database)
    use_write_ahead_log(database)
    return SqlStore(database)


def look_at(url: str, *, patience: float = PATIENCE_SECONDS) -> tuple[DatabaseState, Store]:
    """Return what a database says of itself, and the store in it, changing neither.

    The store can be used where its version is the newest one. Raises as `open_store` does.
    """
    database = database_at(read_place(url), patience)
    return inspect_database(database), SqlStore(database)


def _make_file(place: Place, file: Path) -> bool:
    """Make an empty file for the owner alone; tell whether there was none before."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise DatabaseNotWritable(place.shown, error.strerror or "no reason given") from error
    return True


def _remove_if_empty(file: Path) -> None:
    # Not empty: another process made its database there in the meantime.
    if file.exists() and file.stat().st_size == 0:
        file.unlink()
