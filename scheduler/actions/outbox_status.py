"""`outbox status`: how many letters stand where, how long they wait, and what keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.domain_turns import DomainQueue, domain_queues
from scheduler.actions.remind import too_large
from scheduler.actions.sending import Pause, paused
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.letter import LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import RunTooLarge
from scheduler.store.protocol import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxStatus:
    """The letters by state, and what keeps those that are queued.

    `oldest_due` is when the longest waiting queued letter was due, None where none is due yet;
    `oldest_due_age_seconds` how long ago that was, 0 then. `braked` is why the next run would
    send nothing for being too large, `paused` that nothing is sent at all. `waiting` are those
    that wait for their domain's turn.
    """

    counts: Mapping[LetterState, int]
    oldest_due: Instant | None
    oldest_due_age_seconds: int
    paused: Pause | None
    braked: RunTooLarge | None
    waiting: tuple[DomainQueue, ...]


def outbox_status(
    memory: Memory, groups: Mapping[str, Group], limits: DomainLimits, now: Instant
) -> OutboxStatus:
    """Return how the outbox stands at `now`; changes nothing.

    Takes the groups whose plans and readers say how many letters are foreseen, and the limits
    of domains.
    """
    tally = memory.tally()
    due = tally.oldest_due if tally.oldest_due is not None and tally.oldest_due <= now else None
    return OutboxStatus(
        counts=tally.counts,
        oldest_due=due,
        oldest_due_age_seconds=int((now.utc - due.utc).total_seconds()) if due else 0,
        paused=paused(memory),
        braked=too_large(memory, groups, memory.ready(now), now),
        waiting=domain_queues(memory, limits, now),
    )
