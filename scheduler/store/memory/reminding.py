"""Whom to remind, found in the tables of subscriptions and letters."""

from collections.abc import Iterable

from sqlalchemy import and_, exists, func, or_, select

from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.memory.outbox import SqlOutbox
from scheduler.store.memory.subscriptions import subscription_of
from scheduler.store.memory.tables import letters, subscriptions

_WAY = (
    subscriptions.c.group,
    subscriptions.c.letters,
    subscriptions.c.rungs,
    subscriptions.c.kinds,
)
_TOLD_NOTHING = (LetterState.CANCELLED.value, LetterState.SKIPPED.value)
_ADDRESSES_AT_ONCE = 500  # databases take so many values in one question, and more


class SqlReminding(SqlOutbox):
    """Fills `scheduler.store.reminding.Reminding`, and brings the outbox along."""

    def ways_chosen(self) -> tuple[Subscription, ...]:
        """Return the first wish of each way of being reminded that is chosen in each group."""
        first = select(func.min(subscriptions.c.id)).group_by(*_WAY)
        wishes = select(subscriptions).where(subscriptions.c.id.in_(first))
        found = self._look(wishes.order_by(subscriptions.c.id)).mappings()
        return tuple(map(subscription_of, found))

    def not_told(
        self, like: Subscription, letter: Letter, over: Instant, now: Instant
    ) -> tuple[Subscription, ...]:
        """Return who chose as `like` did and has no letter that tells what `letter` does."""
        told = exists().where(
            letters.c.group == subscriptions.c.group,
            letters.c.due == letter.due,
            letters.c.recipient == subscriptions.c.address,
            letters.c.kind == letter.kind,
            letters.c.subjects == letter.subjects,
            letters.c.told == letter.told,
            letters.c.state.not_in(_TOLD_NOTHING),
        )
        wishes = select(subscriptions).where(
            *(column == getattr(like, column.name) for column in _WAY),
            or_(subscriptions.c.since < over, subscriptions.c.since > now),
            ~told,
        )
        found = self._look(wishes.order_by(subscriptions.c.id)).mappings()
        return tuple(map(subscription_of, found))

    def wishes_in(self, group: str, mailboxes: Iterable[str]) -> tuple[Subscription, ...]:
        """Return the wishes of some people for a group, however their addresses are capitalised."""
        wanted = {one.casefold() for one in mailboxes}
        theirs = subscriptions.c.group == group
        # Databases fold the capitals of ASCII alone.
        written = self._look(select(subscriptions.c.address).where(theirs)).scalars()
        spelt = [one for one in written if one.casefold() in wanted]
        wishes = select(subscriptions).where(theirs, subscriptions.c.address.in_(spelt))
        found = self._look(wishes.order_by(subscriptions.c.id)).mappings()
        return tuple(map(subscription_of, found))

    def letters_to(self, addresses: Iterable[str], since: Instant) -> tuple[Letter, ...]:
        """Return all letters to some addresses that were due at an instant or later."""
        theirs = sorted(set(addresses))
        found: list[Letter] = []
        for start in range(0, len(theirs), _ADDRESSES_AT_ONCE):
            some = theirs[start : start + _ADDRESSES_AT_ONCE]
            wanted = and_(letters.c.recipient.in_(some), letters.c.due >= since)
            found.extend(self._letters_where(wanted))
        return tuple(found)
