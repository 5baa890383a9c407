"""The desk of a run: who is served together, and who need not wait."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import pytest

from scheduler.notification.desk import Desk, Handed

NO_TIME = partial(asyncio.sleep, 0)


class Clerk:
    """Hands out numbers up to a last one, and keeps what it was brought at each turn."""

    def __init__(self, last: int) -> None:
        self.numbers = iter(range(1, last + 1))
        self.turns: list[tuple[list[str], int]] = []
        self.fault: Exception | None = None

    def __call__(self, back: Sequence[str], wanted: int) -> Handed[int]:
        self.turns.append((list(back), wanted))
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        work = [found for _, found in zip(range(wanted), self.numbers, strict=False)]
        return Handed(work)


async def worker(
    desk: Desk[str, int],
    name: str,
    busy: Callable[[], Awaitable[object]] = NO_TIME,
) -> list[int]:
    done: list[int] = []
    number = await desk.turn()
    while number is not None:
        await busy()
        done.append(number)
        number = await desk.turn(f"{name}{number}")
    return done


def test_those_who_come_together_are_served_together():
    clerk = Clerk(last=4)

    async def run() -> list[list[int]]:
        desk = Desk[str, int](clerk, 2)
        return await asyncio.gather(worker(desk, "a"), worker(desk, "b"))

    assert sorted(map(len, asyncio.run(run()))) == [2, 2]
    assert [(len(back), wanted) for back, wanted in clerk.turns] == [(0, 2), (2, 2), (2, 2)]


def test_who_is_quick_does_not_wait_for_who_is_slow():
    clerk = Clerk(last=6)

    async def run() -> list[list[int]]:
        desk, quick_is_done = Desk[str, int](clerk, 2), asyncio.Event()

        async def quick() -> list[int]:
            done = await worker(desk, "quick")
            quick_is_done.set()
            return done

        return await asyncio.gather(worker(desk, "slow", quick_is_done.wait), quick())

    slow, quick = asyncio.run(asyncio.wait_for(run(), 60))
    assert (slow, quick) == ([1], [2, 3, 4, 5, 6])


def test_what_goes_wrong_at_the_desk_is_told_to_who_stands_there_and_the_others_go_on():
    clerk = Clerk(last=3)

    async def run() -> list[object]:
        desk = Desk[str, int](clerk, 2)
        first = await asyncio.gather(desk.turn(), desk.turn())
        clerk.fault = ZeroDivisionError()
        with pytest.raises(ZeroDivisionError):
            await desk.turn("lost")
        return [*first, await desk.turn("kept"), await desk.turn("last")]

    assert asyncio.run(run()) == [1, 2, 3, None]
    assert clerk.turns[-2:] == [(["kept"], 1), (["last"], 1)]


def test_who_leaves_brings_back_and_gets_nothing():
    clerk = Clerk(last=9)

    async def run() -> int | None:
        desk = Desk[str, int](clerk, 1)
        number = await desk.turn()
        await desk.leave("back")
        return number

    assert asyncio.run(run()) == 1
    assert clerk.turns == [([], 1), (["back"], 0)]


class Turns:
    """Hands out what each turn in its order has, and says whether there may be more later."""

    def __init__(self, *turns: Handed[int]) -> None:
        self.turns, self.asked = list(turns), list[tuple[int, int]]()

    def __call__(self, back: Sequence[str], wanted: int) -> Handed[int]:
        self.asked.append((len(back), wanted))
        return self.turns.pop(0)


def test_who_gets_nothing_stays_while_there_may_be_more_once_others_are_back():
    turns = Turns(Handed([1], more_later=True), Handed([2, 3]), Handed([], more_later=True))

    async def run() -> list[list[int]]:
        desk = Desk[str, int](turns, 2)
        return await asyncio.gather(worker(desk, "a"), worker(desk, "b"))

    assert asyncio.run(run()) == [[1, 3], [2]]
    assert turns.asked == [(0, 2), (1, 2), (2, 2)]


def test_who_stays_gets_what_is_left_when_the_others_leave():
    turns = Turns(Handed([1], more_later=True), Handed([2]), Handed([]))

    async def run() -> list[object]:
        desk = Desk[str, int](turns, 2)

        async def leaving() -> int | None:
            number = await desk.turn()
            await desk.leave("back")
            return number

        return await asyncio.gather(leaving(), worker(desk, "b"))

    assert asyncio.run(run()) == [1, [2]]


def test_who_stays_does_not_wait_for_one_that_will_not_come_back():
    turns = Turns(Handed([1], more_later=True), Handed([], more_later=True))

    async def run() -> list[object]:
        desk = Desk[str, int](turns, 2)

        async def lost() -> int | None:
            number = await desk.turn()
            desk.lose()
            return number

        return await asyncio.gather(lost(), worker(desk, "b"))

    assert asyncio.run(asyncio.wait_for(run(), 60)) == [1, []]
