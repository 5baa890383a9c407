"""Plans without a clash: group after group, each exactly in what the others leave free."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from scheduler.errors import InterimError
from scheduler.planning.balance import Found, Tolls
from scheduler.planning.bidders import Bidder, Contests
from scheduler.planning.chains import Option
from scheduler.planning.prices import Prices
from scheduler.planning.remainder import best_series

SWEEPS = 4
ORDERS = 20

Chains = Mapping[str, tuple[int, ...]]
"""The positions of each group's slots among its candidates, by acronym."""
Wishes = Mapping[str, Found]
"""What each group would take by itself."""


class NoPlanForAll(InterimError):
    """Groups whose meetings the others leave no room for."""

    def __init__(self, groups: Sequence[str]) -> None:
        super().__init__(
            f"no plan without a clash was found for {', '.join(groups)}; widen their windows or "
            "hours, or plan apart what shares no people"
        )


def arranged(
    bidders: Sequence[Bidder], contests: Contests, prices: Prices, wished: Wishes, best: Wishes
) -> Chains | None:
    """Return chains without a clash; None where none were found.

    A group keeps what it `wished` under the prices where that is free, and has nothing to better
    once it has its `best`. One that finds no room goes first the next time.
    """
    order = sorted(bidders, key=lambda bidder: (len(bidder.board.options), bidder.group))
    for _ in range(ORDERS):
        chains: dict[str, tuple[int, ...]] = {}
        stuck = _fill(chains, order, contests, prices, wished)
        if stuck is None:
            _improve(chains, order, contests, best)
            return chains
        order = [stuck, *(bidder for bidder in order if bidder is not stuck)]
    return None


def _fill(
    chains: dict[str, tuple[int, ...]],
    order: Sequence[Bidder],
    contests: Contests,
    prices: Prices,
    wished: Wishes,
) -> Bidder | None:
    """Give each group a chain in turn; returns the first group that found none."""
    taken: set[int] = set()
    for bidder in order:
        wish = wished[bidder.group]
        found: tuple[int, ...] | None = wish.chain
        if not taken.isdisjoint(contests.taken(bidder.group, wish.chain)):
            found = _free_chain(bidder, contests, prices, taken, wish.tolls)
        if found is None:
            return bidder
        chains[bidder.group] = found
        taken.update(contests.taken(bidder.group, found))
    return None


def _improve(
    chains: dict[str, tuple[int, ...]], order: Sequence[Bidder], contests: Contests, best: Wishes
) -> None:
    """Let each group choose anew in what the others leave, until nothing gets better.

    One that is left the same as the last time has nothing to better.
    """
    usage = contests.usage(chains)
    wanted = {group: set(chain.from_iterable(c)) for group, c in contests.covers.items()}
    left: dict[str, set[int]] = {}
    for _ in range(SWEEPS):
        before = dict(chains)
        for bidder in [b for b in order if chains[b.group] != best[b.group].chain]:
            group, own = bidder.group, chains[bidder.group]
            usage -= Counter(contests.taken(group, own))
            taken = wanted[group] & usage.keys()
            if taken != left.get(group):
                left[group] = taken
                found = _free_chain(bidder, contests, {}, taken, best[group].tolls) or own
                better = (bidder.board.worth(found) or 0) > (bidder.board.worth(own) or 0)
                chains[group] = found if better else own
            usage += Counter(contests.taken(group, chains[group]))
        if chains == before:
            return


def _free_chain(
    bidder: Bidder, contests: Contests, prices: Prices, taken: set[int], tolls: Tolls
) -> tuple[int, ...] | None:
    """The group's best series of the options that take nothing of what is taken."""
    covers, board = contests.covers[bidder.group], bidder.board
    free = [n for n, numbers in enumerate(covers) if taken.isdisjoint(numbers)]
    options = [
        Option(day, kind, worth - sum(prices.get(number, 0) for number in covers[n]))
        for n, (day, kind, worth) in ((n, board.options[n]) for n in free)
    ]
    found = best_series(options, board.meetings, board.steps, board.balance, tolls)
    return None if found is None else tuple(free[place] for place in found.chain)
