"""Contributions in tables: what was said of each, where it was placed last, and its history."""

from collections.abc import Iterable, Mapping

from sqlalchemy import RowMapping, delete, insert, select

from scheduler.model.agenda import CarryRecord
from scheduler.model.contribution import Contribution
from scheduler.store.memory.documents import read_contribution, write_contribution
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import carries, contributions, placements

_OF_A_CARRY = [column for column in carries.c if column.name != "id"]


class SqlContributions(Part):
    """Fills `scheduler.store.protocol.Contributions`; lines of history are only added."""

    def contributions(self, group: str) -> tuple[Contribution, ...]:
        """Return the contributions of a group, by their ids."""
        found = self._look(select(contributions.c.document).where(contributions.c.group == group))
        return tuple(sorted(map(read_contribution, found.scalars()), key=lambda one: one.id))

    def contribution(self, group: str, document: str) -> Contribution | None:
        """Return one contribution of a group by its id, or None."""
        found = self._look(
            select(contributions.c.document).where(
                contributions.c.group == group, contributions.c.id == document
            )
        ).scalar()
        return None if found is None else read_contribution(found)

    def save_contribution(self, contribution: Contribution) -> None:
        """Remember a contribution, in the place of what was known of it."""
        same = (contributions.c.group == contribution.group, contributions.c.id == contribution.id)
        self._change(delete(contributions).where(*same))
        self._change(
            insert(contributions).values(
                group=contribution.group,
                id=contribution.id,
                document=write_contribution(contribution),
            )
        )

    def placements(self, group: str) -> Mapping[str, str | None]:
        """Return where each contribution of a group was placed last."""
        found = self._look(
            select(placements.c.contribution, placements.c.meeting)
            .where(placements.c.group == group)
            .order_by(placements.c.contribution)
        )
        return {row["contribution"]: row["meeting"] for row in found.mappings()}

    def save_placements(self, group: str, places: Mapping[str, str | None]) -> None:
        """Remember where each contribution is placed now."""
        self._change(delete(placements).where(placements.c.group == group))
        rows = [
            {"group": group, "contribution": document, "meeting": meeting}
            for document, meeting in places.items()
        ]
        self._change_each(insert(placements), rows)

    def carries(self, group: str) -> tuple[CarryRecord, ...]:
        """Return the history of a group's contributions, oldest line first."""
        found = self._look(
            select(*_OF_A_CARRY).where(carries.c.group == group).order_by(carries.c.id)
        )
        return tuple(_carry(row) for row in found.mappings())

    def record_carries(self, records: Iterable[CarryRecord]) -> None:
        """Add lines to the history."""
        names = [column.name for column in _OF_A_CARRY]
        rows = [{name: getattr(record, name) for name in names} for record in records]
        self._change_each(insert(carries), rows)


def _carry(row: RowMapping) -> CarryRecord:
    return CarryRecord(**row)
