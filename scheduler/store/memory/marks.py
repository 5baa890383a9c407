"""Whether anything that is told to everyone has changed, without reading what it is."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import func, select

from scheduler.model.moment import Instant
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import (
    audit,
    contributions,
    imports,
    letters,
    revisions,
    subscriptions,
)
from scheduler.store.protocol import PlanMark


class SqlMarks(Part):
    """Fills `scheduler.store.protocol.Marks`."""

    def marks(self) -> Mapping[str, PlanMark]:
        """Return the mark of each group that has a plan that stands."""
        newest = (
            select(revisions.c.group, func.max(revisions.c.number).label("number"))
            .group_by(revisions.c.group)
            .subquery()
        )
        same = (revisions.c.group == newest.c.group) & (revisions.c.number == newest.c.number)
        columns = (revisions.c.group, revisions.c.number, revisions.c.document)
        plans = self._look(select(*columns).join(newest, same).order_by(revisions.c.group))
        numbers, found = {}, {}
        for plan in plans.mappings():
            numbers[plan["group"]] = plan["number"]
            found[plan["group"]] = sha256(plan["document"].encode())
        order = contributions.c.group, contributions.c.id
        before_them = self._look(select(contributions).order_by(*order))
        for row in before_them.mappings():
            if row["group"] in found:
                found[row["group"]].update(f"\0{row['document']}".encode())
        return {name: PlanMark(numbers[name], one.hexdigest()) for name, one in found.items()}

    def newest_instant(self) -> Instant | None:
        """Return the newest instant at which something was recorded, None where nothing was."""
        columns = (revisions.c.made, imports.c.at, letters.c.settled_at, subscriptions.c.since)
        found = [self._look(select(func.max(column))).scalar() for column in columns]
        row = self._look(select(func.max(audit.c.at))).scalar()
        recorded = [*filter(None, found), *([Instant.parse(row)] if row else [])]
        return max(recorded, default=None)
