"""Whom to remind, found in the tables of subscriptions and letters."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from scheduler.model.letter import NOT_OWED, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.memory.outbox import SqlOutbox
from scheduler.store.memory.subscriptions import subscription_of
from scheduler.store.memory.tables import letters, subscriptions
from scheduler.store.memory.telling_tables import gatherings

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
            ~_is_told_in_digests(letter),
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


def _is_told_in_digests(letter: Letter) -> ColumnElement[bool]:
    """Return the condition by which somebody was told all that a letter tells, in digests.

    One that was called off is among them: what it gathered is not told piece by piece then.
    Not so one by which nothing was owed.
    """
    not_owed = and_(
        letters.c.state == LetterState.CANCELLED.value,
        func.coalesce(letters.c.last_error, "").startswith(NOT_OWED, autoescape=True),
    )
    told = gatherings.join(letters, and_(gatherings.c.letter == letters.c.key, ~not_owed))
    readers = select(letters.c.recipient).select_from(told)
    return and_(
        *(
            subscriptions.c.address.in_(
                readers.where(
                    gatherings.c.uid == uid,
                    gatherings.c.rung == letter.due,
                    gatherings.c.told == told,
                )
            )
            for uid, told in zip(letter.subjects, letter.told, strict=True)
        )
    )
