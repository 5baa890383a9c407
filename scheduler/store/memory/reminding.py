"""Whom to remind, found in the tables of subscriptions and letters."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, not_, or_, select

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
_OF_LETTER = ("kind", "subjects", "told", "due")
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
        values: dict[str, object] = {"over": over, "now": now}
        values |= {f"of_{column.name}": getattr(like, column.name) for column in _WAY}
        values |= {f"of_{name}": getattr(letter, name) for name in _OF_LETTER}
        for number, (uid, instant) in enumerate(zip(letter.subjects, letter.told, strict=True)):
            values |= {f"uid_{number}": uid, f"instant_{number}": instant}
        found = self._look(_not_told(len(letter.subjects)), values).mappings()
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


# Put together once for each number of subjects: to make a statement costs more than to answer it.
@lru_cache(maxsize=64)
def _not_told(subjects: int) -> Select[Any]:
    """Return the question of `not_told` for a letter with so many subjects."""
    told = select(letters.c.recipient).where(
        letters.c.group == bindparam("of_group"),
        letters.c.due == bindparam("of_due"),
        letters.c.kind == bindparam("of_kind"),
        letters.c.subjects == bindparam("of_subjects"),
        letters.c.told == bindparam("of_told"),
        letters.c.state.not_in(_TOLD_NOTHING),
    )
    wishes = select(subscriptions).where(
        *(column == bindparam(f"of_{column.name}") for column in _WAY),
        or_(subscriptions.c.since < bindparam("over"), subscriptions.c.since > bindparam("now")),
        subscriptions.c.address.not_in(told),
        not_(and_(*map(_is_told_in_digests, range(subjects)))),
    )
    return wishes.order_by(subscriptions.c.id)


def _is_told_in_digests(number: int) -> ColumnElement[bool]:
    """Return the condition by which somebody was told one subject of a letter in a digest.

    One that was called off is among them: what it gathered is not told piece by piece then.
    Not so one by which nothing was owed.
    """
    not_owed = and_(
        letters.c.state == LetterState.CANCELLED.value,
        func.coalesce(letters.c.last_error, "").startswith(NOT_OWED, autoescape=True),
    )
    told = gatherings.join(letters, and_(gatherings.c.letter == letters.c.key, ~not_owed))
    readers = select(letters.c.recipient).select_from(told)
    return subscriptions.c.address.in_(
        readers.where(
            gatherings.c.uid == bindparam(f"uid_{number}"),
            gatherings.c.rung == bindparam("of_due"),
            gatherings.c.told == bindparam(f"instant_{number}"),
        )
    )
