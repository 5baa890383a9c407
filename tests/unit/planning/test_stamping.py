import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.agenda import Agenda, Carried, CarryReason
from scheduler.model.change import ChangeKind
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant, Reading
from scheduler.planning.comparison import compare
from scheduler.planning.editing import Move, Scope, cancelled, confirmed, moved, skipped
from scheduler.planning.identity import identified
from scheduler.planning.stamping import stamped
from scheduler.rules.deadlines import derive
from tests.support.meetings import a_meeting, a_plan, a_rule

MONDAY = Instant.parse("2027-01-18T12:00:00Z")
TUESDAY = Instant.parse("2027-01-19T12:00:00Z")
WEDNESDAY = Instant.parse("2027-01-20T12:00:00Z")


def in_plan(day, label):
    meeting = a_meeting(day, label=label)
    return identified(replace(meeting, deadlines=derive([a_rule(-7)], meeting)), set())


PLAN = stamped(None, a_plan(in_plan("2027-02-16", "i"), in_plan("2027-03-23", "ii")), MONDAY)
FIRST, SECOND = PLAN.meetings


def sequences(plan):
    return [(m.stamp.sequence, *(d.stamp.sequence for d in m.deadlines)) for m in plan.meetings]


def kinds(before, after):
    changes = compare(before, after)
    return [c.kind for c in changes.meetings], [c.kind for c in changes.deadlines]


def test_a_plan_beside_itself_differs_in_nothing_and_its_stamps_stay():
    assert not compare(PLAN, PLAN)
    again = stamped(PLAN, PLAN, TUESDAY)
    assert again.meetings == PLAN.meetings


def test_a_first_plan_adds_everything_at_sequence_zero():
    assert kinds(None, PLAN) == ([ChangeKind.ADDED] * 2, [ChangeKind.ADDED] * 2)
    assert sequences(PLAN) == [(0, 0), (0, 0)]


def test_a_move_raises_the_sequence_once_and_keeps_the_former_time():
    draft = moved(
        PLAN, SECOND.uid, Move(date=dt.date(2027, 3, 30)), scope=Scope.THIS, reason="room"
    )
    plan = stamped(PLAN, draft, TUESDAY)
    assert kinds(PLAN, plan) == ([ChangeKind.MOVED], [ChangeKind.MOVED])
    assert sequences(plan) == [(0, 0), (1, 1)]
    assert [str(f.start) for f in plan.meetings[1].former] == ["2027-03-23 13:00 Europe/Zurich"]
    assert plan.meetings[1].stamp.modified == TUESDAY
    assert plan.meetings[0] == FIRST


def test_a_move_across_the_clock_change_keeps_the_wall_time_of_meeting_and_deadline():
    draft = moved(PLAN, SECOND.uid, Move(date=dt.date(2027, 4, 6)), scope=Scope.THIS, reason=None)
    meeting = draft.meetings[1]
    assert str(meeting.start_instant) == "2027-04-06T11:00:00Z"
    assert str(meeting.deadlines[0].moment) == "2027-03-30 23:59:59 Europe/Zurich"


def test_a_cancellation_reaches_the_deadlines_and_can_be_taken_back():
    gone = stamped(PLAN, cancelled(PLAN, FIRST.uid, scope=Scope.THIS, reason="no input"), TUESDAY)
    assert kinds(PLAN, gone) == ([ChangeKind.CANCELLED], [ChangeKind.CANCELLED])
    assert sequences(gone) == [(1, 1), (0, 0)]
    back = stamped(gone, replace(gone, meetings=(FIRST, SECOND)), WEDNESDAY)
    assert kinds(gone, back) == ([ChangeKind.RESTORED], [ChangeKind.RESTORED])
    assert back.meetings[0].stamp.sequence == 2


def test_a_confirmation_is_one_significant_change():
    plan = stamped(PLAN, confirmed(PLAN, dt.date(2027, 1, 19)), TUESDAY)
    assert kinds(PLAN, plan)[0] == [ChangeKind.CONFIRMED] * 2
    assert sequences(plan) == [(1, 1), (1, 1)]


