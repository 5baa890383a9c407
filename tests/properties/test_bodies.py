"""Laws of planning several groups: no clash, and a bound that the best plan of all stays below."""

from hypothesis import given

from scheduler.planning.arranging import NoPlanForAll
from scheduler.planning.body import choose_for_all
from scheduler.planning.choosing import SCALE, NoSuchSeries
from tests.support.bodies import BODIES, best_of_all, clash


@given(BODIES)
def test_no_plan_of_all_beats_the_bound_and_the_plan_found_has_no_clash(bidders):
    best = best_of_all(bidders)
    try:
        plan = choose_for_all(bidders)
    except (NoSuchSeries, NoPlanForAll):
        return
    assert best is not None
    assert plan.score <= best // SCALE <= plan.bound
    assert not clash([meeting for series in plan.series.values() for meeting in series])
    free = plan.free_for("A", bidders[0].board.candidates)
    others = [m for group in "BC" for m in plan.series[group]]
    assert set(free) == {
        c for c in bidders[0].board.candidates if not any(clash([c, m]) for m in others)
    }
