"""In which class and before what a contribution stands; when it is late and admitted."""

import datetime as dt

import pytest

from scheduler.model.agenda import AgendaOrder, CarryReason, LateEffect, SortKey, Standing
from scheduler.model.moment import Instant
from scheduler.model.topic import TopicMatch
from scheduler.rules.priorities import (
    contribution_deadline,
    is_admitted,
    is_late,
    rank,
    standing,
)
from tests.support.calls import EARLY, a_call, a_paper, accepted
from tests.support.meetings import a_deadline, a_meeting

KNOWN = TopicMatch(topic="routing")
UNKNOWN = TopicMatch(topic=None)
LABELS = AgendaOrder(keys=(SortKey.LABELS,), labels=("ours", "theirs"))
STAGES = AgendaOrder(keys=(SortKey.STAGE, SortKey.MINUTES, SortKey.RECEIVED))
LATER = EARLY.plus(dt.timedelta(seconds=1))


@pytest.mark.parametrize(
    ("received", "zone", "late"),
    [
        ("2027-03-09T22:59:59Z", "Europe/Zurich", False),
        ("2027-03-09T22:59:59.999Z", "Europe/Zurich", False),
        ("2027-03-09T23:00:00Z", "Europe/Zurich", True),
        ("2027-03-10T07:59:59Z", "America/Los_Angeles", False),
        ("2027-03-10T08:00:00Z", "America/Los_Angeles", True),
        (None, "Europe/Zurich", False),
    ],
)
def test_lateness_is_decided_to_the_second_in_the_deadlines_zone(received, zone, late):
    meeting = a_meeting("2027-03-16", deadlines=(a_deadline("2027-03-09", zone=zone),))
    paper = a_paper(1, received=received and Instant.parse(received))
    assert is_late(paper, contribution_deadline(meeting)) is late


def test_without_a_deadline_for_contributions_nothing_is_late():
    others = (a_deadline("2027-01-01", kind="slides"), a_deadline("2027-01-01", withdrawn=True))
    assert contribution_deadline(a_meeting("2027-03-16", deadlines=others)) is None
    assert not is_late(a_paper(1), None)


@pytest.mark.parametrize(
    ("effect", "acceptance", "admitted"),
    [
        (LateEffect.HELD, None, False),
        (None, None, False),
        (LateEffect.ADMITTED, None, True),
        (LateEffect.HELD, accepted(EARLY), True),
        (LateEffect.HELD, accepted(LATER), False),
    ],
)
def test_a_late_one_is_admitted_by_the_law_or_a_person_before_the_call_is_over(
    effect, acceptance, admitted
):
    assert is_admitted(a_paper(1, accepted=acceptance), effect, over=EARLY) is admitted


NO_TIME = CarryReason.NO_TIME


@pytest.mark.parametrize(
    ("match", "forwarded", "main_topic", "late", "carried", "found"),
    [
        (KNOWN, False, True, False, None, Standing.MAIN_TOPIC),
        (KNOWN, False, True, False, NO_TIME, Standing.MAIN_TOPIC),
        (KNOWN, True, True, False, None, Standing.MAIN_TOPIC),
        (KNOWN, True, False, False, NO_TIME, Standing.CARRIED_OVER),
        (KNOWN, True, False, False, None, Standing.LIAISON),
        (UNKNOWN, True, False, False, None, Standing.OTHER_TOPIC),
        (KNOWN, False, False, False, None, Standing.OTHER_TOPIC),
        (KNOWN, False, True, True, None, Standing.LATE),
    ],
)
def test_the_class_follows_from_topic_time_and_history(
    match, forwarded, main_topic, late, carried, found
):
    paper = a_paper(1, forwarded=forwarded)
    assert standing(paper, match, main_topic=main_topic, late=late, carried=carried) is found


def ranked(papers, order):
    ordered = sorted(papers, key=lambda p: rank(p, p.minutes or 15, Standing.MAIN_TOPIC, order))
    return [paper.number for paper in ordered]


def test_by_default_the_oldest_stands_first_then_the_lowest_number():
    papers = [a_paper(3), a_paper(2, received=LATER), a_paper(1, received=None), a_paper(4)]
    assert ranked(papers, AgendaOrder()) == [3, 4, 2, 1]
    assert ranked(papers[::-1], AgendaOrder()) == [3, 4, 2, 1]


def test_labels_rank_in_the_order_that_is_stated():
    said = [("theirs",), (), ("other", "ours"), ("theirs", "ours")]
    papers = [a_paper(number, labels=labels) for number, labels in enumerate(said)]
    assert ranked(papers, LABELS) == [2, 3, 0, 1]


def test_stages_go_down_and_minutes_up():
    said = [(1, 10), (3, 60), (3, 30), (None, 5), (0, 5)]
    papers = [a_paper(n, stage=stage, minutes=m) for n, (stage, m) in enumerate(said)]
    assert ranked(papers, STAGES) == [2, 1, 0, 4, 3]


def test_a_call_has_the_deadline_that_its_rule_gives():
    found = contribution_deadline(a_call("2027-03-16", uid="a"))
    assert str(found) == "2027-03-09T22:59:59Z"
