"""Shares the bad hours of a whole series, not only of meetings in a row.

Each two meetings of a series at which the same zone bears a bad hour cost the same, wherever they
stand in it: a zone that bears n of them costs n(n-1)/2 times that. This is no chain. But it is one
where every bad hour costs its zone a fixed *toll* instead, and the best chain at tolls is found
exactly. No series is worth more than that chain with the most that tolls can have cost too much:
what n bad hours cost is the highest of its tangents, and a toll is the slope of one. So tolls are
moved until what is found reaches what none can beat; what is left between the two is searched
through (`scheduler.planning.remainder`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.planning.chains import Ladder, Option, Steps, chain_worth

TRIES = 8

Tolls = tuple[int, ...]
"""What a bad hour of each zone costs, in the order of the members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a series loses where one of `zones` bears bad hours at two of its meetings.

    The cost is above 0 unless there are no zones.
    """

    cost: int = 0
    zones: int = 0

    def borne(self, kinds: Iterable[int]) -> tuple[int, ...]:
        """Return how many bad hours each zone bears; a kind has a bit for each that does."""
        kinds = tuple(kinds)
        return tuple(sum(kind >> zone & 1 for kind in kinds) for zone in range(self.zones))

    def lost(self, kinds: Iterable[int]) -> int:
        """Return what meetings of these kinds lose together."""
        return self.cost * sum(n * (n - 1) // 2 for n in self.borne(kinds))

    def given_back(self, tolls: Tolls, meetings: int) -> int:
        """Return the most by which tolls can exceed what the bad hours really cost."""
        most = (self._dearest(toll, meetings) for toll in tolls)
        pairs = zip(tolls, most, strict=True)
        return sum(toll * n - self.cost * (n * (n - 1) // 2) for toll, n in pairs)

    def moved(self, tolls: Tolls, kinds: Iterable[int], distance: int) -> Tolls:
        """Return tolls a step further: up for a zone that bears more than its toll is meant for.

        The step is Polyak's: the distance to the best series known, spread over the zones.
        """
        kinds = tuple(kinds)
        excess = [
            self._excess(n, toll, len(kinds))
            for n, toll in zip(self.borne(kinds), tolls, strict=True)
        ]
        step = max(1, distance // max(1, sum(over * over for over in excess)))
        pairs = zip(tolls, excess, strict=True)
        return tuple(max(0, toll + step * over) for toll, over in pairs)

    def _dearest(self, toll: int, meetings: int) -> int:
        """How many bad hours a toll is most too dear for."""
        return min(meetings, toll // self.cost + 1)

    def _excess(self, borne: int, toll: int, meetings: int) -> int:
        most = self._dearest(toll, meetings)
        least = most - 1 if toll % self.cost == 0 else most
        return min(0, borne - least) + max(0, borne - most)


class Found(NamedTuple):
    """A series as positions of options, its worth, what none can beat, and at which tolls."""

    chain: tuple[int, ...]
    worth: int
    bound: int
    tolls: Tolls


def series_worth(options: Sequence[Option], steps: Steps, balance: Balance) -> int | None:
    """Return what options are worth as a series; None where they are not allowed to be one."""
    worth = chain_worth(options, steps)
    return None if worth is None else worth - balance.lost(option.kind for option in options)


def toll_of(kind: int, tolls: Tolls) -> int:
    """Return what an option of a kind costs at tolls."""
    return sum(toll for zone, toll in enumerate(tolls) if kind >> zone & 1)


def tolled(ladder: Ladder, tolls: Tolls) -> Ladder:
    """Return what is best at tolls."""
    return ladder.at_tolls(lambda kind: toll_of(kind, tolls)) if any(tolls) else ladder


def found_at(
    options: Sequence[Option], ladder: Ladder, balance: Balance, tolls: Tolls
) -> Found | None:
    """Return the best chain at tolls with what it is really worth; None where there is none."""
    chain = tolled(ladder, tolls).best()
    if chain is None:
        return None
    taken = [options[place] for place in chain]
    untolled = chain_worth(taken, ladder.steps) or 0
    paid = sum(toll_of(option.kind, tolls) for option in taken)
    return Found(
        chain=chain,
        worth=untolled - balance.lost(option.kind for option in taken),
        bound=untolled - paid + balance.given_back(tolls, len(chain)),
        tolls=tolls,
    )


def nearly_best(
    options: Sequence[Option], ladder: Ladder, balance: Balance, tolls: Tolls = ()
) -> Found | None:
    """Return the best series that tolls lead to, and the lowest bound; None where there is none.

    `tolls` are those to begin with.
    """
    best = found_at(options, ladder, balance, tolls or (0,) * balance.zones)
    latest = best
    for _ in range(TRIES - 1):
        if best is None or latest is None or best.bound <= best.worth:
            break
        kinds = [options[place].kind for place in latest.chain]
        moved = balance.moved(latest.tolls, kinds, latest.bound - best.worth)
        latest = found_at(options, ladder, balance, moved) if moved != latest.tolls else None
        best = _better(best, latest) if latest else best
    return best


def _better(best: Found, latest: Found) -> Found:
    chain, worth, _, _ = latest if latest.worth > best.worth else best
    bound, tolls = min((best.bound, best.tolls), (latest.bound, latest.tolls))
    return Found(chain, worth, bound, tolls)
