"""Delivery: each queued letter claimed, checked once more, sent, and its fate recorded."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Channel, Verdict
from scheduler.notification.standing import Withdrawal

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=4)
_DOUBLINGS = 10


class Outbox(Protocol):
    """Where letters wait; every call is a transaction of its own."""

    def waiting(self, now: Instant) -> bool:
        """Tell whether a letter may be there to claim."""

    def claim(self, now: Instant) -> Letter | None:
        """Take the next letter to send, or None; nobody else gets it until its lease ends."""

    def settle(
        self,
        key: str,
        state: LetterState,
        error: str | None,
        at: Instant,
        retry_at: Instant | None = None,
    ) -> None:
        """Record what became of a claimed letter."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that may go, and the address that sends it."""

    sender: str
    message: bytes


@dataclass(frozen=True, slots=True)
class _Fate:
    state: LetterState
    error: str | None = None
    retry_at: Instant | None = None


def deliver(
    outbox: Outbox,
    channel: Channel,
    prepare: Callable[[Letter], Ready | Withdrawal],
    now: Instant,
) -> Iterator[Letter]:
    """Send what is queued, and yield each letter as it was settled.

    `prepare` looks at the letter in the light of the present: it returns the message, or why
    the letter is withdrawn; a letter that it refuses (`InterimError`) is held for a person.
    Raises `ServiceUnreachable` where no letter can leave: those not sent stay queued. A letter
    that may have arrived stays `ambiguous` and is not sent again by itself.
    """
    if not outbox.waiting(now):
        return
    with asyncio.Runner() as runner:
        try:
            runner.run(channel.open())
            while (letter := outbox.claim(now)) is not None:
                yield _deliver(letter, outbox, channel, prepare, now, runner)
        finally:
            runner.run(channel.close())


def _deliver(
    letter: Letter,
    outbox: Outbox,
    channel: Channel,
    prepare: Callable[[Letter], Ready | Withdrawal],
    now: Instant,
    runner: asyncio.Runner,
) -> Letter:
    try:
        fate = _fate(letter, channel, prepare, now, runner)
    except ServiceUnreachable as fault:
        outbox.settle(letter.key, LetterState.QUEUED, str(fault), now)
        raise
    outbox.settle(letter.key, fate.state, fate.error, now, fate.retry_at)
    return replace(letter, state=fate.state, last_error=fate.error)


def _fate(
    letter: Letter,
    channel: Channel,
    prepare: Callable[[Letter], Ready | Withdrawal],
    now: Instant,
    runner: asyncio.Runner,
) -> _Fate:
    try:
        prepared = prepare(letter)
    except InterimError as fault:
        return _Fate(LetterState.HELD, str(fault))
    if isinstance(prepared, Withdrawal):
        return _Fate(prepared.state, prepared.reason)
    answer = runner.run(channel.send(prepared.sender, letter.recipient, prepared.message))
    match answer.verdict:
        case Verdict.TAKEN:
            return _Fate(LetterState.SENT)
        case Verdict.DEFERRED:
            return _Fate(LetterState.QUEUED, answer.reason, now.plus(pause(letter.attempts)))
        case Verdict.REJECTED:
            return _Fate(LetterState.FAILED, answer.reason)
        case Verdict.UNKNOWN:
            return _Fate(LetterState.AMBIGUOUS, answer.reason)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling, up to a few hours."""
    doublings = min(max(attempts - 1, 0), _DOUBLINGS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
