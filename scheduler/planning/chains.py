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
Heads = Mapping[tuple[int, int], int]
"""The best option of each kind and day, by position; days count from the first one's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What the best chains of each length are worth, by the kind and the day of their last option.

    `own` is what the best option of a kind and day is worth by itself.
    """

    heads: Heads
    own: Layer
    layers: tuple[Layer, ...]
    steps: Steps

    def best(self) -> tuple[int, ...] | None:
        """Return the positions of the options in the chain that is worth most; None if none is."""
        if not self.layers or not self.own:
            return None if self.layers else ()
        return _walked_back(self.layers, self.own, self.heads, self.steps)

    def at_tolls(self, toll_of: Callable[[int], int]) -> "Ladder":
        """Return what is best where options of a kind are worth less by its toll."""
        tolls = {kind: toll_of(kind) for kind in self.own}
        own = {
            kind: [worth - tolls[kind] if worth > NEVER else NEVER for worth in row]
            for kind, row in self.own.items()
        }
        return _climbed(self.heads, own, len(self.layers), self.steps)


def ladder_of(options: Sequence[Option], length: int, steps: Steps) -> Ladder:
    """Return what the best chains of so many options are worth."""
    origin = min((option.day for option in options), default=0)
    heads = _heads(options, origin)
    width = max((option.day for option in options), default=origin) - origin + 1
    return _climbed(heads, _layer(options, heads, width), length, steps)


def best_chain(options: Sequence[Option], length: int, steps: Steps) -> tuple[int, ...] | None:
    """Return the positions of the options in the chain that is worth most, in order of days.

    None where no chain of that length exists. Equals are settled by earlier days, lower kinds
    and positions.
    """
    return ladder_of(options, length, steps).best()


def chain_worth(options: Sequence[Option], steps: Steps) -> int | None:
    """Return what options in a row are worth as a chain; None where they are not allowed to be."""
    pairs = [steps.worth(first, second) for first, second in pairwise(options)]
    allowed = [worth for worth in pairs if worth is not None]
    if len(allowed) < len(pairs):
        return None
    return sum(option.worth for option in options) + sum(allowed)


def _climbed(heads: Heads, own: Layer, length: int, steps: Steps) -> Ladder:
    layers: list[Layer] = [own] if length > 0 else []
    between = {kind: {earlier: steps.by_kinds(earlier, kind) for earlier in own} for kind in own}
    for _ in range(length - 1):
        layers.append(_next_layer(layers[-1], own, steps, between) if own else own)
    return Ladder(heads=heads, own=own, layers=tuple(layers), steps=steps)


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


def _next_layer(
    before: Layer, own: Layer, steps: Steps, between: Mapping[int, Mapping[int, int]]
) -> dict[int, list[int]]:
    """The best chains one longer than those of `before`; `between` is the worth of two kinds."""
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
            worths = between[kind]
            ways = [best + worths[earlier] for earlier, best in reached]
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
    heads: Heads,
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
