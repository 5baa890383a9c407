"""`audit`: the rows of who did what when, and whether they still are as they were written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.model.audit import AuditBreak, AuditRow, first_break
from scheduler.model.moment import Instant
from scheduler.store.protocol import Memory, Store

LAST_BACKUP = "last_backup"


class AuditBroken(InterimError):
    """A chain of rows that is not as it was written."""

    def __init__(self, found: AuditBreak) -> None:
        super().__init__(
            f"row {found.number} of the audit is broken: {found.reason}; "
            "compare it with that of a backup, and find out who could write to the database"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many rows a chain has, its newest, the first that is broken, and which backup it bears.

    `backup` is the instant of the last backup, if there was one whose head is among the rows.
    """

    rows: int
    head: AuditRow | None
    broken: AuditBreak | None
    backup: str | None


def list_audit(store: Store, group: str | None, since: Instant | None) -> tuple[AuditRow, ...]:
    """Return the rows of one group or all, from an instant on, the oldest first."""
    with store.reading() as memory:
        return memory.audit(group, since)


def verify(store: Store, head: str | None) -> Verified:
    """Check each row beside the one before it, and that none was cut off at the end.

    A chain that lost its end is whole by itself: the head that the last backup had, and the
    digest `head` that somebody wrote down, have to be among the rows.
    """
    with store.reading() as memory:
        rows, backup = memory.audit(), _last_backup(memory)
    broken = first_break(rows) or _lost(rows, backup, head)
    return Verified(
        rows=len(rows),
        head=rows[-1] if rows else None,
        broken=broken,
        backup=str(backup["at"]) if backup and not broken else None,
    )


def remember_backup(memory: Memory, head: AuditRow | None, at: Instant) -> None:
    """Remember which row was the newest in a backup."""
    mark = {"number": head.number, "digest": head.digest} if head else {}
    memory.remember(LAST_BACKUP, json.dumps({**mark, "at": str(at)}, sort_keys=True))


def _last_backup(memory: Memory) -> dict[str, object] | None:
    found: dict[str, object] | None = json.loads(memory.recall(LAST_BACKUP) or "null")
    return found


def _lost(
    rows: Sequence[AuditRow], backup: dict[str, object] | None, head: str | None
) -> AuditBreak | None:
    digests = {row.digest for row in rows}
    kept = backup.get("digest") if backup else None
    if backup and kept and kept not in digests:
        number = int(str(backup["number"]))
        return AuditBreak(number=number, reason=f"the backup of {backup['at']} has another there")
    if head and head not in digests:
        reason = f"no row has the digest {head!r}, so rows were cut off or written anew"
        return AuditBreak(number=len(rows) + 1, reason=reason)
    return None
