"""Chooses the dates of one group: the series of slots that scores most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import pairwise

from scheduler.errors import InterimError
from scheduler.model.mandate import Preferences
from scheduler.planning.balance import Balance, series_worth
from scheduler.planning.candidates import Candidate, Field
from scheduler.planning.chains import Option, Steps, best_chain
from scheduler.planning.remainder import best_series
from scheduler.planning.scoring import (
    Part,
    cost_of_a_pair,
    evenness,
    part_weights,
    sharing,
)

# A score is scaled so that what settles ties can never make up for a point.
SCALE = 1 << 20
TIES = 1 << 10
UNBALANCED = Balance()


class NoSuchSeries(InterimError):
    """A window that cannot hold as many meetings as are wanted."""

    def __init__(self, wanted: int, free: int, possible: int) -> None:
        super().__init__(
            f"no {wanted} meetings fit: {free} slots are free, and with this spacing at most "
            f"{possible} meetings; widen the window, the weekdays, the hours or the spacing"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What one group's series is chosen from: its slots, by time, and their worth as options."""

    candidates: tuple[Candidate, ...]
    options: tuple[Option, ...]
    steps: Steps
    meetings: int
    balance: Balance = UNBALANCED

    def worth(self, chain: Iterable[int]) -> int | None:
        """Return what the series of these options is worth; None where they may not be one."""
        return series_worth([self.options[n] for n in chain], self.steps, self.balance)


def board_of(field: Field, preferences: Preferences) -> Board:
    """Return a field made ready for the search; worths are whole numbers, scaled by `SCALE`."""
    weights = part_weights(preferences)
    return Board(
        candidates=field.candidates,
        options=tuple(_option(c, weights, preferences.seed) for c in field.candidates),
        steps=steps_of(preferences),
        meetings=preferences.meetings,
        balance=balance_of(preferences),
    )


def steps_of(preferences: Preferences) -> Steps:
    """Return what two meetings in a row are worth together under the preferences."""
    weights, spacing = part_weights(preferences), preferences.spacing
    gaps = range(spacing.least_days, spacing.most_days + 1)
    share = partial(
        _scaled_sharing, zones=len(preferences.members), weight=SCALE * weights[Part.SHARING]
    )
    return Steps(
        least=spacing.least_days,
        by_gap=tuple(SCALE * weights[Part.SPACING] * evenness(gap, spacing) for gap in gaps),
        by_kinds=share,
    )


def balance_of(preferences: Preferences) -> Balance:
    """Return what bad hours of the same zone cost a whole series under the preferences."""
    cost = SCALE * cost_of_a_pair(preferences.meetings, preferences)
    return Balance(cost=cost, zones=len(preferences.members) if cost else 0)


def choose(board: Board) -> tuple[Candidate, ...]:
    """Return the slots of the best series, by time; raises `NoSuchSeries`."""
    found = best_series(board.options, board.meetings, board.steps, board.balance)
    if found is None:
        raise NoSuchSeries(board.meetings, len(board.options), longest(board))
    return tuple(board.candidates[place] for place in found.chain)


def longest(board: Board) -> int:
    """Return how many meetings fit at most, up to as many as are wanted."""
    return next(
        length
        for length in range(board.meetings, -1, -1)
        if best_chain(board.options, length, board.steps) is not None
    )


def own_score(candidate: Candidate, weights: dict[Part, int]) -> int:
    """Return what a slot scores by itself: its points by their weights."""
    return sum(weights[part] * points for part, points in candidate.points)


def score_of(chosen: Sequence[Candidate], preferences: Preferences) -> int:
    """Return what a series scores: its slots by themselves, each two in a row, and its balance."""
    weights = part_weights(preferences)
    own = sum(own_score(candidate, weights) for candidate in chosen)
    pairs = sum(
        weights[part] * points
        for first, second in pairwise(chosen)
        for part, points in pair_points(first, second, preferences)
    )
    return own + pairs - balance_of(preferences).lost(c.heavy for c in chosen) // SCALE


def pair_points(
    first: Candidate, second: Candidate, preferences: Preferences
) -> tuple[tuple[Part, int], ...]:
    """Return the points of two meetings in a row."""
    gap = (second.day - first.day).days
    return (
        (Part.SPACING, evenness(gap, preferences.spacing)),
        (Part.SHARING, sharing(first.heavy, second.heavy, len(preferences.members))),
    )


def _option(candidate: Candidate, weights: dict[Part, int], seed: int) -> Option:
    worth = SCALE * own_score(candidate, weights) + _tie(candidate, seed)
    return Option(candidate.day.toordinal(), candidate.heavy, worth)


def _tie(candidate: Candidate, seed: int) -> int:
    """A small number that a slot draws under a seed: the same one on any machine."""
    drawn = blake2b(f"{seed} {candidate.start} {candidate.slot.minutes}".encode(), digest_size=4)
    return int.from_bytes(drawn.digest()) % TIES


def _scaled_sharing(heavy: int, then_heavy: int, *, zones: int, weight: int) -> int:
    return weight * sharing(heavy, then_heavy, zones)
