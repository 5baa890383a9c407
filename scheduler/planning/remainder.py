"""Searches through what tolls leave open: every series that could yet beat the best one known.

From the last meeting back to the first, the ends of series are put together. Of those that begin
on the same day with the same kind, and with the same number of bad hours for each zone, the best
stands for all; one that could not beat the best series known, whatever came before it, is dropped.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.planning.balance import (
    Balance,
    Found,
    Tolls,
    nearly_best,
    series_worth,
    tolled,
)
from scheduler.planning.chains import NEVER, Ladder, Layer, Option, Steps, ladder_of

MOST_ENDS = 4_000
ZONE_BITS = 16  # room for the bad hours of one zone in a number that holds those of all


class _End(NamedTuple):
    """The end of a series: what follows its first option is worth `after`, at tolls."""

    after: int
    days: tuple[int, ...]
    kinds: tuple[int, ...]


_Ends = dict[tuple[int, int, int], _End]


def best_series(
    options: Sequence[Option], length: int, steps: Steps, balance: Balance, tolls: Tolls = ()
) -> Found | None:
    """Return the best series of so many options; None where there is none.

    Its bound is what it is worth itself, or more where too much would have to be searched through.
    `tolls` are those to begin with.
    """
    ladder = ladder_of(options, length, steps)
    found = nearly_best(options, ladder, balance, tolls)
    if found is None or found.bound <= found.worth:
        return found
    ends = _ends(tolled(ladder, found.tolls), balance, found)
    if ends is None:
        return found
    chains = (tuple(ladder.heads[head] for head in zip(e.kinds, e.days, strict=True)) for e in ends)
    worths = ((_worth(options, chain, steps, balance), chain) for chain in chains)
    worth, chain = max(worths, key=lambda row: row[0], default=(found.worth, found.chain))
    better = worth > found.worth
    best = max(worth, found.worth)
    return Found(chain if better else found.chain, best, best, found.tolls)


def _worth(
    options: Sequence[Option], chain: tuple[int, ...], steps: Steps, balance: Balance
) -> int:
    return series_worth([options[place] for place in chain], steps, balance) or 0


def _ends(ladder: Ladder, balance: Balance, found: Found) -> list[_End] | None:
    """All series that could beat the one found; None where there are too many ends of them."""
    back = balance.given_back(found.tolls, len(ladder.layers))
    last = ladder.layers[-1]
    ends: _Ends = {
        (day, kind, _spread(kind)): _End(0, (day,), (kind,))
        for kind, row in last.items()
        for day, worth in enumerate(row)
        if worth + back > found.worth
    }
    for layer in reversed(ladder.layers[:-1]):
        longer: _Ends = {}
        for key, end in _longer(ends, ladder, layer, found.worth - back):
            known = longer.get(key)
            longer[key] = end if known is None else max(known, end)
        if len(longer) > MOST_ENDS:
            return None
        ends = longer
    return list(ends.values())


def _longer(
    ends: _Ends, ladder: Ladder, layer: Layer, needed: int
) -> Iterator[tuple[tuple[int, int, int], _End]]:
    """The ends that begin one meeting earlier and could still be worth more than is needed."""
    steps = ladder.steps
    for (day, kind, borne), end in ends.items():
        after = end.after + ladder.own[kind][day]
        for earlier, row in layer.items():
            both = after + steps.by_kinds(earlier, kind)
            spread = borne + _spread(earlier)
            for place, gap in enumerate(steps.by_gap):
                before = day - steps.least - place
                if before >= 0 and row[before] + both + gap > needed and row[before] > NEVER // 2:
                    longer = _End(both + gap, (before, *end.days), (earlier, *end.kinds))
                    yield (before, earlier, spread), longer


def _spread(kind: int) -> int:
    """A bad hour for each zone of a kind, counted apart from those of others."""
    return sum(1 << zone * ZONE_BITS for zone in range(kind.bit_length()) if kind >> zone & 1)
