"""Subscriptions in a table."""

from sqlalchemy import RowMapping, delete, insert, select, update

from scheduler.model.subscription import Subscription
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import subscriptions


class SqlSubscriptions(Part):
    """Fills `scheduler.store.protocol.Subscriptions`."""

    def subscribe(self, wish: Subscription) -> Subscription:
        """Record a wish, or change the zone and language of an earlier one."""
        same = (subscriptions.c.address == wish.address, subscriptions.c.group == wish.group)
        changed = self._change(
            update(subscriptions).where(*same).values(zone=wish.zone, language=wish.language)
        )
        if not changed.rowcount:
            self._change(
                insert(subscriptions).values(
                    address=wish.address,
                    group=wish.group,
                    zone=wish.zone,
                    language=wish.language,
                    since=wish.since,
                )
            )
        return _subscription(self._look(select(subscriptions).where(*same)).mappings().one())

    def unsubscribe(self, address: str, group: str | None) -> int:
        """Forget the address for one group, or for all; return how many wishes that were."""
        theirs = delete(subscriptions).where(subscriptions.c.address == address)
        if group is not None:
            theirs = theirs.where(subscriptions.c.group == group)
        return self._change(theirs).rowcount

    def subscription(self, number: int) -> Subscription | None:
        """Return the wish with this `id`, or None once it was taken back."""
        found = self._look(select(subscriptions).where(subscriptions.c.id == number))
        row = found.mappings().one_or_none()
        return None if row is None else _subscription(row)

    def subscriptions(self, group: str | None) -> tuple[Subscription, ...]:
        """Return the wishes for one group, or all, in the order of their `id`."""
        wishes = select(subscriptions).order_by(subscriptions.c.id)
        if group is not None:
            wishes = wishes.where(subscriptions.c.group == group)
        return tuple(_subscription(row) for row in self._look(wishes).mappings())


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(**row)
