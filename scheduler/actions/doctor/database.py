"""Checks of the database, from what it says of itself."""

from scheduler.actions.doctor.checks import Check, error, ok, warning
from scheduler.store.database.inspection import DatabaseState

_BEFORE_AN_UPGRADE = (
    "take a copy that the version before can open, with 'interim backup' or pg_dump; the next verb "
    "but that brings it up to date"
)
_FULL = 2  # PRAGMA synchronous
_NEEDED_OF_SQLITE = {"synchronous": _FULL, "journal_mode": "wal", "foreign_keys": 1}
_NEEDED_OF_POSTGRESQL = {"synchronous_commit": "on", "fsync": "on"}


def check_schema(state: DatabaseState) -> Check:
    """Check that the schema is that of this version; the database has one of ours."""
    if state.version == state.newest:
        return ok("schema", f"version {state.version}, the newest")
    said = f"version {state.version}, and this program's is {state.newest}"
    return warning("schema", said, _BEFORE_AN_UPGRADE)


def check_durability(state: DatabaseState) -> Check:
    """Check that what is confirmed is on the disk, and that readers and a writer get along."""
    needed = _NEEDED_OF_SQLITE if "journal_mode" in state.settings else _NEEDED_OF_POSTGRESQL
    wrong = [
        f"{name} is {state.settings.get(name)} and not {value}"
        for name, value in needed.items()
        if state.settings.get(name) != value
    ]
    if wrong:
        remedy = "set it so on the server" if needed is _NEEDED_OF_POSTGRESQL else _REMEDY
        return error("durability", "; ".join(wrong), remedy)
    return ok("durability", ", ".join(f"{name}={value}" for name, value in needed.items()))


_REMEDY = "keep the database on a local disk, with a SQLite that can do so; the next verb sets it"
