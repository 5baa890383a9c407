"""Suppressed addresses in a table, and refusals in a row in another."""

from collections.abc import Collection, Hashable

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update

from scheduler.model.suppression import Suppression
from scheduler.store.memory.digests import SqlDigests
from scheduler.store.memory.tables import refusals, suppressions

_SAID = (suppressions.c.address, suppressions.c.reason, suppressions.c.at)

_FORGIVEN = delete(refusals).where(refusals.c.mailbox == bindparam("of"))


class SqlSuppressions(SqlDigests):
    """Fills `scheduler.store.protocol.Suppressions`.

    Of somebody who was forgotten there is the digest of their address in the place of the mailbox.
    """

    def suppress(self, suppression: Suppression) -> None:
        """Let nothing go to an address, in the place of what was said of it before."""
        self._change(delete(suppressions).where(self._is_of(suppression.address)))
        self._change(
            insert(suppressions).values(
                mailbox=suppression.address.casefold(),
                address=suppression.address,
                reason=suppression.reason,
                at=suppression.at,
            )
        )

    def lift(self, address: str) -> bool:
        """Let letters go to an address again; False where nothing kept them."""
        self.forget_refusals(address)
        lifted = self._change(delete(suppressions).where(self._is_of(address)))
        return bool(lifted.rowcount)

    def suppression(self, address: str) -> Suppression | None:
        """Return why nothing goes to an address, or None where it may."""
        return self._once(("suppression", address), lambda: self._suppression(address))

    def _suppression(self, address: str) -> Suppression | None:
        row = self._look(select(*_SAID).where(self._is_of(address))).mappings().one_or_none()
        return None if row is None else Suppression(**row)

    def suppressions(self) -> tuple[Suppression, ...]:
        """Return all that are suppressed, by address."""
        found = self._look(select(*_SAID).order_by(suppressions.c.mailbox))
        return tuple(Suppression(**row) for row in found.mappings())

    def count_refusal(self, address: str) -> int:
        """Count that there was no such mailbox; return how often that was so in a row."""
        mailbox = address.casefold()
        known = self._look(select(refusals.c.count).where(refusals.c.mailbox == mailbox)).scalar()
        if known is None:
            self._change(insert(refusals).values(mailbox=mailbox, count=1))
            return 1
        one_more = update(refusals).where(refusals.c.mailbox == mailbox)
        self._change(one_more.values(count=known + 1))
        return int(known) + 1

    def any_refusals(self) -> bool:
        """Tell whether any mailbox is known not to be there."""
        return self._look(select(refusals.c.mailbox).limit(1)).first() is not None

    def forget_refusals(self, *addresses: str) -> None:
        """Count anew, for these mailboxes took a letter."""
        self._change_each(_FORGIVEN, [{"of": address.casefold()} for address in addresses])

    def _foresee_suppressions(self, addresses: Collection[str]) -> None:
        """See of many addresses at once what `suppression` is going to be asked."""
        names: dict[str | None, str] = {}
        for address in addresses:
            names |= dict.fromkeys((address.casefold(), self._known_digest(address)), address)
        wanted = select(suppressions.c.mailbox, *_SAID)
        seen: dict[Hashable, Suppression | None] = {
            ("suppression", address): None for address in addresses
        }
        for row in self._look(wanted.where(suppressions.c.mailbox.in_(names))).mappings():
            found = Suppression(address=row["address"], reason=row["reason"], at=row["at"])
            seen["suppression", names[row["mailbox"]]] = found
        self._foresee(seen)

    def _is_of(self, address: str) -> ColumnElement[bool]:
        digest = self._known_digest(address)
        return suppressions.c.mailbox.in_([address.casefold(), *([digest] if digest else [])])
