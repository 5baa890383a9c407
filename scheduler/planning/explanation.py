"""Why each slot was chosen: its score by part, and the best two that lost, with what they lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from scheduler.model.mandate import Preferences
from scheduler.planning.candidates import Candidate
from scheduler.planning.choosing import own_score, pair_points
from scheduler.planning.scoring import Part, Points, balance, cost_of_a_pair, part_weights
from scheduler.rules.fairness import LocalTime, local_times

LOSERS_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A slot's points by part, from 0 to 100, and their weighted mean, `of_hundred`.

    Spacing and sharing are those towards its neighbours, the worse of two; balance is that beside
    all others.
    """

    parts: Points
    of_hundred: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loser:
    """A slot that was not taken: its score in that place, and by how much the series loses.

    `lost_points` are weighted; 0 is a tie that the seed settled.
    """

    candidate: Candidate
    score: Score
    lost_points: int

    def worse_than(self, winner: Score) -> Points:
        """Return the parts in which it has fewer points, with their number, the worst first."""
        had = dict(winner.parts)
        less = [(part, had[part] - points) for part, points in self.score.parts if part in had]
        return tuple(sorted((row for row in less if row[1] > 0), key=lambda row: -row[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a slot was chosen: its score, when it is for each zone, and the best that lost to it."""

    candidate: Candidate
    score: Score
    local_times: tuple[LocalTime, ...]
    losers: tuple[Loser, ...]


def explain(
    chosen: Sequence[Candidate], free: Iterable[Candidate], preferences: Preferences
) -> tuple[Explanation, ...]:
    """Return why each slot of a series was chosen from those that were free.

    The losers of a slot are those that would do best in its place, the rest of the series kept.
    """
    free = tuple(free)
    return tuple(_explained(at, chosen, free, preferences) for at in range(len(chosen)))


def _explained(
    at: int, chosen: Sequence[Candidate], free: Iterable[Candidate], preferences: Preferences
) -> Explanation:
    winner, neighbours = chosen[at], _Neighbours.of(at, chosen)
    worth = _worth(winner, neighbours, preferences)
    rivals = (c for c in free if c is not winner and neighbours.leave_room(c, preferences))
    best = nlargest(
        LOSERS_SHOWN,
        ((_worth(rival, neighbours, preferences), rival) for rival in rivals),
        key=lambda row: (row[0], -row[1].start.utc.timestamp()),
    )
    return Explanation(
        candidate=winner,
        score=_score(winner, neighbours, preferences),
        local_times=local_times(winner.start, winner.end, preferences.members),
        losers=tuple(
            Loser(
                candidate=rival,
                score=_score(rival, neighbours, preferences),
                lost_points=worth - less,
            )
            for less, rival in best
        ),
    )


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The meetings before and after a place in the series, and all but the one in that place."""

    before: Candidate | None
    after: Candidate | None
    others: tuple[Candidate, ...]

    @classmethod
    def of(cls, at: int, chosen: Sequence[Candidate]) -> "_Neighbours":
        before = chosen[at - 1] if at else None
        after = chosen[at + 1] if at + 1 < len(chosen) else None
        return cls(before, after, (*chosen[:at], *chosen[at + 1 :]))

    def leave_room(self, candidate: Candidate, preferences: Preferences) -> bool:
        spacing = preferences.spacing
        gaps = [(second.day - first.day).days for first, second in self.pairs(candidate)]
        return all(spacing.least_days <= gap <= spacing.most_days for gap in gaps)

    def pairs(self, candidate: Candidate) -> list[tuple[Candidate, Candidate]]:
        before = [(self.before, candidate)] if self.before else []
        return before + ([(candidate, self.after)] if self.after else [])


def _worth(candidate: Candidate, neighbours: _Neighbours, preferences: Preferences) -> int:
    """What a slot adds to the series in its place, in weighted points."""
    weights = part_weights(preferences)
    again = sum((candidate.heavy & other.heavy).bit_count() for other in neighbours.others)
    return (
        own_score(candidate, weights)
        + sum(
            weights[part] * points
            for first, second in neighbours.pairs(candidate)
            for part, points in pair_points(first, second, preferences)
        )
        - again * cost_of_a_pair(len(neighbours.others) + 1, preferences)
    )


def _score(candidate: Candidate, neighbours: _Neighbours, preferences: Preferences) -> Score:
    weights = part_weights(preferences)
    parts = dict(candidate.points)
    for first, second in neighbours.pairs(candidate):
        for part, points in pair_points(first, second, preferences):
            parts[part] = min(points, parts.get(part, points))
    if neighbours.others:
        heavy = [other.heavy for other in neighbours.others]
        parts[Part.BALANCE] = balance(candidate.heavy, heavy, len(preferences.members))
    counted = tuple((part, points) for part, points in parts.items() if weights[part])
    total = sum(weights[part] for part, _ in counted)
    mean = sum(weights[part] * points for part, points in counted) // total if total else 100
    return Score(parts=counted, of_hundred=mean)
