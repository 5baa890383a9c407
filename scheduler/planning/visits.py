"""Contributions on their way from call to call: what is for a call, stands there, or leaves it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from scheduler.model.agenda import CarryReason, Standing
from scheduler.model.contribution import Contribution
from scheduler.model.topic import TopicMatch
from scheduler.rules.priorities import Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A contribution that is for a call, and where it comes from.

    `minutes` is how long it may take, `came_from` the UID of the meeting it was carried over
    from and `carried` why; both are None at the first call it is for. `timely` tells that it was
    on time for a call before, so that no later one finds it late.
    """

    contribution: Contribution
    match: TopicMatch
    minutes: int
    came_from: str | None = None
    carried: CarryReason | None = None
    timely: bool = False

    @property
    def id(self) -> str:
        """The id of the contribution."""
        return self.contribution.id

    def onward(self, came_from: str, reason: CarryReason, *, timely: bool) -> "Visit":
        """Return the contribution as it comes to the next call."""
        return replace(self, came_from=came_from, carried=reason, timely=timely)


@dataclass(frozen=True, slots=True)
class Seat:
    """A contribution at a call, where it stands in the order, and the class it stands in."""

    rank: Rank
    visit: Visit
    standing: Standing

    def __lt__(self, other: "Seat") -> bool:
        """Order seats as an agenda does."""
        return self.rank < other.rank


@dataclass(frozen=True, slots=True)
class Departure:
    """A contribution that a call hands on, and the UID of where it stands next, or the parent."""

    visit: Visit
    reason: CarryReason
    to: str | None


class Lines:
    """Contributions that wait for a call: a line for each topic, and one for all others.

    The line for others has the key None. Those that are treated meanwhile are passed over.
    """

    def __init__(self) -> None:
        self._lines: dict[str | None, list[Seat]] = {}
        self._gone: set[str] = set()

    def join(self, topic: str | None, seat: Seat) -> None:
        """Put a contribution in a line, at its place in the order."""
        heappush(self._lines.setdefault(topic, []), seat)

    def drop(self, contribution: str) -> None:
        """Have a contribution wait no longer, wherever it stands."""
        self._gone.add(contribution)

    def is_gone(self, contribution: str) -> bool:
        """Tell whether a contribution waits no longer."""
        return contribution in self._gone

    def serving(self, topics: frozenset[str]) -> list[list[Seat]]:
        """Return the lines that a call on these topics serves."""
        lines = (self._lines.get(topic) for topic in (*sorted(topics), None))
        return [line for line in lines if line]

    def first(self, lines: list[list[Seat]]) -> list[Seat] | None:
        """Return the line whose head stands first of all, or None where all are empty."""
        waiting = [line for line in lines if self._has_head(line)]
        return min(waiting, key=lambda line: line[0], default=None)

    def close(self, topic: str | None) -> Iterator[Visit]:
        """Yield those in a line in their order, and leave it empty."""
        seats = sorted(self._lines.pop(topic, []))
        return (seat.visit for seat in seats if not self.is_gone(seat.visit.id))

    def _has_head(self, line: list[Seat]) -> bool:
        while line and self.is_gone(line[0].visit.id):
            heappop(line)
        return bool(line)
