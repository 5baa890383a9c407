"""Delivery: each queued letter claimed, checked once more, sent, and its fate recorded."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Answer, Channel, Verdict
from scheduler.notification.fates import Fate, fate
from scheduler.notification.standing import Withdrawal


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter that one sender has to itself until an instant."""

    letter: Letter
    until: Instant


class Outbox(Protocol):
    """Where letters wait; every call is a transaction of its own."""

    def waiting(self, now: Instant) -> bool:
        """Tell whether a letter may be there to claim."""

    def claim(self, now: Instant) -> Claim | None:
        """Take the next letter that may be sent, or None; nobody else gets it meanwhile."""

    def holds(self, claim: Claim, now: Instant) -> bool:
        """Tell whether a claimed letter may still be sent by whoever claimed it."""

    def put_back(self, claim: Claim, reason: str, at: Instant) -> None:
        """Undo a claim by which nothing was handed over."""

    def settle(self, claim: Claim, found: Fate, at: Instant) -> Letter:
        """Record what became of a claimed letter; return it as it stands then."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that may go, and the address that sends it."""

    sender: str
    message: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a run sends with.

    `prepare` looks at a letter in the light of the present: it returns the message, or why the
    letter is withdrawn; a letter that it refuses (`InterimError`) is held for a person. `chance`
    gives a number from 0 to 1 at each call.
    """

    outbox: Outbox
    channel: Channel
    prepare: Callable[[Letter], Ready | Withdrawal]
    clock: Callable[[], Instant]
    chance: Callable[[], float]


def deliver(run: Delivery) -> Iterator[Letter]:
    """Send what is queued, and yield each letter as it was settled.

    Raises `ServiceUnreachable` where no letter can leave: those not sent stay queued, and the
    attempt does not count.
    """
    if not run.outbox.waiting(run.clock()):
        return
    with asyncio.Runner() as runner:
        try:
            runner.run(run.channel.open())
            while (claim := run.outbox.claim(run.clock())) is not None:
                settled = _deliver(run, claim, runner)
                if settled is not None:
                    yield settled
        finally:
            runner.run(run.channel.close())


def deliver_claimed(run: Delivery, claim: Claim, runner: asyncio.Runner) -> Letter | None:
    """Send one letter that was claimed; return it as it was settled, None where it was forgone.

    The channel stays as it is; `runner` is the one that it lives in. Raises as `deliver` does.
    """
    return _deliver(run, claim, runner)


def _deliver(run: Delivery, claim: Claim, runner: asyncio.Runner) -> Letter | None:
    try:
        found = _fate(run, claim, runner)
    except ServiceUnreachable as fault:
        run.outbox.put_back(claim, str(fault), run.clock())
        raise
    if isinstance(found, Answer):
        run.outbox.put_back(claim, found.reason or found.verdict, run.clock())
        return None
    return run.outbox.settle(claim, found, run.clock())


def _fate(run: Delivery, claim: Claim, runner: asyncio.Runner) -> Fate | Answer:
    """Return what becomes of a letter, or the answer by which it was forgone."""
    try:
        prepared = run.prepare(claim.letter)
    except InterimError as fault:
        return Fate(LetterState.HELD, str(fault))
    if isinstance(prepared, Withdrawal):
        return Fate(prepared.state, prepared.reason)

    def may_go_on() -> bool:
        return run.outbox.holds(claim, run.clock())

    recipient = claim.letter.recipient
    answer = runner.run(run.channel.send(prepared.sender, recipient, prepared.message, may_go_on))
    if answer.verdict is Verdict.FORGONE:
        return answer
    return fate(claim.letter, answer, run.clock(), run.chance())
