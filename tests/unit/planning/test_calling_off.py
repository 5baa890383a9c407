"""Cancelled meetings stay where calendars know them, and come back as they were."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.model.report import Authorization, DocumentHeader, GroupName, Report
from scheduler.planning.adoption import adopt
from scheduler.planning.calling_off import IsCancelled, NotCancelled
from scheduler.planning.comparison import compare, when
from scheduler.planning.editing import Move, Scope, called_back, cancelled, moved, skipped
from scheduler.planning.stamping import stamped
from tests.support.meetings import NOON, a_meeting, a_plan, a_rule
from tests.support.meetings import a_deadline as at

RULE = a_rule(-7)
FIRST = a_meeting(
    "2027-02-16",
    label="i",
    uid="one",
    source="TD1",
    status=Status.CONFIRMED,
    deadlines=(at("2027-02-09", uid="one-due", rule=RULE),),
)
SECOND = a_meeting("2027-03-23", label="ii", uid="two", source="TD1")
PUBLISHED = stamped(None, a_plan(FIRST, SECOND), NOON)
KNOWN = {meeting.uid: meeting for meeting in PUBLISHED.meetings}
TUESDAY = Instant.parse("2027-01-26T09:00:00Z")
ELSEWHEN = Move(date=dt.date(2027, 2, 18), start=dt.time(9))
AWAY = moved(PUBLISHED, "one", ELSEWHEN, scope=Scope.THIS, reason="the room")


@pytest.mark.parametrize("verb", [cancelled, skipped])
def test_what_a_draft_moved_and_then_cancelled_is_cancelled_where_calendars_know_it(verb):
    draft = verb(AWAY, "one", PUBLISHED, scope=Scope.THIS, reason="no input")
    plan = stamped(PUBLISHED, draft, TUESDAY)
    assert [when(m) for m in plan.meetings] == [when(m) for m in PUBLISHED.meetings]
    entry, due = plan.meetings[0], plan.meetings[0].deadlines[0]
    assert (entry.status, entry.stamp.sequence, entry.former) == (Status.CANCELLED, 1, ())
    assert (due.moment, due.stamp.sequence) == (FIRST.deadlines[0].moment, 1)


def test_what_a_draft_moved_and_a_report_drops_is_cancelled_where_calendars_know_it():
    report = Report(
        document=DocumentHeader(number="TD1"),
        group=GroupName(acronym="RG-NAV"),
        authorization=Authorization(),
        meetings=(SECOND,),
    )
    draft = adopt(
        report,
        group="RG-NAV",
        source="TD1",
        as_of=dt.date(2027, 1, 20),
        base=AWAY,
        published=PUBLISHED,
    ).draft
    gone = draft.meetings[0]
    assert (gone.status, when(gone)) == (Status.CANCELLED, when(FIRST))


def test_what_nobody_has_seen_is_cancelled_where_the_draft_has_it():
    draft = cancelled(AWAY, "one", None, scope=Scope.THIS, reason=None)
    assert draft.meetings[0].date == dt.date(2027, 2, 18)


def test_what_only_a_draft_cancelled_comes_back_as_if_nothing_had_been():
    draft = cancelled(AWAY, "one", PUBLISHED, scope=Scope.ALL, reason="no input")
    back = called_back(draft, "one", KNOWN, scope=Scope.ALL, reason=None)
    assert not compare(PUBLISHED, back)


def test_what_was_published_as_cancelled_comes_back_with_its_status_and_a_higher_sequence():
    off = stamped(PUBLISHED, cancelled(PUBLISHED, "one", scope=Scope.THIS, reason="x"), TUESDAY)
    back = called_back(off, "one", KNOWN, scope=Scope.THIS, reason="there is input")
    again = stamped(off, back, TUESDAY).meetings[0]
    assert (again.status, again.reason) == (Status.CONFIRMED, "there is input")
    assert (again.stamp.sequence, again.deadlines[0].stamp.sequence) == (2, 2)


def test_what_never_stood_in_a_plan_comes_back_tentative():
    draft = cancelled(a_plan(FIRST), "one", scope=Scope.THIS, reason=None)
    back = called_back(draft, "one", {}, scope=Scope.THIS, reason=None)
    assert back.meetings == (replace(FIRST, status=Status.TENTATIVE),)


def test_a_wider_scope_calls_back_what_is_cancelled_and_leaves_the_rest():
    off = cancelled(PUBLISHED, "one", scope=Scope.THIS, reason=None)
    back = called_back(off, "one", KNOWN, scope=Scope.ALL, reason="again")
    assert [meeting.reason for meeting in back.meetings] == ["again", None]


def test_what_takes_place_is_not_called_back_and_what_is_cancelled_not_moved():
    with pytest.raises(NotCancelled, match="is confirmed, not cancelled"):
        called_back(PUBLISHED, "one", KNOWN, scope=Scope.THIS, reason=None)
    off = cancelled(PUBLISHED, "one", scope=Scope.THIS, reason=None)
    with pytest.raises(IsCancelled, match="'interim restore one' first"):
        moved(off, "one", ELSEWHEN, scope=Scope.THIS, reason=None)
