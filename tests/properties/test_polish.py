"""Laws of polished plans: never worse, without a clash, and with a bound that holds."""

import pytest
from hypothesis import given, settings

from scheduler.planning.arranging import NoPlanForAll
from scheduler.planning.body import choose_for_all
from scheduler.planning.choosing import SCALE, NoSuchSeries
from scheduler.planning.polish import polished
from tests.support.bodies import BODIES, best_of_all, clash

pytest.importorskip("ortools")


@settings(max_examples=40)
@given(BODIES)
def test_a_polished_plan_is_never_worse_has_no_clash_and_no_plan_beats_its_bound(bidders):
    try:
        plan = choose_for_all(bidders)
    except (NoSuchSeries, NoPlanForAll):
        return
    better = polished(bidders, 5)
    best = best_of_all(bidders)
    assert best is not None
    assert plan.score <= better.score <= best // SCALE <= better.bound <= plan.bound
    assert not clash([meeting for series in better.series.values() for meeting in series])
    assert polished(bidders[::-1], 5) == better
