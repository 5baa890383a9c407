"""Drafts, revisions and imports in tables."""

from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select, union

from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.store.faults import RevisionOutOfTurn
from scheduler.store.memory.documents import read_plan, write_plan
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import drafts, imports, revisions


class SqlPlans(Part):
    """Fills `scheduler.store.protocol.Plans`; revisions are added and never changed."""

    def groups(self) -> tuple[str, ...]:
        """Return the acronyms that have a draft or a plan, sorted."""
        found = self._look(union(select(drafts.c.group), select(revisions.c.group)))
        return tuple(sorted(found.scalars()))

    def draft(self, group: str) -> Plan | None:
        """Return the group's draft, or None."""
        found = self._look(select(drafts.c.document).where(drafts.c.group == group))
        return _plan(found.scalar())

    def save_draft(self, plan: Plan) -> None:
        """Make `plan` the draft of its group, in the place of an earlier one."""
        self.drop_draft(plan.group)
        self._change(insert(drafts).values(group=plan.group, document=write_plan(plan)))

    def drop_draft(self, group: str) -> None:
        """Forget the group's draft, where there is one."""
        self._change(delete(drafts).where(drafts.c.group == group))

    def current(self, group: str) -> Plan | None:
        """Return the revision with the highest number, or None."""
        return self._once(("current", group), lambda: self._current(group))

    def save_current(self, plan: Plan) -> None:
        """Append `plan` to its group's revisions and drop the draft it came from."""
        if plan.made is None:
            raise ValueError("a plan that becomes current says when it was made")
        last = self._last_number(plan.group)
        if plan.revision != last + 1:
            raise RevisionOutOfTurn(plan.group, plan.revision, last)
        self._change(
            insert(revisions).values(
                group=plan.group,
                number=plan.revision,
                made=plan.made,
                by=plan.by,
                despite=plan.despite,
                document=write_plan(plan),
            )
        )
        self.drop_draft(plan.group)

    def revision(self, group: str, number: int) -> Plan | None:
        """Return one revision of the group's plan, or None."""
        found = self._look(
            select(revisions.c.document).where(
                revisions.c.group == group, revisions.c.number == number
            )
        )
        return _plan(found.scalar())

    def revisions(self, group: str, last: int | None = None) -> tuple[Plan, ...]:
        """Return all revisions of the group's plan, or the `last` so many, oldest first."""
        found = self._look(
            select(revisions.c.document)
            .where(revisions.c.group == group)
            .order_by(revisions.c.number.desc())
            .limit(last)
        )
        return tuple(read_plan(document) for document in reversed(found.scalars().all()))

    def revision_numbers(self) -> Mapping[str, int]:
        """Return the number of the current revision of each group that has one."""
        last = func.max(revisions.c.number).label("last")
        found = self._look(select(revisions.c.group, last).group_by(revisions.c.group))
        return {row["group"]: row["last"] for row in found.mappings()}

    def _current(self, group: str) -> Plan | None:
        newest = revisions.c.number.desc()
        found = self._look(
            select(revisions.c.document).where(revisions.c.group == group).order_by(newest).limit(1)
        )
        return _plan(found.scalar())

    def _last_number(self, group: str) -> int:
        found = self._look(
            select(revisions.c.number)
            .where(revisions.c.group == group)
            .order_by(revisions.c.number.desc())
            .limit(1)
        )
        return found.scalar() or 0


class SqlImports(Part):
    """Fills `scheduler.store.protocol.Imports`."""

    def last_import(self, group: str, name: str | None = None) -> str | None:
        """Return the digest of the report imported last for this group, or None.

        With `name` only what was recorded under that name counts.
        """
        chosen = select(imports.c.digest).where(imports.c.group == group)
        if name is not None:
            chosen = chosen.where(imports.c.name == name)
        return self._look(chosen.order_by(imports.c.id.desc()).limit(1)).scalar()

    def record_import(self, group: str, digest: str, name: str, at: Instant) -> None:
        """Record that the report `name` with this digest was imported at an instant."""
        self._change(insert(imports).values(group=group, digest=digest, name=name, at=at))


def _plan(document: str | None) -> Plan | None:
    return None if document is None else read_plan(document)
