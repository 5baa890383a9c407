"""What the jobs of many workers do: a look that finds the letters that may go, and one letter each.

The jobs only carry keys. Whether a letter goes, who has it and what became of it stands in the
outbox, so that a job that is lost, doubled or late does no harm.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from scheduler.actions.auditing import note_reminding
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
from scheduler.notification.pace import Starts, wait_seconds, with_start
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import KeptStore, Memory, Store

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

    None may while sending is paused, or where more would than anybody foresaw, as with `remind`.
    """
    with store.writing() as memory:
        memory.end_leases(now)
        queued = queue_due(memory, groups, brakes, domain_of(post.sender), now)
        ready = memory.ready(now)
        pause, excess = paused(memory), too_large(memory, groups, ready, now)
        note_reminding(memory, len(queued), (), who=who, at=now)
    found = Reminded(queued=queued, handled=(), stopped=excess, paused=pause)
    return Look(found) if pause or excess else Look(found, ready)


class LetterOutbox(StoredOutbox):
    """The outbox for who is told which letter to send."""

    def __init__(
        self,
        store: KeptStore,
        brakes: Brakes,
        stopped: Callable[[], bool] = never,
        *,
        limits: DomainLimits | None = None,
    ) -> None:
        """Take letters as `StoredOutbox` does, those to one domain within its limit."""
        super().__init__(store, brakes, stopped)
        self._limits = limits or DomainLimits()
        self._later: Later | None = None

    def waits(self, key: str) -> bool:
        """Tell whether a letter may be there to claim."""
        with self._store.reading() as memory:
            letter = memory.letter(key)
            return letter is not None and letter.state in _WAITING and paused(memory) is None

    def claim_letter(self, key: str, now: Instant) -> Claim | Later | None:
        """Take a letter that may go; otherwise say when to look again, None for never.

        What its domain's limit is held against is looked at and changed in one transaction, of
        which there is one at a time: it holds across all machines.
        """
        self._only, self._later = key, None
        claims = self.turn((), 1, now).claims
        return claims[0] if claims else self._later

    def _set_aside(self, memory: Memory, wanted: int, now: Instant) -> tuple[Claim, ...]:
        letter = memory.letter(self._only) if wanted and self._only else None
        if letter is None:
            return ()
        self._later = self._domain_wait(memory, letter, now)
        if self._later is not None:
            return ()
        found = super()._set_aside(memory, wanted, now)
        if found:
            self._count_start(memory, domain_of(letter.recipient), now)
        return found

    def _domain_wait(self, memory: Memory, letter: Letter, now: Instant) -> Later | None:
        domain = domain_of(letter.recipient)
        limit = self._limits.of(domain)
        if limit is None:
            return None
        going = memory.letters(LetterState.SENDING)
        to_it = sum(domain_of(one.recipient) == domain for one in going)
        seconds = wait_seconds(limit, to_it, _starts(memory, domain), now)
        return None if seconds is None else Later(seconds)

    def _count_start(self, memory: Memory, domain: str, now: Instant) -> None:
        limit = self._limits.of(domain)
        if limit is not None and limit.per_minute is not None:
            starts = with_start(_starts(memory, domain), now)
            told = {str(start): count for start, count in starts.items()}
            memory.remember(_pace_of(domain), json.dumps(told))


def _pace_of(domain: str) -> str:
    return f"letters_begun_lately:{domain}"


def _starts(memory: Memory, domain: str) -> Starts:
    told = json.loads(memory.recall(_pace_of(domain)) or "{}")
    return {Instant.parse(start): count for start, count in told.items()}


Prepare = Callable[[KeptStore, Letter], Ready | Withdrawal]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRun:
    """What single letters are delivered with, one after the other, over one channel.

    `prepare` looks at a letter in the light of the present, as with `Delivery`.
    """

    store: Store
    channel: Channel
    prepare: Prepare
    brakes: Brakes
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
        outbox = LetterOutbox(kept, run.brakes, run.stop, limits=run.limits)
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
