"""Letters in a table while they are being sent: reserved under a lease, begun, put back."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, RowMapping, bindparam, case, not_, or_, select, update

from scheduler.model.letter import RETRIES_IN_DOUBT, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.store.memory.letter_rows import (
    OF_A_LETTER,
    OLDEST_FIRST,
    in_line,
    letter_of,
    may_go,
    to_domain,
)
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import letters
from scheduler.store.posting import LEASE

LEASE_RAN_OUT = "the sender did not report back; the letter may have been taken or not"
NEVER_BEGUN = "the sender did not report back; it had not begun with the letter"
_BEING_SENT = letters.c.state == LetterState.SENDING.value
_BEFORE_ITS_CLAIM = {
    "state": case(
        (letters.c.doubts > 0, LetterState.AMBIGUOUS.value), else_=LetterState.QUEUED.value
    ),
    "attempts": letters.c.attempts - 1,
    "leased_until": None,
}

# Made once: to make a statement costs more than to carry it out.
_BEGUN = (
    update(letters)
    .where(letters.c.key == bindparam("of"), _BEING_SENT)
    .values(leased_until=bindparam("until"), retry_at=None)
)


class SqlClaims(Part):
    """Fills the part of `scheduler.store.protocol.Outbox` that senders use.

    One writer at a time is what makes `reserve` atomic: what it looks at cannot change before
    it is changed. A letter that is being sent and has a `retry_at` is reserved and not begun.
    """

    def reserve(
        self,
        now: Instant,
        most: int,
        lease: timedelta = LEASE,
        *,
        only: Collection[str] | None = None,
        besides: Collection[str] = (),
    ) -> tuple[Letter, ...]:
        """Take the next letters to send under a lease, oldest first."""
        self.end_leases(now, lease)
        in_line = self._in_line(now, most, only, besides)
        found = sorted(in_line, key=lambda row: (row["due"], row["subscription"], row["key"]))[
            :most
        ]
        self._change(
            update(letters)
            .where(letters.c.key.in_([row["key"] for row in found]))
            .values(
                state=LetterState.SENDING.value,
                attempts=letters.c.attempts + 1,
                leased_until=now.plus(lease),
                retry_at=now.plus(lease),
            )
        )
        being_sent = {"state": LetterState.SENDING}
        return tuple(
            letter_of({**row, **being_sent, "attempts": row["attempts"] + 1}) for row in found
        )

    def begin(self, keys: Collection[str], leased_until: Instant) -> None:
        """Let reserved letters be handed over, leased anew until an instant."""
        self._change_each(_BEGUN, [{"of": key, "until": leased_until} for key in keys])

    def on_their_way(self) -> tuple[str, ...]:
        """Return to whom letters were begun whose fate is not known yet, sorted."""
        begun = (_BEING_SENT, letters.c.retry_at.is_(None))
        wanted = select(letters.c.recipient).where(*begun).order_by(letters.c.recipient)
        return tuple(self._look(wanted).scalars())

    def leases(self, keys: Collection[str]) -> Mapping[str, Instant]:
        """Return until when those of some letters are leased that are being sent."""
        wanted = select(letters.c.key, letters.c.leased_until)
        found = self._look(wanted.where(letters.c.key.in_(keys), _BEING_SENT))
        return {row["key"]: row["leased_until"] for row in found.mappings()}

    def put_back(self, key: str, reason: str, retry_at: Instant) -> None:
        """Undo a claim by which nothing was handed over: the attempt does not count."""
        self._change(
            update(letters)
            .where(letters.c.key == key, _BEING_SENT)
            .values(**_BEFORE_ITS_CLAIM, last_error=reason, retry_at=retry_at)
        )

    def give_back(self, keys: Collection[str], at: Instant) -> None:
        """Undo the claims of letters that were reserved and not begun."""
        reserved = (letters.c.key.in_(keys), _BEING_SENT, letters.c.retry_at.is_not(None))
        self._change(update(letters).where(*reserved).values(**_BEFORE_ITS_CLAIM, retry_at=at))

    def keep_waiting(
        self, domain: str, reason: str, now: Instant, until: Instant | None = None
    ) -> None:
        """Say of the letters to a domain that `reserve` would take why they wait."""
        kept = update(letters).where(may_go(now), to_domain(domain))
        if until is None:
            told = kept.where(letters.c.last_error.is_distinct_from(reason))
            self._change(told.values(last_error=reason))
        else:
            self._change(kept.values(last_error=reason, retry_at=until))

    def any_ready(self, now: Instant) -> bool:
        """Tell whether there is a letter that `reserve` would take, without ending leases."""
        return bool(self._in_line(now, 1))

    def end_leases(self, now: Instant, lease: timedelta = LEASE) -> int:
        """Leave in doubt the letters whose sender did not report back in time.

        Those that were not begun wait again as before their claim. Returns how many are held.
        """
        ran_out = (_BEING_SENT, letters.c.leased_until <= now)
        self._change(
            update(letters)
            .where(*ran_out, letters.c.retry_at.is_not(None))
            .values(**_BEFORE_ITS_CLAIM, last_error=NEVER_BEGUN)
        )
        in_doubt = (
            update(letters)
            .where(*ran_out)
            .values(
                doubts=letters.c.doubts + 1,
                retry_at=now.plus(lease),
                settled_at=now,
                last_error=LEASE_RAN_OUT,
                leased_until=None,
            )
        )
        too_often = in_doubt.where(letters.c.doubts >= RETRIES_IN_DOUBT)
        held = self._change(too_often.values(state=LetterState.HELD.value)).rowcount
        self._change(in_doubt.values(state=LetterState.AMBIGUOUS.value))
        return held

    def _in_line(
        self,
        now: Instant,
        most: int,
        only: Collection[str] | None = None,
        besides: Collection[str] = (),
    ) -> list[RowMapping]:
        found: list[RowMapping] = []
        for condition in in_line(now):
            wanted = select(*OF_A_LETTER).where(condition).order_by(*OLDEST_FIRST).limit(most)
            if only is not None:
                wanted = wanted.where(letters.c.key.in_(only))
            if besides:
                wanted = wanted.where(not_(or_(*map(to_domain, besides))))
            found.extend(self._look(wanted).mappings())
        return found

    def _exists(self, condition: ColumnElement[bool]) -> bool:
        return self._look(select(letters.c.key).where(condition)).first() is not None
