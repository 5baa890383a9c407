"""The letter that tells one person what changed: made as a row, to be written when it is sent."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.model.telling import Telling
from scheduler.notification.changes import Changes

CHANGE = "change"
URGENT_CHANGE = "urgent_change"
CHANGE_KINDS = frozenset({CHANGE, URGENT_CHANGE})
COALESCING = dt.timedelta(minutes=10)
TIMES_PUT_OFF = 6
_AT_ONCE_BEFORE = dt.timedelta(hours=1)
_KEY_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits already, and what it tells of which groups."""

    letter: Letter
    tellings: tuple[Telling, ...]


def change_letter(
    reader: Subscription,
    changes: Changes,
    tellings: Iterable[Telling],
    replaced: Iterable[Waiting],
    *,
    due: Instant,
    now: Instant,
    domain: str,
) -> Letter:
    """Return the letter that tells a reader of changes, and of what the replaced ones would have.

    It is urgent where any of that is. `domain` is the right side of its Message-ID.
    """
    replaced, tellings = tuple(replaced), tuple(tellings)
    urgent = changes.is_urgent(now) or any(w.letter.kind == URGENT_CHANGE for w in replaced)
    kind = URGENT_CHANGE if urgent else CHANGE
    key = _key(kind, reader, tellings)
    subjects, until = dict(changes.subjects), changes.until
    is_of_several = any(telling.group != reader.group for telling in tellings)
    if is_of_several:
        for letter in (waiting.letter for waiting in replaced):
            subjects |= dict(zip(letter.subjects, letter.told, strict=True))
            until = max(until, letter.not_after)
    return Letter(
        key=key,
        kind=kind,
        recipient=reader.address,
        subscription=reader.id,
        group="" if is_of_several else reader.group,
        subjects=tuple(subjects),
        told=tuple(subjects.values()),
        message_id=f"<{key}@{domain}>",
        due=due,
        not_after=until,
    )


def due_at(changes: Changes, since: Instant, now: Instant, wait: dt.timedelta) -> Instant:
    """Return when a letter goes whose oldest change was made at `since`.

    Each further change lets it wait anew, but not more than `TIMES_PUT_OFF` times as long in all;
    what concerns the next hour does not wait.
    """
    if changes.is_within(now, wait + _AT_ONCE_BEFORE):
        return now
    return max(now, min(now.plus(wait), since.plus(wait * TIMES_PUT_OFF)))


def _key(kind: str, reader: Subscription, tellings: Iterable[Telling]) -> str:
    """Return a digest that shows no address.

    `since` is in it, so that who leaves and returns is told what changes from then on.
    """
    parts = [kind, reader.address, str(reader.since)]
    for telling in sorted(tellings, key=lambda one: one.group):
        parts += [telling.group, str(telling.revision)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]
