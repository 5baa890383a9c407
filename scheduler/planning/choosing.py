"""Chooses the dates of one group: the chain of slots that scores most, exactly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import pairwise

from scheduler.errors import InterimError
from scheduler.model.mandate import Preferences
from scheduler.planning.candidates import Candidate, Field
from scheduler.planning.chains import Option, Steps, best_chain
from scheduler.planning.scoring import OWN_PARTS, Part, evenness, part_weights, sharing

# A score is scaled so that what settles ties can never make up for a point.
SCALE = 1 << 20
TIES = 1 << 10
MOST_MEETINGS = SCALE // TIES


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


def board_of(field: Field, preferences: Preferences) -> Board:
    """Return a field made ready for the search; worths are whole numbers, scaled by `SCALE`."""
    weights = part_weights(preferences)
    return Board(
        candidates=field.candidates,
        options=tuple(_option(c, weights, preferences.seed) for c in field.candidates),
        steps=steps_of(preferences),
        meetings=preferences.meetings,
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


def choose(board: Board) -> tuple[Candidate, ...]:
    """Return the slots of the best series, by time; raises `NoSuchSeries`."""
    found = best_chain(board.options, board.meetings, board.steps)
    if found is None:
        raise NoSuchSeries(board.meetings, len(board.options), longest(board))
    return tuple(board.candidates[place] for place in found)


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
    """Return what a series scores: its slots by themselves, and each two in a row."""
    weights = part_weights(preferences)
    return sum(own_score(candidate, weights) for candidate in chosen) + sum(
        weights[part] * points
        for first, second in pairwise(chosen)
        for part, points in pair_points(first, second, preferences)
    )


def pair_points(
    first: Candidate, second: Candidate, preferences: Preferences
) -> tuple[tuple[Part, int], ...]:
    """Return the points of two meetings in a row."""
    gap = (second.day - first.day).days
    return (
        (Part.SPACING, evenness(gap, preferences.spacing)),
        (Part.SHARING, sharing(first.heavy, second.heavy, len(preferences.members))),
    )


def best_score(count: int, preferences: Preferences) -> int:
    """Return what a series of so many meetings would score if every part were perfect."""
    weights = part_weights(preferences)
    own = sum(weights[part] for part in OWN_PARTS)
    pair = weights[Part.SPACING] + weights[Part.SHARING]
    return 100 * (count * own + max(0, count - 1) * pair)


def points_of(worths: Iterable[int]) -> int:
    """Return scaled worths as points, without what settled ties."""
    return sum(worths) // SCALE


def _option(candidate: Candidate, weights: dict[Part, int], seed: int) -> Option:
    worth = SCALE * own_score(candidate, weights) + _tie(candidate, seed)
    return Option(candidate.day.toordinal(), candidate.heavy, worth)


def _tie(candidate: Candidate, seed: int) -> int:
    """A small number that a slot draws under a seed: the same one on any machine."""
    drawn = blake2b(f"{seed} {candidate.start} {candidate.slot.minutes}".encode(), digest_size=4)
    return int.from_bytes(drawn.digest()) % TIES


def _scaled_sharing(heavy: int, then_heavy: int, *, zones: int, weight: int) -> int:
    return weight * sharing(heavy, then_heavy, zones)
