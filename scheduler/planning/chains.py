"""The best chain of days: exact, by dynamic programming over a group's own dates.

A chain is worth what its options are worth and what each two in a row are worth together: by the
days between them, and by their kinds. Of the options of one day and kind only the best can stand
in the best chain, so the work grows with days, kinds and distances, not with options.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add
from typing import NamedTuple

NEVER = -(1 << 80)


class Option(NamedTuple):
    """One way to take a step: its day as a number, its kind, and what it is worth."""

    day: int
    kind: int
    worth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What two options in a row are worth together.

    `by_gap` holds the worth of each distance in days from `least` on, without gaps; other
    distances are not allowed. `by_kinds` is asked for the kinds of both.
    """

    least: int
    by_gap: tuple[int, ...]
    by_kinds: Callable[[int, int], int]

    def worth(self, first: Option, second: Option) -> int | None:
        """Return what a pair is worth; None where the second may not follow the first."""
        place = second.day - first.day - self.least
        if not 0 <= place < len(self.by_gap):
            return None
        return self.by_gap[place] + self.by_kinds(first.kind, second.kind)


Layer = Mapping[int, list[int]]
"""What the best chain that ends on a day with a kind is worth: by kind, then day."""


def best_chain(options: Sequence[Option], length: int, steps: Steps) -> tuple[int, ...] | None:
    """Return the positions of the options in the chain that is worth most, in order of days.

    None where no chain of that length exists. Equals are settled by earlier days, lower kinds
    and positions.
    """
    if not options or length < 1:
        return () if length < 1 else None
    origin = min(option.day for option in options)
    heads = _heads(options, origin)
    own = _layer(options, heads, max(option.day for option in options) - origin + 1)
    layers = [own]
    for _ in range(length - 1):
        layers.append(_next_layer(layers[-1], own, steps))
    return _walked_back(layers, own, heads, steps)


def chain_worth(options: Sequence[Option], steps: Steps) -> int | None:
    """Return what options in a row are worth as a chain; None where they are not allowed to be."""
    pairs = [steps.worth(first, second) for first, second in pairwise(options)]
    allowed = [worth for worth in pairs if worth is not None]
    if len(allowed) < len(pairs):
        return None
    return sum(option.worth for option in options) + sum(allowed)


def _heads(options: Sequence[Option], origin: int) -> dict[tuple[int, int], int]:
    """The best option of each kind and day, by position."""
    heads: dict[tuple[int, int], int] = {}
    for place, option in enumerate(options):
        key = (option.kind, option.day - origin)
        if key not in heads or option.worth > options[heads[key]].worth:
            heads[key] = place
    return heads


def _layer(
    options: Sequence[Option], heads: Mapping[tuple[int, int], int], width: int
) -> dict[int, list[int]]:
    layer = {kind: [NEVER] * width for kind in sorted({kind for kind, _ in heads})}
    for (kind, day), place in heads.items():
        layer[kind][day] = options[place].worth
    return layer


def _next_layer(before: Layer, own: Layer, steps: Steps) -> dict[int, list[int]]:
    """The best chains one longer than those of `before`."""
    after = {kind: [NEVER] * len(row) for kind, row in own.items()}
    backwards = steps.by_gap[::-1]
    width = len(next(iter(own.values())))
    for day in range(steps.least, width):
        kinds = [kind for kind, row in own.items() if row[day] > NEVER]
        if not kinds:
            continue
        found = ((kind, _reach(row, day, steps, backwards)) for kind, row in before.items())
        reached = [(kind, best) for kind, best in found if best > NEVER // 2]
        for kind in kinds:
            ways = [best + steps.by_kinds(earlier, kind) for earlier, best in reached]
            after[kind][day] = own[kind][day] + max(ways, default=NEVER)
    return after


def _reach(row: Sequence[int], day: int, steps: Steps, backwards: Sequence[int]) -> int:
    """The best that can be reached on a day from one row."""
    behind = day - steps.least + 1
    first = behind - len(backwards)
    cut = max(0, -first)
    return max(map(add, row[first + cut : behind], backwards[cut:]), default=NEVER)


def _walked_back(
    layers: Sequence[Layer],
    own: Layer,
    heads: Mapping[tuple[int, int], int],
    steps: Steps,
) -> tuple[int, ...] | None:
    """The positions of the chain that the last layer's best stands for."""
    rows = layers[-1].items()
    worth, day, kind = max(
        (worth, -day, -kind) for kind, row in rows for day, worth in enumerate(row)
    )
    if worth <= NEVER // 2:
        return None
    at = Option(-day, -kind, worth)
    chain = [heads[(at.kind, at.day)]]
    for layer in reversed(layers[:-1]):
        at = _step_before(layer, at, at.worth - own[at.kind][at.day], steps)
        chain.append(heads[(at.kind, at.day)])
    return tuple(reversed(chain))


def _step_before(layer: Layer, at: Option, rest: int, steps: Steps) -> Option:
    """The first option, by day and kind, through which the best chain reaches `at`."""
    earliest = max(0, at.day - steps.least - len(steps.by_gap) + 1)
    days = range(earliest, at.day - steps.least + 1)
    options = (Option(day, kind, layer[kind][day]) for day in days for kind in layer)
    return next(o for o in options if o.worth + (steps.worth(o, at) or 0) == rest)
