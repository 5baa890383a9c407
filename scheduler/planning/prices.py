"""Prices on contested times: what a group would have to gain by them to take them."""

from collections.abc import Mapping

from scheduler.planning.balance import Found, Tolls
from scheduler.planning.bidders import Bidder, Covers
from scheduler.planning.chains import Option
from scheduler.planning.remainder import best_series

Prices = Mapping[int, int]
"""What each contested time costs, in scaled points; those not named are free."""


def priced_series(
    bidder: Bidder, covers: Covers, prices: Prices, tolls: Tolls = ()
) -> Found | None:
    """Return the group's best series once prices are paid; None where it has none at all.

    `tolls` are those that its search begins with.
    """
    board, options = bidder.board, priced_options(bidder, covers, prices)
    return best_series(options, board.meetings, board.steps, board.balance, tolls)


def priced_options(bidder: Bidder, covers: Covers, prices: Prices) -> tuple[Option, ...]:
    """Return the group's options, each worth less by what it would have to pay."""
    options = bidder.board.options
    if prices:
        options = tuple(
            Option(option.day, option.kind, option.worth - sum(prices.get(n, 0) for n in taken))
            for option, taken in zip(options, covers, strict=True)
        )
    return options


def moved_prices(prices: Prices, usage: Mapping[int, int], distance: int) -> Prices:
    """Return prices a step further: up where too many want a time, down where nobody does.

    The step is Polyak's: the distance to the best plan known, spread over what is out of balance.
    """
    excess = {n: used - 1 for n, used in usage.items() if used > 1}
    excess |= {n: -1 for n in prices if n not in usage}
    weight = sum(over * over for over in excess.values())
    if not weight:
        return prices
    step = max(1, distance // weight)
    moved = {n: prices.get(n, 0) + step * excess.get(n, 0) for n in prices.keys() | excess.keys()}
    return {n: price for n, price in sorted(moved.items()) if price > 0}
