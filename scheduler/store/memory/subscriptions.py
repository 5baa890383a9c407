"""Subscriptions in a table."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import RowMapping, delete, func, insert, select, update

from scheduler.model.subscription import Following, Letters, Subscription
from scheduler.store.memory.feed_tokens import SqlFeedTokens
from scheduler.store.memory.spellings import SqlSpellings
from scheduler.store.memory.tables import revisions, subscriptions
from scheduler.store.memory.telling_tables import introductions

_KEPT = ("address", "group", "since")  # of the first time, whatever is asked for again
_CHOSEN = (
    "zone",
    "language",
    "following",
    "topics",
    "meeting_alarm_minutes",
    "deadline_alarm_minutes",
    "letters",
    "rungs",
    "kinds",
    "member",
)


class SqlSubscriptions(SqlFeedTokens, SqlSpellings):
    """Fills `scheduler.store.protocol.Subscriptions` and `FeedTokens`."""

    def subscribe(self, wish: Subscription) -> Subscription:
        """Record a wish, or change what was chosen in an earlier one."""
        same = (subscriptions.c.address == wish.address, subscriptions.c.group == wish.group)
        chosen = {name: getattr(wish, name) for name in _CHOSEN} | {
            "following": str(wish.following),
            "letters": str(wish.letters),
        }
        before = self._look(select(subscriptions.c.letters).where(*same)).scalar()
        changed = self._change(update(subscriptions).where(*same).values(**chosen))
        if not changed.rowcount:
            spelt = self._keep_spelling(wish.address)
            if spelt != wish.address:
                return self.subscribe(replace(wish, address=spelt))
            kept = {name: getattr(wish, name) for name in _KEPT}
            self._change(insert(subscriptions).values(**kept, **chosen))
        self._mark_following()
        row = self._look(select(subscriptions).where(*same)).mappings().one()
        if before is None or before == Letters.NONE.value != chosen["letters"]:
            self._introduce(row["id"], wish.group)
        return subscription_of(row)

    def unsubscribe(self, address: str, group: str | None) -> int:
        """Forget the address for one group, or for all; return how many wishes that were."""
        theirs = delete(subscriptions).where(subscriptions.c.address == address)
        if group is not None:
            theirs = theirs.where(subscriptions.c.group == group)
        self._mark_following()
        count = self._change(theirs).rowcount
        self._let_spelling_go(address)
        return count

    def subscription(self, number: int) -> Subscription | None:
        """Return the wish with this `id`, or None once it was taken back."""
        return self._once(("subscription", number), lambda: self._subscription(number))

    def _subscription(self, number: int) -> Subscription | None:
        found = self._look(select(subscriptions).where(subscriptions.c.id == number))
        row = found.mappings().one_or_none()
        return None if row is None else subscription_of(row)

    def subscriptions(self, group: str | None) -> tuple[Subscription, ...]:
        """Return the wishes for one group, or all, in the order of their `id`."""
        wishes = select(subscriptions).order_by(subscriptions.c.id)
        if group is not None:
            wishes = wishes.where(subscriptions.c.group == group)
        return tuple(subscription_of(row) for row in self._look(wishes).mappings())

    def wishes_of(self, address: str) -> tuple[Subscription, ...]:
        """Return the wishes of one address, in the order of their `id`."""
        wishes = select(subscriptions).where(subscriptions.c.address == address)
        found = self._look(wishes.order_by(subscriptions.c.id)).mappings()
        return tuple(map(subscription_of, found))

    def _foresee_subscriptions(self, numbers: Collection[int]) -> None:
        """See of many at once what `subscription` is going to be asked."""
        found = self._look(select(subscriptions).where(subscriptions.c.id.in_(numbers)))
        self._foresee(
            {("subscription", number): None for number in numbers}
            | {("subscription", row["id"]): subscription_of(row) for row in found.mappings()}
        )

    def _introduce(self, number: int, group: str) -> None:
        """Remember which plan stood when a subscription began, or letters were asked for again."""
        last = select(func.max(revisions.c.number)).where(revisions.c.group == group)
        stood = self._look(last).scalar() or 0
        self._change(delete(introductions).where(introductions.c.subscription == number))
        self._change(insert(introductions).values(subscription=number, group=group, revision=stood))


def subscription_of(row: RowMapping) -> Subscription:
    """Return the wish that a row of the table holds."""
    words = {"following": Following(row["following"]), "letters": Letters(row["letters"])}
    return Subscription(**{**row, **words})
