"""Chooses the dates of a whole body at once: group after group exactly, beside a proven bound.

People who sit in several groups can be at one meeting at a time. A group's own series is found
exactly, the others' meetings being in its way; groups are gone through again until none can do
better, and with prices on contested times. No plan can beat the *bound*: what every group would
have without the others, or less where prices prove less (Lagrangian duality: a time of a person
may be had for its price by any number of groups, and unsold times cost their price).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.planning.arranging import Chains, NoPlanForAll, Wishes, arranged
from scheduler.planning.balance import Found, Tolls
from scheduler.planning.bidders import Bidder, Contests, contests_of
from scheduler.planning.candidates import Candidate
from scheduler.planning.choosing import SCALE, NoSuchSeries, longest
from scheduler.planning.prices import Prices, moved_prices, priced_series
from scheduler.rules.timetable import timetable

ROUNDS = 8
NEAR_ENOUGH = 500  # a plan within a 500th of what none can beat is not searched further

STALLED = 20  # nor is one that came nearer by less than a 20th in a round


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlan:
    """The series of all groups, by acronym, what they score together, and what none can beat.

    `people` are those of each group; `score` and `bound` are weighted points; `rounds` is how
    often prices were set. `gained` is by how much a solver bettered it, None where none was asked.
    """

    series: Mapping[str, tuple[Candidate, ...]]
    people: Mapping[str, frozenset[str]]
    score: int
    bound: int
    rounds: int
    gained: int | None = None

    @property
    def distance_percent(self) -> float:
        """How far below the bound the plan may at most be, as a share of the bound."""
        return 100 * (self.bound - self.score) / self.bound if self.bound else 0.0

    def free_for(self, group: str, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates that no other group's meeting with the same people lies across."""
        others = (o for o in self.series if o != group and self.people[o] & self.people[group])
        taken = timetable(meeting for other in others for meeting in self.series[other])
        return tuple(c for c in candidates if not taken.across(c.start.utc, c.end.utc))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """What is known after some rounds: the best plan, the lowest bound, the next prices.

    `wishes` are the groups' best series by themselves, `bound_prices` those that show the bound.
    """

    wishes: Wishes
    chains: Chains | None
    worth: int
    bound: int
    prices: Prices
    bound_prices: Prices
    rounds: int


def choose_for_all(bidders: Iterable[Bidder]) -> BodyPlan:
    """Return series for all groups in which nobody has two meetings at once.

    The order of the groups does not matter. Raises `NoSuchSeries` where a group has none even
    by itself, `NoPlanForAll` where no plan was found.
    """
    bidders = sorted(bidders, key=lambda bidder: bidder.group)
    return plan_of(bidders, approached(bidders, contests_of(bidders)))


def approached(bidders: Sequence[Bidder], contests: Contests) -> Approach:
    """Return what is known once a plan is near the bound, or further rounds bring little."""
    state = _first(bidders, contests)
    before = None
    while state.rounds < ROUNDS and not _is_near(state) and not _has_stalled(before, state):
        before, state = state, _next(state, bidders, contests)
    return state


def plan_of(bidders: Sequence[Bidder], state: Approach) -> BodyPlan:
    """Return the plan of groups that is known; raises `NoPlanForAll` where none is."""
    if state.chains is None:
        raise NoPlanForAll([bidder.group for bidder in bidders])
    chains = state.chains
    return BodyPlan(
        series={b.group: tuple(b.board.candidates[n] for n in chains[b.group]) for b in bidders},
        people={bidder.group: frozenset(bidder.people) for bidder in bidders},
        score=state.worth // SCALE,
        bound=state.bound // SCALE,
        rounds=state.rounds,
    )


def _first(bidders: Sequence[Bidder], contests: Contests) -> Approach:
    """The state without prices: the bound is what all groups wish for."""
    wished = {bidder.group: _wish(bidder, contests, {}) for bidder in bidders}
    bound = sum(wish.bound for wish in wished.values())
    chains = arranged(bidders, contests, {}, wished, wished)
    worth = _worth(bidders, chains) if chains else 0
    prices = moved_prices({}, contests.usage(_chains(wished)), bound - worth)
    return Approach(
        wishes=wished,
        chains=chains,
        worth=worth,
        bound=bound,
        prices=prices,
        bound_prices={},
        rounds=1,
    )


def _is_near(state: Approach) -> bool:
    distance = (state.bound - state.worth) // SCALE
    return state.chains is not None and distance * NEAR_ENOUGH <= state.bound // SCALE


def _has_stalled(before: Approach | None, after: Approach) -> bool:
    if before is None or after.chains is None:
        return False
    was, now = before.bound - before.worth, after.bound - after.worth
    return STALLED * (was - now) < was


def _next(state: Approach, bidders: Sequence[Bidder], contests: Contests) -> Approach:
    """The state after one more round, under the prices of the last."""
    prices = state.prices
    wished = {
        bidder.group: _wish(bidder, contests, prices, state.wishes[bidder.group].tolls)
        for bidder in bidders
    }
    promise = sum(wish.bound for wish in wished.values()) + sum(prices.values())
    chains = arranged(bidders, contests, prices, wished, state.wishes)
    worth = _worth(bidders, chains) if chains else 0
    best, most = (chains, worth) if worth > state.worth else (state.chains, state.worth)
    bound = min(state.bound, promise)
    return Approach(
        wishes=state.wishes,
        chains=best,
        worth=most,
        bound=bound,
        prices=moved_prices(prices, contests.usage(_chains(wished)), promise - most),
        bound_prices=prices if promise < state.bound else state.bound_prices,
        rounds=state.rounds + 1,
    )


def _wish(bidder: Bidder, contests: Contests, prices: Prices, tolls: Tolls = ()) -> Found:
    """What a group would take by itself under the prices."""
    found = priced_series(bidder, contests.covers[bidder.group], prices, tolls)
    if found is None:
        board = bidder.board
        raise NoSuchSeries(board.meetings, len(board.options), longest(board))
    return found


def _chains(wishes: Wishes) -> Chains:
    return {group: wish.chain for group, wish in wishes.items()}


def _worth(bidders: Iterable[Bidder], chains: Chains) -> int:
    """What chains are worth together, in scaled points."""
    return sum(b.board.worth(chains[b.group]) or 0 for b in bidders)
