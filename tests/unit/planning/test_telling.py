"""What stands in no entry stamps none: whoever follows a feed is bothered only for what it says."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.meeting import Mode, Status
from scheduler.model.moment import Instant
from scheduler.model.report import Authorization
from scheduler.planning.comparison import compare
from scheduler.planning.editing import Move, Scope, cancelled, moved
from scheduler.planning.identity import identified
from scheduler.planning.stamping import stamped
from scheduler.rules.deadlines import derive
from tests.support.meetings import a_meeting, a_plan, a_rule

MONDAY = Instant.parse("2027-01-18T12:00:00Z")
TUESDAY = Instant.parse("2027-01-19T12:00:00Z")
WEDNESDAY = Instant.parse("2027-01-20T12:00:00Z")
LATE = Move(start=dt.time(15))


def in_plan(day, label):
    meeting = a_meeting(day, label=label)
    return identified(replace(meeting, deadlines=derive([a_rule(-7)], meeting)), set())


PLAN = stamped(None, a_plan(in_plan("2027-02-16", "i"), in_plan("2027-03-23", "ii")), MONDAY)
FIRST, SECOND = PLAN.meetings


def move(plan, to, reason):
    return moved(plan, SECOND.uid, to, scope=Scope.THIS, reason=reason)


MOVED = stamped(PLAN, move(PLAN, LATE, "room"), TUESDAY)
OFF = stamped(PLAN, cancelled(PLAN, SECOND.uid, scope=Scope.THIS, reason="room"), TUESDAY)


def told_on(plan, at):
    """Which entries of the second meeting and its deadline a plan tells anew at an instant."""
    meeting = plan.meetings[1]
    return [one.stamp.modified == at for one in (meeting, *meeting.deadlines)]


@pytest.mark.parametrize("facts", [{"label": "vii"}, {"reason": "room"}], ids=str)
def test_what_no_entry_says_stamps_none(facts):
    draft = replace(PLAN, meetings=(FIRST, replace(SECOND, **facts)))
    assert told_on(stamped(PLAN, draft, TUESDAY), TUESDAY) == [False, False]


@pytest.mark.parametrize(
    "facts", [{"link": "https://x.example"}, {"place": "Geneva"}, {"mode": Mode.HYBRID}], ids=str
)
def test_what_the_entry_of_a_deadline_does_not_say_stamps_the_meeting_alone(facts):
    draft = replace(PLAN, meetings=(FIRST, replace(SECOND, **facts)))
    assert told_on(stamped(PLAN, draft, TUESDAY), TUESDAY) == [True, False]


def test_of_whom_permission_is_asked_is_told_by_the_meeting_alone():
    draft = replace(PLAN, authorization=Authorization(required_from="WP1"))
    assert told_on(stamped(PLAN, draft, TUESDAY), TUESDAY) == [True, False]


def test_a_move_to_where_a_meeting_stands_edits_nothing_and_keeps_its_reason():
    assert move(MOVED, LATE, None) == MOVED
    assert move(MOVED, Move(date=SECOND.date, zone=SECOND.zone), None) == MOVED


def test_a_cancelled_meeting_that_is_cancelled_again_keeps_its_reason():
    assert cancelled(OFF, SECOND.uid, OFF, scope=Scope.THIS, reason=None) == OFF


def test_a_move_elsewhere_without_a_reason_does_not_keep_that_of_the_last_move():
    assert move(MOVED, Move(start=dt.time(16)), None).meetings[1].reason is None


def test_another_reason_for_the_last_move_is_told_by_the_meeting_alone():
    draft = move(MOVED, LATE, "the room is taken")
    assert len(compare(MOVED, draft).meetings) == 1
    plan = stamped(MOVED, draft, WEDNESDAY)
    assert [former.reason for former in plan.meetings[1].former] == ["the room is taken"]
    assert told_on(plan, WEDNESDAY) == [True, False]


def test_another_reason_for_a_cancellation_is_told_by_the_meeting_alone():
    draft = cancelled(OFF, SECOND.uid, OFF, scope=Scope.THIS, reason="no input")
    plan = stamped(OFF, draft, WEDNESDAY)
    assert (plan.meetings[1].status, plan.meetings[1].former) == (Status.CANCELLED, ())
    assert told_on(plan, WEDNESDAY) == [True, False]


def test_a_reason_for_something_else_is_not_told_as_that_of_the_last_move():
    off = stamped(MOVED, cancelled(MOVED, SECOND.uid, scope=Scope.THIS, reason="x"), WEDNESDAY)
    assert [former.reason for former in off.meetings[1].former] == ["room"]
