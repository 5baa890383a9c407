"""The desk where the senders of a run bring back letters and get others, several in one go."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Back = TypeVar("Back")
Work = TypeVar("Work")


@dataclass(frozen=True, slots=True)
class _Visit(Generic[Back, Work]):
    back: Back | None
    wants_more: bool
    got: "asyncio.Future[Work | None]"


@dataclass(frozen=True, slots=True)
class Handed(Generic[Work]):
    """Work that is handed out, and whether there may be more once others are back."""

    work: Sequence[Work]
    more_later: bool = False


class Desk(Generic[Back, Work]):
    """Serves senders together, for what is recorded at once costs little more than for one.

    Who comes is served when nobody else is still out, or when the wait has lasted as long as it
    took to serve last: so waiting never doubles the time that it saves. `turn` is given what was
    brought back and how many want more, and returns at most so many; what it raises, those who
    wait get. Who gets nothing stays as long as there may be more later and somebody is out.
    """

    def __init__(self, turn: Callable[[Sequence[Back], int], Handed[Work]], senders: int) -> None:
        """Open for so many senders, each of whom stays until it gets nothing more."""
        self._turn = turn
        self._senders = senders
        self._here: list[_Visit[Back, Work]] = []
        self._patience = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, back: Back | None = None) -> Work | None:
        """Bring back a piece of work and get another, or None once there is none."""
        return await self._visit(back, wants_more=True)

    async def leave(self, back: Back) -> None:
        """Bring back a piece of work and want no other."""
        await self._visit(back, wants_more=False)

    def lose(self) -> None:
        """Expect one of the senders no more, who will not come back with what it has."""
        self._senders -= 1
        if self._here and len(self._here) >= self._senders:
            self._serve()

    async def _visit(self, back: Back | None, *, wants_more: bool) -> Work | None:
        loop = asyncio.get_running_loop()
        visit: _Visit[Back, Work] = _Visit(back, wants_more, loop.create_future())
        self._here.append(visit)
        if len(self._here) >= self._senders:
            self._serve()
        elif self._timer is None:
            self._timer = loop.call_later(self._patience, self._serve)
        return await visit.got

    def _serve(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        here, self._here = self._here, []
        loop = asyncio.get_running_loop()
        began = loop.time()
        back = [visit.back for visit in here if visit.back is not None]
        try:
            handed = self._turn(back, sum(visit.wants_more for visit in here))
        except Exception as fault:  # noqa: BLE001  # it is theirs who wait, and raised there
            for visit in here:
                self._end(visit, fault)
            return
        self._patience = loop.time() - began
        work = iter(handed.work)
        unserved: list[_Visit[Back, Work]] = []
        for visit in here:
            found = next(work, None) if visit.wants_more else None
            if found is None and visit.wants_more:
                unserved.append(replace(visit, back=None))
            else:
                self._answer(visit, found)
        if handed.more_later and len(unserved) < self._senders:
            self._here = unserved
        else:
            for visit in unserved:
                self._answer(visit, None)

    def _answer(self, visit: _Visit[Back, Work], found: Work | None) -> None:
        self._senders -= found is None
        if not visit.got.done():  # nobody waits any more where the run was broken off
            visit.got.set_result(found)

    def _end(self, visit: _Visit[Back, Work], fault: Exception) -> None:
        self._senders -= 1
        if not visit.got.done():
            visit.got.set_exception(fault)
