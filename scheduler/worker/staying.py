"""A sender that stays: one run after the other, until it is told to stop."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

from scheduler.errors import InterimError, ServiceUnreachable

_MOST_TURNS = 10  # between two tries, where a service is away for long
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(slots=True)
class Stop:
    """Whether whoever runs the worker has told it to stop."""

    _told: Event = field(default_factory=Event)

    def __call__(self) -> bool:
        """Tell whether to stop."""
        return self._told.is_set()

    def tell(self) -> None:
        """Stop after the letter in hand."""
        self._told.set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until told to stop; tell whether to stop."""
        return self._told.wait(seconds)


def work(
    run: Callable[[], float | None],
    complain: Callable[[InterimError], None],
    stop: Stop,
    every: float,
) -> None:
    """Run again and again, `every` so many seconds, until told to `stop`.

    A run that returns a number of seconds is followed by the next after these, if that is sooner.
    What a run refuses is complained of and does not end the worker: what is wrong may be set
    right meanwhile. While a service cannot be reached the pauses grow, to ten times their length.
    """
    away = 0
    while not stop():
        sooner = None
        try:
            sooner = run()
            away = 0
        except ServiceUnreachable as fault:
            complain(fault)
            away += 1
        except InterimError as fault:
            complain(fault)
        pause = every * min(max(1, away), _MOST_TURNS)
        stop.wait(pause if sooner is None else min(pause, sooner))


@contextmanager
def told_by_signals(stop: Stop) -> Iterator[None]:
    """Let SIGTERM and SIGINT tell the worker to stop while the block runs; a second one ends it."""

    def tell(number: int, _: FrameType | None) -> None:
        stop.tell()
        signal.signal(number, usual[signal.Signals(number)])

    usual = {number: signal.signal(number, tell) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, before in usual.items():
            signal.signal(number, before)
