"""How a letter stands in its table, and which may go."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, or_

from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.store.memory.tables import letters

OF_A_LETTER = (
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
OLDEST_FIRST = (letters.c.due, letters.c.subscription, letters.c.key)


def may_go(now: Instant) -> ColumnElement[bool]:
    """Return the condition by which a letter may be claimed."""
    return or_(*in_line(now))


def in_line(now: Instant) -> tuple[ColumnElement[bool], ...]:
    """Return the same for each state apart, so that an index of states serves."""
    again = letters.c.retry_at <= now
    queued = (letters.c.state == LetterState.QUEUED.value, or_(letters.c.retry_at.is_(None), again))
    ambiguous = (letters.c.state == LetterState.AMBIGUOUS.value, again)
    return tuple(and_(*one, letters.c.due <= now) for one in (queued, ambiguous))


def to_domain(domain: str) -> ColumnElement[bool]:
    """Return the condition by which a letter goes to a domain, which is in lower-case ASCII."""
    return letters.c.recipient.endswith(f"@{domain}", autoescape=True)


def values_of(letter: Letter) -> dict[str, object]:
    """Return what a letter's row holds."""
    names = [column.name for column in OF_A_LETTER]
    return {name: getattr(letter, name) for name in names} | {"state": letter.state.value}


def gathered_by(letter: Letter) -> list[dict[str, object]]:
    """Return the rows of what a letter gathers, none where it is no digest."""
    if not letter.rungs:
        return []
    of_each = zip(letter.subjects, letter.told, letter.rungs, strict=True)
    return [
        {"letter": letter.key, "uid": uid, "told": told, "rung": rung}
        for uid, told, rung in of_each
    ]


def letter_of(row: RowMapping | Mapping[str, Any]) -> Letter:
    """Return the letter that a row holds."""
    return Letter(**{**row, "state": LetterState(row["state"])})
