"""Deadlines are said as a rule where it holds for every meeting, and by their dates elsewhere."""

from dataclasses import replace

import pytest

from scheduler.model.deadline import Anchor, DeadlineRule, TimeSource, Unit
from scheduler.model.finding import Citation
from scheduler.model.meeting import Meeting, Status
from scheduler.publication.documents.terms import Terms, terms_of
from scheduler.rules.deadlines import derive
from scheduler.wording.languages import speaker
from tests.support.meetings import a_deadline, a_meeting, a_rule

NEXT, LATER = a_meeting("2027-03-17"), a_meeting("2027-04-21")
IN_TOKYO = a_meeting("2027-05-12", zone="Asia/Tokyo")


def due(meeting: Meeting, *rules: DeadlineRule) -> Meeting:
    return replace(meeting, deadlines=derive(rules, meeting))


def said(*meetings: Meeting) -> Terms:
    return terms_of(meetings, speaker("en"))


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (a_rule(-7), "Contribution deadline: 7 calendar days before each meeting."),
        (a_rule(-1, Unit.WEEK), "Contribution deadline: 1 week before each meeting."),
        (
            a_rule(-3, Unit.WORKING_DAY, at="18:00", zone="Asia/Tokyo", kind="slides"),
            "Slides deadline: 3 working days before each meeting, at 18:00 (Asia/Tokyo).",
        ),
        (
            a_rule(-2, zone="Asia/Tokyo"),
            (
                "Contribution deadline: 2 calendar days before each meeting "
                "(end of the day in Asia/Tokyo)."
            ),
        ),
        (
            a_rule(-24, Unit.HOUR, Anchor.MEETING_START, kind="registration"),
            "Registration deadline: 24 hours before the start of each meeting.",
        ),
        (
            a_rule(10, Unit.CALENDAR_DAY, Anchor.MEETING_END_DATE, kind="minutes"),
            "Minutes deadline: 10 calendar days after the last day of each meeting.",
        ),
    ],
)
def test_a_rule_for_all_meetings_is_one_sentence(rule: DeadlineRule, sentence: str):
    assert said(due(NEXT, rule), due(LATER, rule)) == Terms(
        rules=(sentence,), heads=(), cells=((), ())
    )


def test_a_rule_of_the_body_is_told_by_its_dates():
    rule = replace(a_rule(-12), clear_days=True, citation=Citation(source="A.1"))
    found = said(due(NEXT, rule), LATER)
    assert found == Terms(
        rules=(), heads=("Contribution deadline",), cells=(("Thursday 4 March 2027",), ("",))
    )


def test_a_deadline_that_was_moved_by_hand_has_its_date_and_so_have_all_of_its_kind():
    by_hand = a_deadline("2027-03-12", "12:00", zone="Asia/Tokyo", time_source=TimeSource.STATED)
    moved = replace(NEXT, deadlines=(by_hand,))
    found = said(moved, due(LATER, a_rule(-7)))
    assert found.rules == ()
    assert found.cells == (
        ("Friday 12 March 2027, 12:00 (Asia/Tokyo)",),
        ("Wednesday 14 April 2027",),
    )


def test_a_rule_in_the_zone_of_each_meeting_needs_no_zone():
    in_tokyo = due(IN_TOKYO, a_rule(-7, zone="Asia/Tokyo"))
    assert said(due(NEXT, a_rule(-7)), in_tokyo).rules == (
        "Contribution deadline: 7 calendar days before each meeting.",
    )


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_a_meeting_that_does_not_take_place_has_no_deadlines(status: Status):
    called_off = replace(due(LATER, a_rule(-3)), status=status)
    assert said(due(NEXT, a_rule(-7)), called_off).heads == ()


def test_a_meeting_without_the_deadline_makes_it_no_rule():
    assert said(due(NEXT, a_rule(-7)), LATER).cells == (("Wednesday 10 March 2027",), ("",))


def test_two_deadlines_of_one_kind_have_a_column_each():
    twice = replace(NEXT, deadlines=(a_deadline("2027-03-01"), a_deadline("2027-03-05")))
    assert said(twice).heads == ("Contribution deadline", "Contribution deadline")
