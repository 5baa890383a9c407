"""Delivery: each queued letter claimed, checked once more, sent, and its fate recorded."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Channel, Verdict
from scheduler.notification.desk import Desk, Handed
from scheduler.notification.fates import Fate, fate
from scheduler.notification.standing import Withdrawal


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter that one sender has to itself until an instant."""

    letter: Letter
    until: Instant


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of a claimed letter, or in words why nothing was handed over."""

    claim: Claim
    found: Fate | str


@dataclass(frozen=True, slots=True)
class Turn:
    """The letters that were brought back, as they stand now, and others to be sent.

    Those of which nothing was handed over are not among the former. `more_later` says that
    others may go once some of those are brought back that this run has in hand.
    """

    settled: tuple[Letter, ...] = ()
    claims: tuple[Claim, ...] = ()
    more_later: bool = False


class Outbox(Protocol):
    """Where letters wait; every call is a transaction of its own."""

    def waiting(self, now: Instant) -> bool:
        """Tell whether a letter may be there to claim."""

    def turn(self, back: Sequence[Returned], wanted: int, now: Instant) -> Turn:
        """Record what became of letters, and take up to so many others that may be sent.

        Nobody else gets those meanwhile. What was brought back is recorded by the time this
        returns, so that who hands over a letter at a time leaves one in doubt at most.
        """

    def holds(self, claim: Claim, now: Instant) -> bool:
        """Tell whether a claimed letter may still be sent by whoever claimed it."""

    def give_up(self, now: Instant) -> None:
        """Let others have what was set aside for this run and not yet taken by `turn`."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that may go, and the address that sends it."""

    sender: str
    message: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a run sends with.

    Over each of the `channels` one letter goes at a time. `prepare` looks at a letter in the
    light of the present: it returns the message, or why the letter is withdrawn; a letter that
    it refuses (`InterimError`) is held for a person. `chance` gives a number from 0 to 1 at each
    call.
    """

    outbox: Outbox
    channels: Sequence[Channel]
    prepare: Callable[[Letter], Ready | Withdrawal]
    clock: Callable[[], Instant]
    chance: Callable[[], float]


def deliver(run: Delivery) -> Iterator[Letter]:
    """Send what is queued, and yield each letter as it was settled.

    Raises `ServiceUnreachable` where letters are left that cannot leave: those stay queued, and
    the attempt does not count. What was settled before is yielded first.
    """
    if not run.outbox.waiting(run.clock()):
        return
    told: list[Letter] = []
    try:
        asyncio.run(_deliver(run, told))
    except ServiceUnreachable:
        yield from told
        raise
    yield from told


async def deliver_claimed(run: Delivery, claim: Claim, channel: Channel) -> Letter | None:
    """Send one letter that was claimed; return it as it was settled, None where it was forgone.

    The channel stays open. Raises `ServiceUnreachable` where the letter cannot leave: it stays
    queued, and the attempt does not count.
    """
    try:
        found = await _fate(run, claim, channel)
    except ServiceUnreachable as fault:
        run.outbox.turn([Returned(claim, str(fault))], 0, run.clock())
        raise
    settled = run.outbox.turn([Returned(claim, found)], 0, run.clock()).settled
    return settled[0] if settled else None


async def _deliver(run: Delivery, told: list[Letter]) -> None:
    def turn(back: Sequence[Returned], wanted: int) -> Handed[Claim]:
        found = run.outbox.turn(back, wanted, run.clock())
        told.extend(found.settled)
        return Handed(found.claims, found.more_later)

    desk = Desk(turn, len(run.channels))
    try:
        await run.channels[0].open()
        senders = (_send(run, desk, channel) for channel in run.channels)
        ends = await asyncio.gather(*senders, return_exceptions=True)
    finally:
        for channel in run.channels:
            await channel.close()
        with suppress(ServiceUnreachable):  # where it cannot be said, the lease will
            run.outbox.give_up(run.clock())
    _complain(run, [end for end in ends if end is not None])


class _LineLost(Exception):
    """One sender's channel takes no letters; its letter was put back."""

    def __init__(self, cause: ServiceUnreachable) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _complain(run: Delivery, faults: Sequence[BaseException]) -> None:
    """Raise what kept senders from sending, unless others sent everything in their place."""
    lost = [fault for fault in faults if isinstance(fault, _LineLost)]
    for fault in faults:
        if fault not in lost:
            raise fault
    if lost and run.outbox.waiting(run.clock()):
        raise lost[0].cause


async def _send(run: Delivery, desk: Desk[Returned, Claim], channel: Channel) -> None:
    """Send one letter after the other, until none is left."""
    claim = await desk.turn()
    while claim is not None:
        try:
            found = await _fate(run, claim, channel)
        except ServiceUnreachable as fault:
            await desk.leave(Returned(claim, str(fault)))
            raise _LineLost(fault) from fault
        except BaseException:
            desk.lose()
            raise
        claim = await desk.turn(Returned(claim, found))


async def _fate(run: Delivery, claim: Claim, channel: Channel) -> Fate | str:
    """Return what becomes of a letter, or why it was forgone."""
    try:
        prepared = run.prepare(claim.letter)
    except ServiceUnreachable:
        raise
    except InterimError as fault:
        return Fate(LetterState.HELD, str(fault), untried=True)
    if isinstance(prepared, Withdrawal):
        return Fate(prepared.state, prepared.reason, untried=True)

    def may_go_on() -> bool:
        return run.outbox.holds(claim, run.clock())

    recipient = claim.letter.recipient
    answer = await channel.send(prepared.sender, recipient, prepared.message, may_go_on)
    if answer.verdict is Verdict.FORGONE:
        return answer.reason or answer.verdict
    return fate(claim.letter, answer, run.clock(), run.chance())
