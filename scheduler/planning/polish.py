"""Polishes the plan of a body with a solver: the few exchanges among groups that are left to find.

Of each group, every series that a better plan may hold is made a column, and the solver takes one
of each. Columns carry the true worth of a series, the balance of its bad hours included. Any plan
is made of columns alone, which the solver's own bound covers, or has a series that falls short of
its group's part of the bound by a known slack.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.planning.balance import Found
from scheduler.planning.bidders import Bidder, Contests, contests_of
from scheduler.planning.body import Approach, BodyPlan, approached, plan_of
from scheduler.planning.choosing import SCALE
from scheduler.planning.columns import Columns, columns_of
from scheduler.planning.prices import priced_options, priced_series
from scheduler.planning.solver import Column, packed


def polished(bidders: Iterable[Bidder], effort: float) -> BodyPlan:
    """Return a plan no worse than that of `choose_for_all`, and a bound no higher.

    `effort` is how long the solver may search, in seconds of a fixed pace. Raises `NoSolver`
    without the extra, and what `choose_for_all` raises.
    """
    bidders = sorted(bidders, key=lambda bidder: bidder.group)
    contests = contests_of(bidders)
    state = approached(bidders, contests)
    before = plan_of(bidders, state)
    columns = _columns(bidders, contests, state)
    after = plan_of(bidders, _repacked(bidders, contests, state, columns, effort))
    return replace(after, gained=after.score - before.score)


def _columns(bidders: Sequence[Bidder], contests: Contests, state: Approach) -> list[Columns]:
    prices, chains = state.bound_prices, state.chains or {}
    slack = state.bound - state.worth + SCALE
    columns = []
    for bidder in bidders:
        covers = contests.covers[bidder.group]
        found = _part(bidder, contests, state)
        priced = priced_options(bidder, covers, prices)
        columns.append(columns_of(bidder, priced, found, chains[bidder.group], slack))
    return columns


def _part(bidder: Bidder, contests: Contests, state: Approach) -> Found:
    """The group's part of the bound: its best series under the prices that show it."""
    tolls = state.wishes[bidder.group].tolls
    covers = contests.covers[bidder.group]
    found = priced_series(bidder, covers, state.bound_prices, tolls)
    return found or state.wishes[bidder.group]


def _repacked(
    bidders: Sequence[Bidder],
    contests: Contests,
    state: Approach,
    columns: Sequence[Columns],
    effort: float,
) -> Approach:
    """The state with the best choice of columns, and the bound that it proves."""
    chains = state.chains or {}
    groups = [
        [_column(bidder, contests, chain) for chain in one.chains]
        for bidder, one in zip(bidders, columns, strict=True)
    ]
    hint = [one.chains.index(chains[b.group]) for b, one in zip(bidders, columns, strict=True)]
    packing = packed(groups, hint, effort)
    worth = sum(group[n].worth for group, n in zip(groups, packing.taken, strict=True))
    others = state.bound - min(one.slack for one in columns)
    taken = zip(bidders, columns, packing.taken, strict=True)
    better = {bidder.group: one.chains[n] for bidder, one, n in taken}
    return replace(
        state,
        chains=better if worth > state.worth else chains,
        worth=max(worth, state.worth),
        bound=max(worth, state.worth, min(state.bound, max(packing.bound, others))),
    )


def _column(bidder: Bidder, contests: Contests, chain: tuple[int, ...]) -> Column:
    times = tuple(sorted(set(contests.taken(bidder.group, chain))))
    return Column(bidder.board.worth(chain) or 0, times)
