"""What newer zone data move, told from instants that were approved with older ones."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.change import ChangeKind, ZoneShift
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.planning.comparison import compare
from scheduler.planning.editing import Move, Scope, cancelled, moved
from scheduler.planning.identity import identified
from scheduler.planning.stamping import stamped
from tests.support.meetings import a_deadline, a_meeting, a_plan

MONDAY = Instant.parse("2027-01-18T12:00:00Z")
TUESDAY = Instant.parse("2027-01-19T12:00:00Z")
AN_HOUR = dt.timedelta(hours=1)


def entry(day, label, deadline):
    meeting = a_meeting(day, label=label, deadlines=(a_deadline(deadline),))
    return identified(meeting, set())


DRAFT = a_plan(
    entry("2027-02-16", "i", "2027-02-09"), entry("2027-03-23", "ii", "2027-03-16"), zone_data="old"
)
NOW = stamped(None, DRAFT, MONDAY)


def an_hour_off(stamp):
    starts = stamp.starts.plus(AN_HOUR) if stamp.starts else None
    return replace(stamp, starts=starts, ends=stamp.ends.plus(AN_HOUR))


def published_otherwise(plan):
    """The plan as if its second meeting had been approved with data an hour off."""
    first, second = plan.meetings
    deadlines = tuple(replace(d, stamp=an_hour_off(d.stamp)) for d in second.deadlines)
    other = replace(second, stamp=an_hour_off(second.stamp), deadlines=deadlines)
    return replace(plan, meetings=(first, other))


OLD = published_otherwise(NOW)
RENEWED = replace(OLD, zone_data="new")


def sequences(plan):
    return [(m.stamp.sequence, *(d.stamp.sequence for d in m.deadlines)) for m in plan.meetings]


def test_an_approval_keeps_the_instants_it_was_given_with():
    first = NOW.meetings[0]
    assert (first.stamp.starts, first.stamp.ends) == (first.start_instant, first.end_instant)
    assert [(d.stamp.starts, str(d.stamp.ends)) for d in first.deadlines] == [
        (None, "2027-02-09T22:59:59Z")
    ]


def test_an_hour_that_stays_has_moved_where_its_instant_is_another():
    changes = compare(OLD, RENEWED)
    (meeting,), (deadline,) = changes.meetings, changes.deadlines
    assert (meeting.kind, deadline.kind) == (ChangeKind.MOVED, ChangeKind.MOVED)
    assert meeting.shift == ZoneShift(
        zone="Europe/Zurich",
        data_before="old",
        data_after="new",
        started=Instant.parse("2027-03-23T13:00:00Z"),
        ended=Instant.parse("2027-03-23T14:30:00Z"),
        starts=Instant.parse("2027-03-23T12:00:00Z"),
        ends=Instant.parse("2027-03-23T13:30:00Z"),
    )
    assert (str(deadline.shift.ended), str(deadline.shift.ends)) == (
        "2027-03-16T23:59:59Z",
        "2027-03-16T22:59:59Z",
    )
    assert changes.by_zone_data == changes


def without_instants(plan):
    def bare(entry):
        return replace(entry, stamp=replace(entry.stamp, starts=None, ends=None))

    meetings = (replace(bare(m), deadlines=tuple(map(bare, m.deadlines))) for m in plan.meetings)
    return replace(plan, meetings=tuple(meetings))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD, OLD),
        (NOW, replace(NOW, zone_data="new")),
        (OLD, replace(OLD, zone_data="")),
        (replace(OLD, zone_data=""), RENEWED),
        (without_instants(OLD), RENEWED),
    ],
    ids=["same_data", "same_instants", "unknown_now", "unknown_then", "stored_without_instants"],
)
def test_nothing_is_claimed_of(before, after):
    assert not compare(before, after)


def test_what_somebody_moved_is_no_matter_of_zone_data():
    second = OLD.meetings[1]
    to = Move(date=dt.date(2027, 3, 30))
    draft = moved(RENEWED, second.uid, to, scope=Scope.THIS, reason=None)
    (change,) = compare(OLD, draft).meetings
    assert (change.kind, change.shift) == (ChangeKind.MOVED, None)


def test_what_is_cancelled_does_not_move():
    draft = cancelled(RENEWED, OLD.meetings[1].uid, scope=Scope.THIS, reason=None)
    changes = compare(OLD, draft)
    assert [change.kind for change in changes.meetings] == [ChangeKind.CANCELLED]
    assert [change.kind for change in changes.deadlines] == [ChangeKind.CANCELLED]
    gone = stamped(OLD, draft, TUESDAY)
    assert not compare(gone, replace(gone, zone_data="newer"))


def test_an_approval_raises_the_sequence_of_what_moved_once_and_is_then_at_peace():
    plan = stamped(OLD, RENEWED, TUESDAY)
    assert sequences(plan) == [(0, 0), (1, 1)]
    assert [m.stamp.modified for m in plan.meetings] == [MONDAY, TUESDAY]
    assert not compare(plan, replace(plan, zone_data="newer"))
    assert stamped(plan, plan, TUESDAY).meetings == plan.meetings


def test_a_move_of_its_own_raises_it_once_too():
    second = replace(RENEWED.meetings[1], date=dt.date(2027, 3, 30), end_date=dt.date(2027, 3, 30))
    draft = replace(RENEWED, meetings=(RENEWED.meetings[0], second))
    assert sequences(stamped(OLD, draft, TUESDAY)) == [(0, 0), (1, 1)]


def test_a_revision_with_the_same_data_leaves_the_claim_open():
    confirmed = tuple(replace(m, status=Status.CONFIRMED) for m in OLD.meetings)
    plan = stamped(OLD, replace(OLD, meetings=confirmed), TUESDAY)
    assert len(compare(plan, replace(plan, zone_data="new")).meetings) == 1


def test_a_plan_stored_without_instants_has_them_from_its_next_approval():
    plan = stamped(without_instants(NOW), NOW, TUESDAY)
    assert plan.meetings == NOW.meetings


def test_an_hour_that_newer_data_skip_has_moved_to_no_instant():
    night = identified(a_meeting("2027-03-28", "02:30", "03:30"), set())
    plan = stamped(None, a_plan(night, zone_data="new"), MONDAY)
    (meeting,) = plan.meetings
    was = Instant.parse("2027-03-28T01:30:00Z")
    stamp = replace(meeting.stamp, starts=was, ends=was.plus(AN_HOUR))
    before = replace(plan, meetings=(replace(meeting, stamp=stamp),), zone_data="old")
    (change,) = compare(before, plan).meetings
    assert (change.kind, change.shift.started, change.shift.starts) == (ChangeKind.MOVED, was, None)
