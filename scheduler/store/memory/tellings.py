"""How far people were told what became of plans, in tables beside the letters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import and_, delete, func, insert, or_, select

from scheduler.model.letter import CALLED_OFF, Letter, LetterState
from scheduler.model.telling import Silence, Telling, Told
from scheduler.store.memory.outbox import SqlOutbox
from scheduler.store.memory.tables import letters
from scheduler.store.memory.telling_tables import introductions, silences, tellings

_SAID = (tellings.c.group, tellings.c.revision, tellings.c.since)
_KNOWN = or_(
    letters.c.state == LetterState.SENT.value,
    and_(letters.c.state == LetterState.CANCELLED.value, letters.c.last_error == CALLED_OFF),
)
_MAYBE_KNOWN = and_(
    ~_KNOWN, or_(letters.c.state == LetterState.SENDING.value, letters.c.doubts > 0)
)
_UNTOLD = and_(
    letters.c.state.in_([LetterState.QUEUED.value, LetterState.HELD.value]), letters.c.doubts == 0
)


# Made once: to make a statement costs more than to carry it out.
_TOLD = insert(tellings)


class SqlTellings(SqlOutbox):
    """Fills `scheduler.store.telling.Tellings`, and brings the outbox along."""

    def record_tellings(self, letter: str, tellings_of_it: Iterable[Telling]) -> None:
        """Remember with the key of a letter what it tells, one of each group."""
        rows = [
            {"letter": letter, "group": one.group, "revision": one.revision, "since": one.since}
            for one in tellings_of_it
        ]
        self._change_each(_TOLD, rows)

    def tellings(self, letter: str) -> tuple[Telling, ...]:
        """Return what the letter with a key tells, by group."""
        found = select(*_SAID).where(tellings.c.letter == letter).order_by(tellings.c.group)
        return tuple(Telling(**row) for row in self._look(found).mappings())

    def forget_tellings(self, letter: str) -> None:
        """Let the letter with a key tell nothing of the kind any more."""
        self._change(delete(tellings).where(tellings.c.letter == letter))

    def told_of(self, group: str, recipient: str | None = None) -> Mapping[str, Told]:
        """Return how far each recipient was told of a group's plan, or only one of them."""
        ours = [tellings.c.group == group]
        if recipient is not None:
            ours.append(letters.c.recipient == recipient)
        joined = letters.join(tellings, tellings.c.letter == letters.c.key)
        last = func.max(tellings.c.revision).label("last")
        known = (
            select(letters.c.recipient, last)
            .select_from(joined)
            .where(*ours, _KNOWN)
            .group_by(letters.c.recipient)
        )
        maybe = select(letters.c.recipient, tellings.c.revision).select_from(joined)
        doubtful: dict[str, set[int]] = defaultdict(set)
        for row in self._look(maybe.where(*ours, _MAYBE_KNOWN)):
            doubtful[row.recipient].add(row.revision)
        certain = {row.recipient: row.last for row in self._look(known)}
        return {
            one: Told(known=certain.get(one, 0), doubtful=tuple(sorted(doubtful[one])))
            for one in certain.keys() | doubtful.keys()
        }

    def untold(self, group: str | None, recipient: str | None = None) -> tuple[Letter, ...]:
        """Return the letters about changes that wait and certainly did not arrive."""
        of_them = select(tellings.c.letter)
        if group is not None:
            of_them = of_them.where(tellings.c.group == group)
        wanted = [_UNTOLD, letters.c.key.in_(of_them)]
        if recipient is not None:
            wanted.append(letters.c.recipient == recipient)
        return self._letters_where(*wanted)

    def introductions(self, group: str) -> Mapping[int, int]:
        """Return which revision stood when each subscription to a group began, by its `id`."""
        found = select(introductions.c.subscription, introductions.c.revision)
        rows = self._look(found.where(introductions.c.group == group))
        return {row.subscription: row.revision for row in rows}

    def keep_silent(self, silence: Silence) -> None:
        """Record that nobody is told what a revision changed."""
        self._change(
            insert(silences).values(
                group=silence.group, revision=silence.revision, at=silence.at, by=silence.by
            )
        )

    def silences(self, group: str) -> tuple[Silence, ...]:
        """Return the revisions of a group's plan that nobody is told of, by number."""
        found = select(silences).where(silences.c.group == group).order_by(silences.c.revision)
        return tuple(Silence(**row) for row in self._look(found).mappings())
