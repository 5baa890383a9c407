"""The agendas of a series: what stands on each call, what moves on, where to and why."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.agenda import (
    AdministrativeItem,
    AgendaOrder,
    CarryReason,
    LateEffect,
    SortKey,
    Standing,
)
from scheduler.model.contribution import (
    ContributionState,
    Outcome,
    Redirection,
    Treatment,
    Withdrawn,
)
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.model.topic import Topic
from scheduler.planning.carry_history import history
from scheduler.planning.placement import LeftToParent
from tests.support.calls import (
    BEFORE_ALL,
    a_call,
    a_paper,
    accepted,
    handed_on,
    on,
    placed,
    treated_at,
)

FIRST = a_call("2027-02-16", "remaining issues", "workshop status", uid="i")
II = a_call("2027-03-16", "Emerging technology mechanism", uid="ii")
III = a_call("2027-05-04", "Workshop results", uid="iii")
IV = a_call("2027-06-08", "Emerging technology mechanism", uid="iv")
CALLS = (FIRST, II, III, IV)
HEADING = "Mechanisms to address new and emerging technologies"
REPLIES = tuple(a_paper(n, "incubation", section=HEADING, forwarded=True) for n in (382, 368, 426))
AFTER_II = Instant.parse("2027-03-16T13:30:01Z")
LATE_FOR_I = Instant.parse("2027-02-09T23:00:00Z")


def test_what_a_meeting_sent_on_stands_on_the_first_call_on_its_topic_and_then_on_the_next():
    found = placed(CALLS, REPLIES)
    assert [on(found, uid) for uid in found.by_meeting] == [[], ["C368", "C382", "C426"], [], []]
    treated = (replace(REPLIES[0], treatment=treated_at("ii")), *REPLIES[1:])
    found = placed(CALLS, treated, now=AFTER_II)
    assert on(found, "ii") == ["C382"]
    assert handed_on(found, "ii") == [("C368", "not_reached", "iv"), ("C426", "not_reached", "iv")]
    assert on(found, "iv") == ["C368", "C426"]
    assert {item.came_from for item in found.by_meeting["iv"].items} == {"ii"}


def test_a_call_is_over_only_after_its_last_instant():
    at_the_end = Instant.parse("2027-03-16T13:30:00Z")
    assert on(placed(CALLS, REPLIES, now=at_the_end), "ii") == ["C368", "C382", "C426"]
    assert on(placed(CALLS, REPLIES, now=AFTER_II), "ii") == []


def test_a_late_document_on_another_topic_goes_to_the_following_call():
    found = placed(CALLS, [a_paper(1, "Youth", received=LATE_FOR_I)])
    assert handed_on(found, "i") == [("C1", "late", "ii")]
    (item,) = found.by_meeting["ii"].items
    assert (item.standing, item.came_from, item.carried) == (Standing.CARRIED_OVER, "i", "late")
    assert found.places["C1"].state is ContributionState.LATE


def test_a_second_earlier_it_is_on_time():
    paper = a_paper(1, "Youth", received=LATE_FOR_I.plus(dt.timedelta(seconds=-1)))
    assert on(placed(CALLS, [paper]), "i") == ["C1"]


@pytest.mark.parametrize(
    ("paper", "settings"),
    [
        (a_paper(1, "workshop status", received=LATE_FOR_I, accepted=accepted()), {}),
        (a_paper(1, "workshop status", received=LATE_FOR_I), {"late": LateEffect.ADMITTED}),
    ],
)
def test_an_admitted_late_one_is_treated_last(paper, settings):
    found = placed(CALLS, [paper, a_paper(2, "Youth")], **settings)
    assert on(found, "i") == ["C2", "C1"]
    assert found.by_meeting["i"].items[-1].standing is Standing.LATE


def test_the_main_topic_comes_first_then_what_was_carried_over_then_liaisons_then_the_rest():
    papers = [
        a_paper(1, "Youth", meeting="ii"),
        a_paper(2, "Workshop results, from elsewhere", meeting="ii", forwarded=True),
        a_paper(3, "Staff", received=LATE_FOR_I),
        a_paper(4, "The mechanism for emerging technology"),
    ]
    assert on(placed(CALLS, papers), "ii") == ["C4", "C3", "C2", "C1"]


def test_filling_stops_at_the_first_item_that_does_not_fit():
    fixed = (
        AdministrativeItem(title="Opening", minutes=5),
        AdministrativeItem(title="Closing", minutes=5, last=True),
    )
    wished = [(1, 40), (2, 40), (3, 41), (4, 1)]
    papers = [a_paper(n, "mechanism emerging technology", minutes=m) for n, m in wished]
    found = placed(CALLS, papers, administrative=fixed)
    assert on(found, "ii") == [None, "C1", "C2", None]
    assert [item.starts for item in found.by_meeting["ii"].items] == [0, 5, 45, 85]
    assert handed_on(found, "ii") == [("C3", "no_time", "iv"), ("C4", "no_time", "iv")]


def test_what_has_no_call_on_its_topic_ahead_goes_to_the_following_call_and_then_to_the_parent():
    papers = [a_paper(n, "workshop status", minutes=80) for n in range(1, 6)]
    found = placed(CALLS, papers)
    assert [on(found, uid) for uid in found.by_meeting] == [["C1"], ["C2"], ["C3"], ["C4"]]
    assert found.parent == (
        LeftToParent(
            contribution="C5",
            title="workshop status",
            came_from="i",
            reason=CarryReason.NO_TIME,
        ),
    )


def test_without_known_hours_everything_fits():
    call = a_call("2027-02-16", uid="i", start=None, end=None)
    found = placed([call], [a_paper(n, minutes=600) for n in (1, 2)])
    assert (on(found, "i"), found.by_meeting["i"].minutes) == (["C1", "C2"], None)


def test_a_meeting_of_several_days_has_the_hours_of_each():
    days = {"end_date": dt.date(2027, 2, 18), "daily": (dt.time(9), dt.time(17, 30))}
    call = a_call("2027-02-16", uid="i", **days)
    assert placed([call], []).by_meeting["i"].minutes == 3 * 510


@pytest.mark.parametrize(
    ("status", "uid"), [(Status.CANCELLED, "i"), (Status.POSTPONED, "i"), (None, "gone")]
)
def test_what_was_for_a_meeting_that_is_called_off_is_for_the_next(status, uid):
    calls = (replace(FIRST, status=status), *CALLS[1:]) if status else CALLS[1:]
    found = placed(calls, [a_paper(1, "Workshop results", meeting=uid)])
    place = found.places["C1"]
    assert (place.meeting, place.came_from, place.carried) == ("ii", uid, "called_off")


def test_out_of_scope_and_redirected_ones_stand_on_no_agenda():
    sent = Redirection(to="SG3", at=BEFORE_ALL, reason="theirs")
    papers = [a_paper(1, "Tariffs"), a_paper(2, "Youth", redirection=sent)]
    found = placed(CALLS, papers, topics=[Topic(name="tariff", in_scope=False)])
    assert [(r.contribution, r.to, r.reason) for r in found.redirected] == [
        ("C1", None, None),
        ("C2", "SG3", "theirs"),
    ]
    assert {place.state for place in found.places.values()} == {ContributionState.REDIRECTED}


def test_what_was_taken_back_keeps_its_number_and_no_place():
    found = placed(CALLS, [a_paper(1, withdrawn=Withdrawn(at=BEFORE_ALL))])
    assert (found.withdrawn, found.placements) == (("C1",), {})


@pytest.mark.parametrize(
    ("paper", "now", "state"),
    [
        (a_paper(1, received=None), BEFORE_ALL, ContributionState.ANNOUNCED),
        (a_paper(1), BEFORE_ALL, ContributionState.RECEIVED),
        (a_paper(1), AFTER_II, ContributionState.CARRIED),
        (a_paper(1, received=LATE_FOR_I), BEFORE_ALL, ContributionState.LATE),
        (
            a_paper(1, received=LATE_FOR_I, accepted=accepted()),
            BEFORE_ALL,
            ContributionState.ACCEPTED_LATE,
        ),
        (a_paper(1, treatment=treated_at("i")), AFTER_II, ContributionState.TREATED),
        (a_paper(1, treatment=treated_at("i", Outcome.NOTED)), AFTER_II, ContributionState.NOTED),
    ],
)
def test_a_contribution_has_the_state_that_follows_from_its_facts(paper, now, state):
    assert placed(CALLS, [paper], now=now).places["C1"].state is state


def test_what_is_announced_comes_before_no_call_that_is_over():
    assert placed(CALLS, [a_paper(1, received=None)], now=AFTER_II).places["C1"].meeting == "iii"


def test_what_was_treated_stays_there_even_where_the_time_was_short():
    long = a_paper(1, minutes=500, treatment=treated_at("iii"))
    found = placed(CALLS, [long, a_paper(2, "Workshop results")], now=AFTER_II)
    assert on(found, "iii") == ["C1"]
    assert handed_on(found, "iii") == [("C2", "no_time", "iv")]
    (item,) = found.by_meeting["iii"].items
    assert (item.came_from, item.carried) == ("i", "no_time")


def test_what_was_treated_at_a_meeting_called_off_since_was_treated_all_the_same():
    treatment = Treatment(meeting="gone", outcome=Outcome.TREATED, at=BEFORE_ALL)
    assert placed(CALLS, [a_paper(1, treatment=treatment)]).placements == {"C1": "gone"}


def test_another_order_may_leave_the_topics_aside():
    order = AgendaOrder(keys=(SortKey.STAGE, SortKey.MINUTES))
    papers = [
        a_paper(1, "workshop status", stage=1, minutes=10),
        a_paper(2, "Youth", stage=3, minutes=20),
        a_paper(3, "Youth", stage=3, minutes=10),
    ]
    assert on(placed(CALLS, papers, order=order), "i") == ["C3", "C2", "C1"]


# The history


def moves(before, after):
    lines = history(before, after, BEFORE_ALL, "the chair")
    return [(r.contribution, r.came_from, r.goes_to, r.reason) for r in lines]


def test_a_first_placement_is_told_only_where_something_was_carried_on_at_once():
    papers = [a_paper(1, "Youth"), a_paper(2, "Youth", received=LATE_FOR_I)]
    assert moves({}, placed(CALLS, papers)) == [("C2", "i", "ii", "late")]


def test_calling_a_meeting_off_and_back_moves_a_contribution_there_and_back():
    before = placed(CALLS, REPLIES[:1])
    without = placed((FIRST, replace(II, status=Status.CANCELLED), III, IV), REPLIES[:1])
    assert moves(before.placements, without) == [("C382", "ii", "iv", "called_off")]
    again = placed(CALLS, REPLIES[:1])
    assert moves(without.placements, again) == [("C382", "iv", "ii", "returned")]
    assert again == before


def test_what_the_clock_carries_on_is_told_once():
    before, after = placed(CALLS, REPLIES[:1]), placed(CALLS, REPLIES[:1], now=AFTER_II)
    assert moves(before.placements, after) == [("C382", "ii", "iv", "not_reached")]
    assert moves(after.placements, after) == []


def test_what_comes_back_from_the_parent_is_told():
    papers = [a_paper(n, minutes=80) for n in (1, 2)]
    before, after = placed([FIRST], papers), placed([FIRST, II], papers)
    assert moves({}, before) == [("C2", "i", None, "no_time")]
    assert moves(before.placements, after) == [("C2", None, "ii", "returned")]
