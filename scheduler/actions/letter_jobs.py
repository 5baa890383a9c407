"""What the jobs of many workers do: a look that finds the letters that may go, and one letter each.

The jobs only carry keys. Whether a letter goes, who has it and what became of it stands in the
outbox, so that a job that is lost, doubled or late does no harm.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from scheduler.actions.auditing import note_reminding
from scheduler.actions.braking import Braking
from scheduler.actions.domain_turns import DomainTurns
from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import prepared
from scheduler.actions.remind import Reminded, queue_due, too_large
from scheduler.actions.sending import never, paused
from scheduler.actions.stored_outbox import StoredOutbox
from scheduler.model.address import domain_of
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import Channel
from scheduler.notification.delivery import Claim, Delivery, Ready, deliver_claimed
from scheduler.notification.pace import DomainWait
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import KeptStore, Memory, Store

SECONDS_FOR_A_PLACE = 2
_WAITING = (LetterState.QUEUED, LetterState.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look queued or was stopped by, and the letters that may go by now."""

    reminded: Reminded
    ready: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """That a letter waits for others to its domain, and after how many seconds to look again."""

    seconds: int


def look(
    store: Store, post: Post, *, groups: Mapping[str, Group], brakes: Brakes, now: Instant, who: str
) -> Look:
    """Queue every letter that is due and not yet told; return those that may go.

    None may while sending is paused, and only what is urgent where more would than anybody foresaw,
    as with `remind`.
    """
    with store.writing() as memory:
        lapsed = memory.end_leases(now)
        queued = queue_due(memory, groups, brakes, domain_of(post.sender), now)
        ready = memory.ready(now)
        pause, excess = paused(memory), too_large(memory, groups, ready, now)
        note_reminding(memory, len(queued), (), who=who, at=now)
    found = Reminded(
        queued=queued,
        handled=(),
        stopped=excess,
        paused=pause,
        held=len(ready) if pause else 0,
        lapsed=lapsed,
    )
    if excess:
        ready = tuple(letter for letter in ready if letter.key in excess.urgent)
    return Look(found) if pause else Look(found, ready)


class LetterOutbox(StoredOutbox):
    """The outbox for who is told which letter to send."""

    def __init__(
        self,
        store: KeptStore,
        braking: Braking,
        stopped: Callable[[], bool] = never,
        *,
        limits: DomainLimits | None = None,
    ) -> None:
        """Take letters as `StoredOutbox` does."""
        super().__init__(store, braking, stopped, limits=limits)
        self._later: Later | None = None

    def waits(self, key: str) -> bool:
        """Tell whether a letter may be there to claim."""
        with self._store.reading() as memory:
            letter = memory.letter(key)
            return letter is not None and letter.state in _WAITING and paused(memory) is None

    def claim_letter(self, key: str, now: Instant) -> Claim | Later | None:
        """Take a letter that may go; otherwise say when to look again, None for never."""
        self._only, self._later = (key,), None
        claims = self.turn((), 1, now).claims
        return claims[0] if claims else self._later

    def _chosen(
        self, memory: Memory, turns: DomainTurns, wanted: int, now: Instant
    ) -> tuple[list[Claim], list[Claim]]:
        letter = memory.letter(*self._only) if wanted and self._only else None
        if letter is None:
            return [], []
        wait = turns.wait_of(domain_of(letter.recipient))
        if wait is not None:
            self._later = Later(_seconds(wait, now))
            return [], []
        return super()._chosen(memory, turns, wanted, now)


def _seconds(wait: DomainWait, now: Instant) -> int:
    """Return how long to leave a letter that waits before it is looked at again."""
    if wait.until is None:
        return SECONDS_FOR_A_PLACE
    return max(1, int((wait.until.utc - now.utc).total_seconds()))


Prepare = Callable[[KeptStore, Letter], Ready | Withdrawal]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRun:
    """What single letters are delivered with, one after the other, over one channel.

    `prepare` looks at a letter in the light of the present, as with `Delivery`.
    """

    store: Store
    channel: Channel
    prepare: Prepare
    braking: Braking
    limits: DomainLimits
    clock: Callable[[], Instant]
    chance: Callable[[], float]
    stop: Callable[[], bool] = never


def preparing(post: Post, groups: Mapping[str, Group], clock: Callable[[], Instant]) -> Prepare:
    """Return what looks at a letter and writes it."""

    def prepare(store: KeptStore, letter: Letter) -> Ready | Withdrawal:
        with store.reading() as memory:
            return prepared(memory, letter, post, groups, clock())

    return prepare


def deliver_letter(run: LetterRun, key: str, runner: asyncio.Runner) -> Letter | Later | None:
    """Deliver one letter if the outbox says that it may go; return it as it was settled.

    `Later` says that it has to be tried again, None that there is nothing more to do for now: it
    is another's, was sent, waits for its time, or sending is paused. Raises `ServiceUnreachable`
    where no letter can leave; this one stays queued, and the attempt does not count.
    """
    with run.store.kept_open() as kept:
        outbox = LetterOutbox(kept, run.braking, run.stop, limits=run.limits)
        if not outbox.waits(key):
            return None
        runner.run(run.channel.open())
        claim = outbox.claim_letter(key, run.clock())
        if not isinstance(claim, Claim):
            return claim
        delivery = Delivery(
            outbox=outbox,
            channels=[run.channel],
            prepare=partial(run.prepare, kept),
            clock=run.clock,
            chance=run.chance,
        )
        return runner.run(deliver_claimed(delivery, claim, run.channel))
