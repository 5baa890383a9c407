"""Bodies of three groups that share a person, small enough to try every plan of theirs."""

import datetime as dt
from itertools import combinations, product

from hypothesis import strategies as st

from scheduler.model.mandate import Spacing
from scheduler.model.recurrence import Slot
from scheduler.planning.balance import Balance
from scheduler.planning.bidders import Bidder
from scheduler.planning.candidates import Candidate, field_of
from scheduler.planning.choosing import SCALE, board_of
from tests.support.mandates import a_mandate, lawless, preferences

MONDAY = dt.date(2027, 3, 1)
SLOTS = (Slot(dt.time(9), 60), Slot(dt.time(9, 30), 60))


@st.composite
def a_bidder(draw, group: str) -> Bidder:
    """A group of the person "a" with at most six slots of its own worth, in one week."""
    wishes = preferences(
        meetings=draw(st.integers(1, 2)),
        first=MONDAY,
        last=MONDAY + dt.timedelta(days=draw(st.integers(0, 4))),
        weekdays=(0, 2, 4),
        slots=draw(st.sampled_from([SLOTS, SLOTS[:1]])),
        spacing=Spacing(ideal_days=2, least_days=2, most_days=4),
        people=("a",),
    )
    board = board_of(field_of(a_mandate(wishes), wishes, lawless), wishes)
    worths = st.integers(0, 300).map(lambda points: points * SCALE)
    kinds = st.integers(0, 3)
    options = tuple(o._replace(worth=draw(worths), kind=draw(kinds)) for o in board.options)
    return Bidder(
        group=group,
        board=type(board)(
            candidates=board.candidates,
            options=options,
            steps=board.steps,
            meetings=board.meetings,
            balance=Balance(cost=draw(st.integers(1, 90)) * SCALE, zones=2),
        ),
        people=("a",),
    )


BODIES = st.tuples(a_bidder("A"), a_bidder("B"), a_bidder("C"))


def chains(bidder: Bidder) -> list[tuple[int, tuple[Candidate, ...]]]:
    board = bidder.board
    places = combinations(range(len(board.options)), board.meetings)
    return [
        (worth, tuple(board.candidates[n] for n in chain))
        for chain in places
        if (worth := board.worth(chain)) is not None
    ]


def clash(meetings: list[Candidate]) -> bool:
    return any(a.start < b.end and b.start < a.end for a, b in combinations(meetings, 2))


def best_of_all(bidders: tuple[Bidder, ...]) -> int | None:
    plans = product(*map(chains, bidders))
    free = (p for p in plans if not clash([m for _, meetings in p for m in meetings]))
    return max((sum(worth for worth, _ in plan) for plan in free), default=None)
