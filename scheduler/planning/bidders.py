"""Groups that plan together, and the times of shared people that they contend for.

A person's time is contested where meetings of two of the person's groups may lie across it. It is
enough to look at the moments at which meetings may start: two meetings overlap exactly where one
of them lies across the other's start.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.planning.choosing import Board

Covers = tuple[tuple[int, ...], ...]
"""For each option of a group, the contested times that it takes, as numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidder:
    """A group that takes part: its board, and who must be at every meeting of it."""

    group: str
    board: Board
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contests:
    """Which contested times each option of each group takes."""

    covers: Mapping[str, Covers]

    def usage(self, chains: Mapping[str, tuple[int, ...]]) -> Counter[int]:
        """Return how many meetings of the chains take each contested time."""
        return Counter(n for group, chain in chains.items() for n in self.taken(group, chain))

    def taken(self, group: str, chain: Iterable[int]) -> list[int]:
        """Return the contested times that a group's chain takes."""
        covers = self.covers[group]
        return [number for place in chain for number in covers[place]]


def contests_of(bidders: Iterable[Bidder]) -> Contests:
    """Return the contests of groups, each of which has an acronym of its own."""
    bidders = tuple(bidders)
    seats = Counter(person for bidder in bidders for person in set(bidder.people))
    shared = sorted(person for person, groups in seats.items() if groups > 1)
    starts = {person: _starts(person, bidders) for person in shared}
    numbers = {
        (person, start): number
        for number, (person, start) in enumerate((p, s) for p in shared for s in starts[p])
    }
    return Contests({bidder.group: _covers(bidder, starts, numbers) for bidder in bidders})


def _starts(person: str, bidders: Iterable[Bidder]) -> list[datetime]:
    found = {c.start.utc for b in bidders if person in b.people for c in b.board.candidates}
    return sorted(found)


def _covers(
    bidder: Bidder,
    starts: Mapping[str, list[datetime]],
    numbers: Mapping[tuple[str, datetime], int],
) -> Covers:
    people = sorted({person for person in bidder.people if person in starts})
    return tuple(
        tuple(
            numbers[(person, start)]
            for person in people
            for start in _between(starts[person], candidate.start.utc, candidate.end.utc)
        )
        for candidate in bidder.board.candidates
    )


def _between(starts: list[datetime], first: datetime, end: datetime) -> list[datetime]:
    return starts[bisect_left(starts, first) : bisect_left(starts, end)]
