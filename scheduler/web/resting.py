"""Questions that cost something: asked now and then, and answered as before in between."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

Told = TypeVar("Told")


def resting(
    ask: Callable[[], Told], rest_seconds: float, clock: Callable[[], float]
) -> Callable[[], Told]:
    """Return `ask` as it may be called as often as anybody likes, from any thread.

    After each time it is really asked, the answer stays the same for `rest_seconds`. `clock`
    gives seconds that never go back.
    """
    lock = Lock()
    last: list[tuple[float, Told]] = []

    def told() -> Told:
        with lock:
            now = clock()
            if not last or now >= last[0][0] + rest_seconds:
                last[:] = [(now, ask())]
            return last[0][1]

    return told
