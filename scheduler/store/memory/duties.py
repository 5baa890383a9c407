"""Duties that are done, in a table."""

from sqlalchemy import delete, insert, select

from scheduler.model.duty import Done
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import done_duties


class SqlDuties(Part):
    """Fills `scheduler.store.owing.Duties`."""

    def done(self, group: str | None = None) -> tuple[Done, ...]:
        """Return the duties of one group, or of all, that are done, by meeting and kind."""
        return self._once(("done", group), lambda: self._done(group))

    def _done(self, group: str | None) -> tuple[Done, ...]:
        wanted = select(done_duties).order_by(done_duties.c.meeting, done_duties.c.kind)
        if group is not None:
            wanted = wanted.where(done_duties.c.group == group)
        return tuple(Done(**row) for row in self._look(wanted).mappings())

    def record_done(self, done: Done) -> None:
        """Remember that a duty is done, in the place of what was said of it before."""
        self.drop_done(done.meeting, done.kind)
        values = {name: getattr(done, name) for name in ("group", "meeting", "kind", "at", "by")}
        self._change(insert(done_duties).values(**values))

    def drop_done(self, meeting: str, kind: str) -> bool:
        """Take back that a duty is done; False where nobody had said so."""
        same = (done_duties.c.meeting == meeting, done_duties.c.kind == kind)
        return bool(self._change(delete(done_duties).where(*same)).rowcount)
