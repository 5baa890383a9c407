"""The audit in a table: rows are added to a chain, and none is ever changed or taken away."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import func, insert, select

from scheduler.model.audit import BEFORE_THE_FIRST, AuditRow, Deed, digest_of
from scheduler.model.moment import Instant
from scheduler.store.memory.columns import instant_text
from scheduler.store.memory.digests import SqlDigests
from scheduler.store.memory.tables import audit


class SqlAudit(SqlDigests):
    """Fills `scheduler.store.protocol.Audit`.

    One writer at a time is what keeps the chain one: nobody adds a row between the look for the
    last one and the next.
    """

    def record(self, deed: Deed) -> AuditRow:
        """Add a deed to the chain."""
        last = self.audit_head()
        row = AuditRow(
            number=last.number + 1 if last else 1,
            at=instant_text(deed.at or self._now()),
            who=deed.who,
            verb=deed.verb,
            group=deed.group,
            person=deed.person,
            details=json.dumps(dict(deed.details), sort_keys=True),
            before=last.digest if last else BEFORE_THE_FIRST,
            digest="",
        )
        row = replace(row, digest=digest_of(row))
        self._change(insert(audit).values(asdict(row)))
        return row

    def audit(
        self, group: str | None = None, since: Instant | None = None, person: str | None = None
    ) -> tuple[AuditRow, ...]:
        """Return the rows, oldest first, or those of one group, from an instant on, of a person."""
        wanted = select(audit).order_by(audit.c.number)
        if group is not None:
            wanted = wanted.where(audit.c.group == group)
        if since is not None:
            wanted = wanted.where(audit.c.at >= instant_text(since))
        if person is not None:
            wanted = wanted.where(audit.c.person == person)
        return tuple(AuditRow(**row) for row in self._look(wanted).mappings())

    def audit_head(self) -> AuditRow | None:
        """Return the newest row, None where there is none."""
        newest = select(audit).order_by(audit.c.number.desc()).limit(1)
        row = self._look(newest).mappings().one_or_none()
        return None if row is None else AuditRow(**row)

    def _now(self) -> Instant:
        now: datetime = self._look(select(func.current_timestamp())).scalar_one()
        return Instant(now if now.tzinfo else now.replace(tzinfo=UTC))
