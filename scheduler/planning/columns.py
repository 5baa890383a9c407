"""Every series of a group that a better plan of the body may hold: its *columns*.

Under the prices on contested times no plan is worth more than the bound, and each group's part of
it is known. A plan with a series that falls short of its group's part by more than the whole plan
falls short of the bound is no better than the plan known. So what is left is often few.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.planning.balance import Found, toll_of, tolled
from scheduler.planning.bidders import Bidder
from scheduler.planning.chains import NEVER, Ladder, Option, ladder_of

MOST_COLUMNS = 1_000
NARROWINGS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Series of a group as positions of options; any other falls short by `slack` or more."""

    chains: tuple[tuple[int, ...], ...]
    slack: int


def columns_of(
    bidder: Bidder, priced: Sequence[Option], found: Found, own: tuple[int, ...], slack: int
) -> Columns:
    """Return the series that fall short of what the group can have at prices by less than `slack`.

    Where they are too many, by less than a part of it. `priced` are its options at prices, `found`
    its best series at them; `own` is the series it has, which is always among them.
    """
    options = tuple(
        option._replace(worth=option.worth - toll_of(option.kind, found.tolls)) for option in priced
    )
    ladder = tolled(ladder_of(priced, bidder.board.meetings, bidder.board.steps), found.tolls)
    back = bidder.board.balance.given_back(found.tolls, bidder.board.meetings)
    for _ in range(NARROWINGS):
        chains = _within(options, ladder, found.bound - back - slack)
        if chains is not None:
            return Columns(chains=tuple(sorted({*chains, own})), slack=slack)
        slack //= 2
    return Columns(chains=(own,), slack=0)


def _within(options: Sequence[Option], ladder: Ladder, needed: int) -> list[tuple[int, ...]] | None:
    """The chains worth more than is needed; None where they are too many."""
    chains: list[tuple[int, ...]] = []
    for chain in _chains(options, ladder, _cells(options), needed):
        chains.append(chain)
        if len(chains) > MOST_COLUMNS:
            return None
    return chains


def _cells(options: Sequence[Option]) -> dict[tuple[int, int], list[int]]:
    """The positions of the options of each kind and day, counted from the first day."""
    origin = min(option.day for option in options)
    cells: dict[tuple[int, int], list[int]] = {}
    for place, option in enumerate(options):
        cells.setdefault((option.kind, option.day - origin), []).append(place)
    return cells


def _chains(
    options: Sequence[Option],
    ladder: Ladder,
    cells: dict[tuple[int, int], list[int]],
    needed: int,
) -> Iterator[tuple[int, ...]]:
    """Yield the chains worth more than is needed, put together from their ends."""
    steps = ladder.steps
    heads = ((kind, day) for kind, row in ladder.layers[-1].items() for day in range(len(row)))
    open_ends: list[tuple[int, int, int, int, tuple[int, ...]]] = [
        (len(ladder.layers) - 1, kind, day, 0, ()) for kind, day in heads
    ]
    while open_ends:
        level, kind, day, after, behind = open_ends.pop()
        lost = needed - ladder.layers[level][kind][day] - after + ladder.own[kind][day]
        for place in cells.get((kind, day), ()):
            if options[place].worth <= lost:
                continue
            if level == 0:
                yield (place, *behind)
                continue
            worth = after + options[place].worth
            for earlier, row in ladder.layers[level - 1].items():
                both = worth + steps.by_kinds(earlier, kind)
                for number, gap in enumerate(steps.by_gap):
                    before = day - steps.least - number
                    if before < 0 or row[before] <= NEVER // 2:
                        continue
                    if row[before] + both + gap > needed:
                        end = (level - 1, earlier, before, both + gap, (place, *behind))
                        open_ends.append(end)
