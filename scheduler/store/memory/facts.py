"""Small facts in a table."""

from sqlalchemy import delete, insert, select

from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import facts


class SqlFacts(Part):
    """Fills `scheduler.store.protocol.Facts`."""

    def recall(self, name: str) -> str | None:
        """Return what was remembered last under a name, or None."""
        return self._look(select(facts.c.value).where(facts.c.name == name)).scalar()

    def remember(self, name: str, value: str) -> None:
        """Remember a value under a name, in the place of an earlier one."""
        self._change(delete(facts).where(facts.c.name == name))
        self._change(insert(facts).values(name=name, value=value))
