"""What is left of entries that are kept no longer, in a table."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from scheduler.model.tombstone import Holding, Tombstone
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import tombstones

# Made once: to make a statement costs more than to carry it out.
_BURIED = insert(tombstones)


class SqlTombstones(Part):
    """Fills `scheduler.store.protocol.Tombstones`."""

    def tombstones(self, group: str) -> tuple[Tombstone, ...]:
        """Return what is left of a group's entries: who left first stands first, then by UID."""
        found = self._look(
            select(tombstones)
            .where(tombstones.c.group == group)
            .order_by(tombstones.c.left, tombstones.c.uid)
        )
        return tuple(
            Tombstone(
                uid=row.uid,
                group=row.group,
                holding=Holding(row.holding),
                left=row.left,
                reason=row.reason,
            )
            for row in found
        )

    def save_tombstones(self, group: str, stones: Iterable[Tombstone]) -> None:
        """Remember what is left of a group's entries, in the place of all from before."""
        self._change(delete(tombstones).where(tombstones.c.group == group))
        rows = [
            {
                "uid": stone.uid,
                "group": group,
                "holding": str(stone.holding),
                "left": stone.left,
                "reason": stone.reason,
            }
            for stone in stones
        ]
        self._change_each(_BURIED, rows)
