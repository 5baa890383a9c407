"""How each address was first written, in a table by mailboxes."""

from sqlalchemy import delete, insert, select

from scheduler.model.address import mailbox_of
from scheduler.store.memory.facts import SqlFacts
from scheduler.store.memory.tables import (
    attendees,
    feed_tokens,
    letters,
    mailboxes,
    mailing_lists,
    subscriptions,
)

_WRITTEN_IN = (
    subscriptions.c.address,
    feed_tokens.c.address,
    mailing_lists.c.address,
    letters.c.recipient,
    attendees.c.address,
)


class SqlSpellings(SqlFacts):
    """Fills `scheduler.store.protocol.Spellings`."""

    def spelling(self, address: str) -> str:
        """Return an address as it is kept, or as it is given where its mailbox is not known."""
        return self._kept_spelling(address) or address

    def merged_into(self, table: str, number: int) -> int | None:
        """Return the `id` of what a row was merged into, None for one that was not."""
        found = self.recall(f"{table}_{number}_merged_into")
        return None if found is None else int(found)

    def _keep_spelling(self, address: str) -> str:
        """Return an address as it is kept, from now on as it is given where it was not."""
        kept = self._kept_spelling(address)
        if kept is None:
            self._change(insert(mailboxes).values(mailbox=mailbox_of(address), address=address))
        return kept or address

    def _let_spelling_go(self, address: str) -> None:
        """Forget how an address is written where nothing else is kept under it."""
        if not any(
            self._look(select(column).where(column == address).limit(1)).first()
            for column in _WRITTEN_IN
        ):
            self._change(delete(mailboxes).where(mailboxes.c.address == address))

    def _kept_spelling(self, address: str) -> str | None:
        known = select(mailboxes.c.address).where(mailboxes.c.mailbox == mailbox_of(address))
        kept: str | None = self._look(known).scalar()
        return kept
