"""Contributions in tables: what was said of each, where it was placed last, and its history."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, tuple_

from scheduler.model.agenda import CarryRecord
from scheduler.model.contribution import Contribution
from scheduler.store.memory.documents import read_contribution, write_contribution
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import carries, contributions, placements, submitters

_MAILBOXES_AT_ONCE = 500  # databases take so many values in one question, and more
# Made once: to make a statement costs more than to carry it out.
_SUBMITTED, _PLACED, _CARRIED = insert(submitters), insert(placements), insert(carries)
_OF_A_CARRY = [column for column in carries.c if column.name != "id"]


class SqlContributions(Part):
    """Fills `scheduler.store.protocol.Contributions`; lines of history are only added."""

    def contributions(self, group: str) -> tuple[Contribution, ...]:
        """Return the contributions of a group, by their ids."""
        return self._contributions(contributions.c.group == group)

    def contribution(self, group: str, document: str) -> Contribution | None:
        """Return one contribution of a group by its id, or None."""
        same = (contributions.c.group == group, contributions.c.id == document)
        return next(iter(self._contributions(*same)), None)

    def submissions(self, addresses: Iterable[str]) -> tuple[Contribution, ...]:
        """Return the contributions that were submitted from some addresses, by group and id."""
        mailboxes = sorted({address.casefold() for address in addresses})
        found: dict[tuple[str, str], Contribution] = {}
        for start in range(0, len(mailboxes), _MAILBOXES_AT_ONCE):
            some = mailboxes[start : start + _MAILBOXES_AT_ONCE]
            theirs = select(submitters.c.group, submitters.c.contribution).where(
                submitters.c.mailbox.in_(some)
            )
            row = tuple_(contributions.c.group, contributions.c.id)
            found |= {(one.group, one.id): one for one in self._contributions(row.in_(theirs))}
        return tuple(found[name] for name in sorted(found))

    def submissions_of(self, address: str) -> tuple[Contribution, ...]:
        """Return the contributions that were submitted from one address, by group and id."""
        mailbox = address.casefold()
        return self._once(("submissions", mailbox), lambda: self.submissions([mailbox]))

    def save_contribution(self, contribution: Contribution) -> None:
        """Remember a contribution, in the place of what was known of it."""
        for table, name in ((contributions, "id"), (submitters, "contribution")):
            same = (table.c.group == contribution.group, table.c[name] == contribution.id)
            self._change(delete(table).where(*same))
        self._change(
            insert(contributions).values(
                group=contribution.group,
                id=contribution.id,
                document=write_contribution(contribution),
            )
        )
        mailboxes = {address.casefold(): address for address in contribution.submitted_by}
        of = {"group": contribution.group, "contribution": contribution.id}
        rows = [of | {"mailbox": one, "address": mailboxes[one]} for one in mailboxes]
        self._change_each(_SUBMITTED, rows)

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
        self._change_each(_PLACED, rows)

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
        self._change_each(_CARRIED, rows)

    def _foresee_submissions(self, addresses: Collection[str]) -> None:
        """See of many addresses at once what `submissions_of` is going to be asked."""
        seen: dict[Hashable, tuple[Contribution, ...]] = {
            ("submissions", address.casefold()): () for address in addresses
        }
        for one in self.submissions(addresses):
            for address in one.submitted_by:
                name = ("submissions", address.casefold())
                if name in seen:
                    seen[name] = (*seen[name], one)
        self._foresee(seen)

    def _contributions(self, *wanted: ColumnElement[bool]) -> tuple[Contribution, ...]:
        """Return contributions by group and id, each with who submitted it."""
        found = self._look(select(contributions).where(*wanted)).mappings().all()
        row = tuple_(submitters.c.group, submitters.c.contribution)
        chosen = select(contributions.c.group, contributions.c.id).where(*wanted)
        by: dict[tuple[str, str], list[str]] = defaultdict(list)
        for who in self._look(select(submitters).where(row.in_(chosen))).mappings():
            by[who["group"], who["contribution"]].append(who["address"])
        read = (
            replace(
                read_contribution(one["document"]),
                submitted_by=tuple(sorted(by.get((one["group"], one["id"]), ()))),
            )
            for one in found
        )
        return tuple(sorted(read, key=lambda one: (one.group, one.id)))


def _carry(row: RowMapping) -> CarryRecord:
    return CarryRecord(**row)
