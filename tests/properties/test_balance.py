"""Laws of sharing bad hours over a series: the best one is found, and no bound lies below it."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.planning.balance import Balance, nearly_best, series_worth
from scheduler.planning.chains import Option, Steps, ladder_of
from scheduler.planning.remainder import best_series

OPTIONS = st.lists(
    st.builds(Option, st.integers(0, 12), st.integers(0, 7), st.integers(-60, 100)), max_size=12
)
STEPS = st.builds(
    Steps,
    least=st.integers(1, 4),
    by_gap=st.lists(st.integers(-20, 50), min_size=1, max_size=15).map(tuple),
    by_kinds=st.integers(0, 40).map(lambda cost: lambda a, b: -cost * (a & b).bit_count()),
)
BALANCES = st.builds(Balance, cost=st.integers(1, 60), zones=st.just(3))


def best_of_all(options: list[Option], length: int, steps: Steps, balance: Balance) -> int | None:
    series = combinations(sorted(options), length)
    worths = (series_worth(one, steps, balance) for one in series)
    return max((worth for worth in worths if worth is not None), default=None)


@given(OPTIONS, st.integers(1, 4), STEPS, BALANCES)
def test_the_series_found_is_worth_as_much_as_the_best_of_all(options, length, steps, balance):
    found = best_series(options, length, steps, balance)
    best = best_of_all(options, length, steps, balance)
    assert (found and found.worth) == (found and found.bound) == best
    if found:
        taken = [options[place] for place in found.chain]
        assert series_worth(taken, steps, balance) == best


@given(OPTIONS, st.integers(1, 4), STEPS, BALANCES)
def test_no_series_is_worth_more_than_the_bound_of_tolls(options, length, steps, balance):
    found = nearly_best(options, ladder_of(options, length, steps), balance)
    best = best_of_all(options, length, steps, balance)
    assert found is None if best is None else found.worth <= best <= found.bound


@given(st.lists(st.integers(0, 7), max_size=8), st.tuples(*[st.integers(0, 200)] * 3), BALANCES)
def test_tolls_never_cost_more_than_bad_hours_do_and_what_is_given_back(kinds, tolls, balance):
    borne = balance.borne(kinds)
    paid = sum(toll * n for toll, n in zip(tolls, borne, strict=True))
    assert paid - balance.given_back(tolls, len(kinds)) <= balance.lost(kinds)
