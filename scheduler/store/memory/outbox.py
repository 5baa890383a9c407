"""Letters in a table: queued, claimed under a lease, settled, never deleted."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    and_,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from scheduler.model.letter import RETRIES_IN_DOUBT, Letter, LetterState, Tally
from scheduler.model.moment import Instant
from scheduler.store.faults import MessageIdTaken, UnknownLetter
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import letters
from scheduler.store.posting import LEASE

_OF_A_LETTER = (
    letters.c.key,
    letters.c.kind,
    letters.c.recipient,
    letters.c.subscription,
    letters.c.group,
    letters.c.subjects,
    letters.c.told,
    letters.c.message_id,
    letters.c.due,
    letters.c.not_after,
    letters.c.state,
    letters.c.attempts,
    letters.c.last_error,
    letters.c.doubts,
    letters.c.released,
    letters.c.rungs,
)
_OLDEST_FIRST = (letters.c.due, letters.c.key)
LEASE_RAN_OUT = "the sender did not report back; the letter may have been taken or not"


class SqlOutbox(Part):
    """Fills `scheduler.store.protocol.Outbox`.

    One writer at a time is what makes `claim` atomic: what it looks at cannot change before
    it is changed.
    """

    def queue(self, letter: Letter) -> bool:
        """Record a letter; False, and nothing changes, where its key was recorded before."""
        if self._exists(letters.c.key == letter.key):
            return False
        if self._exists(letters.c.message_id == letter.message_id):
            raise MessageIdTaken(letter.message_id)
        self._change(insert(letters).values(_values(letter)))
        self._wake_workers()
        return True

    def letters(self, state: LetterState | None) -> tuple[Letter, ...]:
        """Return the letters in one state, or all: oldest due first, then by key."""
        wanted = select(*_OF_A_LETTER).order_by(*_OLDEST_FIRST)
        if state is not None:
            wanted = wanted.where(letters.c.state == state.value)
        return tuple(_letter(row) for row in self._look(wanted).mappings())

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
        wanted = select(*_OF_A_LETTER).where(letters.c.kind == kind, letters.c.due > since)
        found = self._look(wanted.order_by(*_OLDEST_FIRST))
        return tuple(_letter(row) for row in found.mappings())

    def letter(self, key: str) -> Letter | None:
        """Return the letter with this key, or None."""
        found = self._look(select(*_OF_A_LETTER).where(letters.c.key == key))
        row = found.mappings().one_or_none()
        return None if row is None else _letter(row)

    def keys_beginning(self, start: str) -> tuple[str, ...]:
        """Return the keys that begin with a text, sorted; two at most."""
        begins = letters.c.key.startswith(start, autoescape=True)
        found = self._look(select(letters.c.key).where(begins).order_by(letters.c.key).limit(2))
        return tuple(found.scalars())

    def ready(self, now: Instant) -> tuple[Letter, ...]:
        """Return the letters that `claim` would take one after the other, in that order."""
        wanted = select(*_OF_A_LETTER).where(_may_go(now)).order_by(*_OLDEST_FIRST)
        return tuple(_letter(row) for row in self._look(wanted).mappings())

    def handed_over(self, recipient: str, since: Instant, *, besides: Collection[str]) -> int:
        """Return how many letters an address was sent, or may have been, since an instant."""
        counted = select(func.count()).where(
            letters.c.recipient == recipient, *_handed_over(since, besides)
        )
        return int(self._look(counted).scalar_one())

    def handed_over_each(self, since: Instant, *, besides: Collection[str]) -> Mapping[str, int]:
        """Return what `handed_over` does for each address that got any."""
        counted = (
            select(letters.c.recipient, func.count().label("count"))
            .where(*_handed_over(since, besides))
            .group_by(letters.c.recipient)
        )
        return {row["recipient"]: row["count"] for row in self._look(counted).mappings()}

    def claim(self, now: Instant, lease: timedelta = LEASE) -> Letter | None:
        """Take the next letter to send under a lease, or None where none is due."""
        return self._claim(now, lease)

    def claim_letter(self, key: str, now: Instant, lease: timedelta = LEASE) -> Letter | None:
        """Take this letter under a lease, or None where `claim` would not."""
        return self._claim(now, lease, letters.c.key == key)

    def _claim(self, now: Instant, lease: timedelta, *which: ColumnElement[bool]) -> Letter | None:
        self.end_leases(now, lease)
        wanted = select(letters.c.key).where(_may_go(now), *which)
        key = self._look(wanted.order_by(*_OLDEST_FIRST).limit(1)).scalar()
        if key is None:
            return None
        self._change(
            update(letters)
            .where(letters.c.key == key)
            .values(
                state=LetterState.SENDING.value,
                attempts=letters.c.attempts + 1,
                leased_until=now.plus(lease),
                retry_at=None,
            )
        )
        found = self._look(select(*_OF_A_LETTER).where(letters.c.key == key))
        return _letter(found.mappings().one())

    def holds(self, key: str, leased_until: Instant) -> bool:
        """Tell whether the claim that was leased until an instant is still the letter's."""
        return self._exists(
            and_(
                letters.c.key == key,
                letters.c.state == LetterState.SENDING.value,
                # A later claim has a later lease, so that one instant is one claim.
                letters.c.leased_until == leased_until,
            )
        )

    def put_back(self, key: str, reason: str, retry_at: Instant) -> None:
        """Undo a claim by which nothing was handed over: the attempt does not count."""
        in_doubt = case(
            (letters.c.doubts > 0, LetterState.AMBIGUOUS.value), else_=LetterState.QUEUED.value
        )
        self._change(
            update(letters)
            .where(letters.c.key == key, letters.c.state == LetterState.SENDING.value)
            .values(
                state=in_doubt,
                attempts=letters.c.attempts - 1,
                last_error=reason,
                retry_at=retry_at,
                leased_until=None,
            )
        )

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
        kept_back = (_may_go(now), letters.c.released.is_(False))
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

    def end_leases(self, now: Instant, lease: timedelta = LEASE) -> None:
        """Leave in doubt the letters whose sender did not report back in time."""
        ran_out = (letters.c.state == LetterState.SENDING.value, letters.c.leased_until <= now)
        too_often = letters.c.doubts >= RETRIES_IN_DOUBT
        self._change(
            update(letters)
            .where(*ran_out)
            .values(
                state=case((too_often, LetterState.HELD.value), else_=LetterState.AMBIGUOUS.value),
                doubts=letters.c.doubts + 1,
                retry_at=now.plus(lease),
                settled_at=now,
                last_error=LEASE_RAN_OUT,
                leased_until=None,
            )
        )

    def _letters_where(self, *conditions: ColumnElement[bool]) -> tuple[Letter, ...]:
        wanted = select(*_OF_A_LETTER).where(*conditions).order_by(*_OLDEST_FIRST)
        return tuple(_letter(row) for row in self._look(wanted).mappings())

    def _exists(self, condition: ColumnElement[bool]) -> bool:
        return self._look(select(letters.c.key).where(condition)).first() is not None


def _handed_over(since: Instant, besides: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    being_sent = letters.c.state == LetterState.SENDING.value
    arrived = or_(letters.c.state == LetterState.SENT.value, letters.c.doubts > 0)
    return (
        letters.c.kind.not_in(besides),
        or_(being_sent, and_(arrived, letters.c.settled_at >= since)),
    )


def _may_go(now: Instant) -> ColumnElement[bool]:
    again = letters.c.retry_at <= now
    queued = and_(
        letters.c.state == LetterState.QUEUED.value, or_(letters.c.retry_at.is_(None), again)
    )
    ambiguous = and_(letters.c.state == LetterState.AMBIGUOUS.value, again)
    return and_(letters.c.due <= now, or_(queued, ambiguous))


def _values(letter: Letter) -> dict[str, object]:
    names = [column.name for column in _OF_A_LETTER]
    return {name: getattr(letter, name) for name in names} | {"state": letter.state.value}


def _letter(row: RowMapping) -> Letter:
    return Letter(**{**row, "state": LetterState(row["state"])})