def test_new_words_modify_an_entry_without_a_new_sequence():
    draft = replace(PLAN, meetings=(replace(FIRST, topics=("routing",)), SECOND))
    plan = stamped(PLAN, draft, TUESDAY)
    assert kinds(PLAN, plan) == ([ChangeKind.EDITED], [])
    assert sequences(plan) == sequences(PLAN)
    assert plan.meetings[0].stamp.modified == TUESDAY
    assert plan.meetings[0].deadlines[0].stamp.modified == TUESDAY


def test_a_deadline_that_falls_away_stays_as_withdrawn():
    draft = replace(PLAN, meetings=(replace(FIRST, deadlines=()), SECOND))
    plan = stamped(PLAN, draft, TUESDAY)
    assert kinds(PLAN, plan)[1] == [ChangeKind.CANCELLED]
    deadline = plan.meetings[0].deadlines[0]
    assert (deadline.withdrawn, deadline.stamp.sequence) == (True, 1)


def test_all_following_meetings_move_by_the_same_number_of_days():
    draft = moved(PLAN, FIRST.uid, Move(date=dt.date(2027, 2, 17)), scope=Scope.ALL, reason=None)
    assert [m.date.isoformat() for m in draft.meetings] == ["2027-02-17", "2027-03-24"]


def test_skipping_what_nobody_saw_leaves_it_out_and_what_was_published_is_cancelled():
    unseen = skipped(PLAN, FIRST.uid, None, scope=Scope.THIS, reason=None)
    assert [m.label for m in unseen.meetings] == ["ii"]
    seen = skipped(PLAN, FIRST.uid, PLAN, scope=Scope.THIS, reason=None)
    assert seen.meetings[0].status is Status.CANCELLED


@pytest.mark.parametrize(
    ("day", "start", "end", "reading", "instants"),
    [
        ("2026-03-29", "02:30", "03:30", "later", ("01:30", "02:30")),
        ("2026-03-29", "02:30", "03:30", "earlier", ("00:30", "01:30")),
        ("2026-03-29", "01:00", "02:30", "later", ("00:00", "01:30")),
        ("2026-10-25", "02:30", "03:30", "earlier", ("00:30", "02:30")),
        ("2026-10-25", "02:30", "03:30", "later", ("01:30", "02:30")),
    ],
)
def test_a_reading_settles_a_skipped_or_repeated_hour(day, start, end, reading, instants):
    meeting = identified(a_meeting(day, start, end), set())
    plan = moved(
        a_plan(meeting),
        meeting.uid,
        Move(reading=Reading(reading)),
        scope=Scope.THIS,
        reason=None,
    )
    settled = plan.meetings[0]
    found = (settled.start_instant, settled.end_instant)
    assert tuple(f"{instant.utc:%H:%M}" for instant in found) == instants


def test_another_day_of_the_decision_changes_no_entry_once_all_are_confirmed():
    told = stamped(PLAN, confirmed(PLAN, dt.date(2027, 2, 1)), TUESDAY)
    corrected = stamped(told, confirmed(told, dt.date(2027, 2, 2)), WEDNESDAY)
    assert corrected.authorization.decided == dt.date(2027, 2, 2)
    assert corrected.meetings == told.meetings


def test_another_agenda_is_one_change_which_modifies_the_meeting_alone_and_moves_nothing():
    draft = replace(PLAN, meetings=(replace(FIRST, agenda=Agenda(minutes=90)), SECOND))
    assert kinds(PLAN, draft) == ([ChangeKind.EDITED], [])
    plan = stamped(PLAN, draft, TUESDAY)
    assert sequences(plan) == [(0, 0), (0, 0)]
    assert plan.meetings[0].stamp.modified == TUESDAY
    assert plan.meetings[0].deadlines == FIRST.deadlines
    assert plan.meetings[1] == SECOND


def test_an_agenda_that_names_a_meeting_is_told_anew_when_that_meeting_moves():
    agenda = Agenda(
        carried=(Carried(contribution="C1", title="", reason=CarryReason.LATE, to=SECOND.uid),)
    )
    before = replace(PLAN, meetings=(replace(FIRST, agenda=agenda), SECOND))
    draft = moved(
        before, SECOND.uid, Move(date=dt.date(2027, 3, 30)), scope=Scope.THIS, reason="room"
    )
    first, _ = stamped(before, draft, TUESDAY).meetings
    assert (first.stamp.sequence, first.stamp.modified) == (0, TUESDAY)
    assert first.deadlines == FIRST.deadlines
