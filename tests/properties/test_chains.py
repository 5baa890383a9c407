"""Laws of the search: its chain is worth as much as the best of all, found by trying each."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.planning.chains import Option, Steps, best_chain, chain_worth

OPTIONS = st.lists(
    st.builds(Option, st.integers(0, 12), st.integers(0, 2), st.integers(-60, 100)), max_size=12
)
STEPS = st.builds(
    Steps,
    least=st.integers(1, 5),
    by_gap=st.lists(st.integers(-20, 50), min_size=1, max_size=15).map(tuple),
    by_kinds=st.integers(0, 40).map(lambda cost: lambda a, b: -cost * (a & b).bit_count()),
)


def best_of_all(options: list[Option], length: int, steps: Steps) -> int | None:
    chains = combinations(sorted(options), length)
    return max((w for c in chains if (w := chain_worth(c, steps)) is not None), default=None)


@given(OPTIONS, st.integers(1, 4), STEPS)
def test_the_chain_found_is_worth_as_much_as_the_best_of_all(options, length, steps):
    found = best_chain(options, length, steps)
    worth = None if found is None else chain_worth([options[place] for place in found], steps)
    assert worth == best_of_all(options, length, steps)


@given(OPTIONS, st.integers(1, 4), STEPS, st.randoms())
def test_the_order_of_options_is_irrelevant(options, length, steps, random):
    shuffled = random.sample(options, len(options))
    chains = [best_chain(given, length, steps) for given in (options, shuffled)]
    first, second = (
        found and [given[place] for place in found]
        for found, given in zip(chains, (options, shuffled), strict=True)
    )
    assert first == second
