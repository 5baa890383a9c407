"""Spans of time that can be asked what lies across them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from scheduler.model.moment import Instant


class Span(Protocol):
    """Anything that lasts from one instant to another."""

    @property
    def start(self) -> Instant:
        """Its first instant."""

    @property
    def end(self) -> Instant:
        """The instant it is over at."""


Kind = TypeVar("Kind", bound=Span)


@dataclass(frozen=True, slots=True)
class Timetable(Generic[Kind]):
    """Spans by their start; `longest` bounds how far back one can reach."""

    spans: tuple[Kind, ...]
    starts: tuple[datetime, ...]
    longest: timedelta

    def across(self, start: datetime, end: datetime) -> tuple[Kind, ...]:
        """Return the spans that share time with the one from `start` to `end`, in order."""
        first = bisect_right(self.starts, start - self.longest)
        behind = bisect_left(self.starts, end)
        return tuple(span for span in self.spans[first:behind] if span.end.utc > start)


def timetable(spans: Iterable[Kind]) -> Timetable[Kind]:
    """Return spans made ready to be asked; their order does not matter."""
    ordered = tuple(sorted(spans, key=lambda span: (span.start, span.end, repr(span))))
    return Timetable(
        spans=ordered,
        starts=tuple(span.start.utc for span in ordered),
        longest=max((span.end.utc - span.start.utc for span in ordered), default=timedelta()),
    )
