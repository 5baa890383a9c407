"""Letters in a table: queued, claimed under a lease, settled, never deleted."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update

from scheduler.model.letter import Letter, LetterState, Tally
from scheduler.model.moment import Instant
from scheduler.store.faults import MessageIdTaken, UnknownLetter
from scheduler.store.memory.claims import SqlClaims
from scheduler.store.memory.letter_rows import (
    OF_A_LETTER,
    OLDEST_FIRST,
    gathered_by,
    letter_of,
    may_go,
    values_of,
)
from scheduler.store.memory.tables import letters
from scheduler.store.memory.telling_tables import gatherings

# Made once: to make a statement costs more than to carry it out.
_GATHERED = insert(gatherings)
_TAKEN = (
    update(letters)
    .where(letters.c.key == bindparam("of"), letters.c.state != LetterState.SENT.value)
    .values(
        state=LetterState.SENT.value,
        last_error=None,
        settled_at=bindparam("taken_at"),
        retry_at=None,
        leased_until=None,
    )
)


class SqlOutbox(SqlClaims):
    """Fills `scheduler.store.protocol.Outbox`, with what its claims bring along."""

    def queue(self, letter: Letter) -> bool:
        """Record a letter; False, and nothing changes, where its key was recorded before."""
        if self._exists(letters.c.key == letter.key):
            return False
        if self._exists(letters.c.message_id == letter.message_id):
            raise MessageIdTaken(letter.message_id)
        self._change(insert(letters).values(values_of(letter)))
        self._change_each(_GATHERED, gathered_by(letter))
        self._wake_workers()
        return True

    def letters(self, state: LetterState | None) -> tuple[Letter, ...]:
        """Return the letters in one state, or all, by due, subscription and key."""
        wanted = select(*OF_A_LETTER).order_by(*OLDEST_FIRST)
        if state is not None:
            wanted = wanted.where(letters.c.state == state.value)
        return tuple(letter_of(row) for row in self._look(wanted).mappings())

    def tally(self) -> Tally:
        """Count the letters in each state, without reading them."""
        number, oldest = func.count().label("number"), func.min(letters.c.due).label("oldest")
        wanted = select(letters.c.state, number, oldest).group_by(letters.c.state)
        rows = {row["state"]: row for row in self._look(wanted).mappings()}
        counts = {state: rows[state]["number"] if state in rows else 0 for state in LetterState}
        queued = rows.get(LetterState.QUEUED)
        return Tally(counts=counts, oldest_due=queued["oldest"] if queued else None)

    def letters_since(self, kind: str, since: Instant) -> tuple[Letter, ...]:
        """Return the letters of one kind that were due after an instant, oldest first."""
        wanted = select(*OF_A_LETTER).where(letters.c.kind == kind, letters.c.due > since)
        found = self._look(wanted.order_by(*OLDEST_FIRST))
        return tuple(letter_of(row) for row in found.mappings())

    def letter(self, key: str) -> Letter | None:
        """Return the letter with this key, or None."""
        found = self._look(select(*OF_A_LETTER).where(letters.c.key == key))
        row = found.mappings().one_or_none()
        return None if row is None else letter_of(row)

    def keys_beginning(self, start: str) -> tuple[str, ...]:
        """Return the keys that begin with a text, sorted; two at most."""
        begins = letters.c.key.startswith(start, autoescape=True)
        found = self._look(select(letters.c.key).where(begins).order_by(letters.c.key).limit(2))
        return tuple(found.scalars())

    def ready(self, now: Instant) -> tuple[Letter, ...]:
        """Return the letters that `reserve` would take, in that order."""
        wanted = select(*OF_A_LETTER).where(may_go(now)).order_by(*OLDEST_FIRST)
        return tuple(letter_of(row) for row in self._look(wanted).mappings())

    def handed_over(self, recipient: str, since: Instant, *, besides: Collection[str]) -> int:
        """Return how many letters an address was sent, or may have been, since an instant."""
        counted = select(func.count()).where(
            letters.c.recipient == recipient, *_handed_over(since, besides)
        )
        return int(self._look(counted).scalar_one())

    def handed_over_each(
        self, since: Instant, *, besides: Collection[str], among: Collection[str] | None = None
    ) -> Mapping[str, int]:
        """Return what `handed_over` does for each address that got any, or those `among` them."""
        counted = (
            select(letters.c.recipient, func.count().label("count"))
            .where(*_handed_over(since, besides))
            .group_by(letters.c.recipient)
        )
        if among is not None:
            counted = counted.where(letters.c.recipient.in_(among))
        return {row["recipient"]: row["count"] for row in self._look(counted).mappings()}

    def let_go(self, key: str) -> None:
        """Queue a letter anew for a person who has looked: no doubts, no wait, `released`."""
        self._change(
            update(letters)
            .where(letters.c.key == key)
            .values(state=LetterState.QUEUED.value, doubts=0, retry_at=None, released=True)
        )
        self._wake_workers()

    def release_ready(self, now: Instant) -> int:
        """Mark what `ready` returns as `released`; return how many that were not so before."""
        kept_back = (may_go(now), letters.c.released.is_(False))
        self._wake_workers()
        return self._change(update(letters).where(*kept_back).values(released=True)).rowcount

    def settle(
        self,
        key: str,
        state: LetterState,
        error: str | None,
        at: Instant,
        retry_at: Instant | None = None,
    ) -> None:
        """Record what became of a letter; `sent` is final."""
        settled = self._change(
            update(letters)
            .where(letters.c.key == key, letters.c.state != LetterState.SENT.value)
            .values(
                state=state.value,
                last_error=error,
                settled_at=at,
                retry_at=retry_at,
                leased_until=None,
                doubts=letters.c.doubts + int(state is LetterState.AMBIGUOUS),
            )
        )
        if not settled.rowcount and not self._exists(letters.c.key == key):
            raise UnknownLetter(key)

    def record_taken(self, keys: Collection[str], at: Instant) -> None:
        """Record of several letters that they were taken."""
        self._change_each(_TAKEN, [{"of": key, "taken_at": at} for key in keys])

    def _letters_where(self, *conditions: ColumnElement[bool]) -> tuple[Letter, ...]:
        wanted = select(*OF_A_LETTER).where(*conditions).order_by(*OLDEST_FIRST)
        return tuple(letter_of(row) for row in self._look(wanted).mappings())


def _handed_over(since: Instant, besides: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    being_sent = letters.c.state == LetterState.SENDING.value
    arrived = or_(letters.c.state == LetterState.SENT.value, letters.c.doubts > 0)
    return (
        letters.c.kind.not_in(besides),
        or_(being_sent, and_(arrived, letters.c.settled_at >= since)),
    )
