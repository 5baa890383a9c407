"""Letters in an outbox, and a sender that takes one at a time."""

from datetime import timedelta

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.store.posting import LEASE
from scheduler.store.protocol import Memory


def a_letter(key: str, due: Instant) -> Letter:
    """A reminder that is of use for thirty days."""
    return Letter(
        key=key,
        kind="deadline_reminder",
        recipient="someone@example.org",
        subscription=1,
        group="RG-X",
        subjects=("uid",),
        told=(due,),
        message_id=f"<{key}@example.org>",
        due=due,
        not_after=due.plus(timedelta(days=30)),
    )


def claim(memory: Memory, now: Instant, lease: timedelta = LEASE) -> Letter | None:
    """Take the next letter that may go, and begin it."""
    for letter in memory.reserve(now, 1, lease):
        memory.begin([letter.key], now.plus(lease))
        return letter
    return None


def holds(memory: Memory, key: str, until: Instant) -> bool:
    """Tell whether the claim that was leased until an instant is still the letter's."""
    return memory.leases([key]).get(key) == until
