"""Which meetings somebody has submitted something to, as agendas let contributions go."""

from dataclasses import replace

import pytest

from scheduler.model.agenda import AgendaSettings, LateEffect
from scheduler.model.contribution import Acceptance, Outcome, Redirection, Treatment, Withdrawn
from scheduler.model.moment import Instant
from scheduler.model.topic import Topic
from scheduler.planning.submissions import submitted
from tests.support.contributions import AFTER_THE_FIRST_DEADLINE, IN_TIME, a_contribution
from tests.support.plans import FIRST, FOURTH, PLAN, SECOND, THIRD, cancelled

ADA = "ada@example.org"
AFTER_THE_FIRST = Instant.parse("2026-02-20T09:00:00Z")
ADMITTED = Acceptance(by="the chair", at=AFTER_THE_FIRST_DEADLINE)


def counted(*, plan=PLAN, late=None, topics=(), received=IN_TIME, **said) -> list[str]:
    """The labels of the meetings that a contribution from Ada counts for."""
    one = a_contribution(1, received, submitted_by=(ADA.upper(),), **said)
    found = submitted(plan, [one], AgendaSettings(late=late), topics)
    assert set(found) <= {ADA}
    assert {document for of in found.values() for document in of.values()} <= {"ADVISORY-C1"}
    return [one.label for one in plan.meetings if one.uid in found.get(ADA, {})]


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ({}, ["i"]),
        ({"title": "On harbour lights"}, ["ii"]),
        ({"meeting": THIRD.uid}, ["iii"]),
        ({"received": AFTER_THE_FIRST}, ["ii"]),
        # Late for the first call, it is in time for the next; a person's word for a call stands.
        ({"received": AFTER_THE_FIRST_DEADLINE}, ["ii"]),
        ({"received": AFTER_THE_FIRST_DEADLINE, "meeting": FIRST.uid}, ["i", "ii"]),
        ({"received": AFTER_THE_FIRST_DEADLINE, "accepted": ADMITTED}, ["i"]),
        ({"received": AFTER_THE_FIRST_DEADLINE, "late": LateEffect.ADMITTED}, ["i"]),
        # What was treated has come in as well.
        (
            {"treatment": Treatment(meeting=FIRST.uid, outcome=Outcome.NOTED, at=AFTER_THE_FIRST)},
            ["i"],
        ),
        ({"received": None}, []),
        ({"received": None, "meeting": FIRST.uid}, []),
        ({"withdrawn": Withdrawn(at=IN_TIME)}, []),
        ({"redirection": Redirection(to="SG2", at=IN_TIME), "meeting": FIRST.uid}, []),
        (
            {
                "title": "On harbour lights",
                "topics": (Topic(name="Harbour lights", in_scope=False),),
            },
            [],
        ),
    ],
)
def test_a_contribution_counts_for_the_call_that_it_came_in_time_for(said, labels):
    assert counted(**said) == labels


def test_what_was_for_a_meeting_that_is_called_off_counts_for_the_next():
    plan = replace(PLAN, meetings=(cancelled(FIRST, "x"), SECOND, THIRD, FOURTH))
    assert "ii" in counted(plan=plan, meeting=FIRST.uid)


def test_of_several_contributions_the_lowest_number_is_named_and_all_addresses_count():
    both = replace(a_contribution(2), submitted_by=(ADA, "eve@example.org"))
    one = replace(a_contribution(1), submitted_by=("Eve@example.org",))
    found = submitted(PLAN, [both, one, a_contribution(3)], AgendaSettings(), ())
    assert found == {
        ADA: {FIRST.uid: "ADVISORY-C2"},
        "eve@example.org": {FIRST.uid: "ADVISORY-C1"},
    }
