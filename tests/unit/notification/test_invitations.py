"""Whom a plan makes differ from what they were told, and by which kind of letter they learn it."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.letter import CALLED_OFF, Letter, LetterState
from scheduler.model.meeting import Meeting, Mode, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.beliefs import History
from scheduler.notification.invitations import behind, sequence_of, untrue
from scheduler.notification.recalling import recalled
from tests.support.inviting import GUEST, INVITED, LATER, due, sent, told
from tests.support.plans import CHANGED, FIRST, LATER_STAMP, PLAN, cancelled, changed, moved


def planned(meeting: Meeting) -> Plan:
    return replace(PLAN, meetings=(meeting, *PLAN.meetings[1:]), revision=2, made=CHANGED)


AWAY = planned(
    moved(FIRST, dt.datetime(2026, 2, 13, 9), dt.datetime(2026, 2, 13, 10), reason="the chair")
)
OFF = planned(cancelled(FIRST, "no papers"))


def kinds(plan: Plan, guest: Attendee, letters: tuple[Letter, ...], now: Instant) -> list[str]:
    return [one.letter.kind for one in due(plan, guest, letters, now)]


def test_an_invitation_says_to_whom_of_what_and_until_when():
    letter = told().letter
    assert (letter.kind, letter.recipient, letter.subscription) == (
        "invitation",
        "someone@example.org",
        7,
    )
    assert (letter.subjects, letter.told) == ((FIRST.uid,), (FIRST.start_instant,))
    assert (letter.due, letter.not_after) == (INVITED, FIRST.end_instant)
    assert letter.message_id == f"<{letter.key}@example.org>"
    assert "someone" not in letter.key


def test_who_was_told_what_stands_is_told_nothing_more():
    assert behind(PLAN, [told().attendee], LATER) == ()


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        (AWAY, "invitation_update"),
        (OFF, "invitation_cancel"),
        (planned(changed(FIRST, status=Status.POSTPONED)), "invitation_cancel"),
        (planned(changed(FIRST, status=Status.CONFIRMED)), "invitation_update"),
        (planned(replace(FIRST, place="Hall B")), "invitation_update"),
        (planned(replace(FIRST, link="https://calls.example.org/2")), "invitation_update"),
        (planned(replace(FIRST, mode=Mode.HYBRID)), "invitation_update"),
        (planned(replace(FIRST, topics=("Another",))), "invitation_update"),
    ],
)
def test_what_becomes_of_a_meeting_is_told_to_whom_the_first_letter_reached(plan: Plan, kind: str):
    first = told()
    assert kinds(plan, first.attendee, sent(first), LATER) == [kind]


@pytest.mark.parametrize(
    ("state", "doubts", "kind"),
    [
        (LetterState.SENT, 0, ["invitation_cancel"]),
        (LetterState.SENDING, 0, ["invitation_cancel"]),
        (LetterState.AMBIGUOUS, 1, ["invitation_cancel"]),
        (LetterState.HELD, 3, ["invitation_cancel"]),
        (LetterState.QUEUED, 0, []),
        (LetterState.CANCELLED, 0, []),
        (LetterState.FAILED, 0, []),
    ],
)
def test_the_end_is_told_to_whom_an_invitation_may_have_reached(
    state: LetterState, doubts: int, kind: list[str]
):
    first = told()
    letters = (replace(first.letter, state=state, doubts=doubts),)
    assert kinds(OFF, first.attendee, letters, LATER) == kind


def test_what_moves_before_anybody_was_reached_is_an_invitation():
    first = told()
    assert kinds(AWAY, first.attendee, (first.letter,), LATER) == ["invitation"]


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ("2026-02-11T13:00:00Z", "invitation_update"),
        ("2026-02-11T13:00:01Z", "invitation_update_near"),  # 24 hours before it was to begin
        ("2026-02-12T14:00:00Z", "invitation_update_near"),
    ],
)
def test_a_change_of_what_is_near_is_a_kind_of_its_own(now: str, kind: str):
    first = told()
    assert kinds(AWAY, first.attendee, sent(first), Instant.parse(now)) == [kind]


def test_a_move_away_and_back_is_told_both_times():
    first = told()
    second = told(first.attendee, AWAY, LATER, sent(first))
    back = replace(planned(again(FIRST, 2)), revision=3)
    letters = (*sent(first), *sent(second))
    (third,) = due(back, second.attendee, letters, LATER, before=(PLAN, AWAY))
    assert len({one.letter.key for one in (first, second, third)}) == 3
    assert third.letter.told == first.letter.told


def later(meeting: Meeting, revision: int, minutes: int) -> Plan:
    """A plan that came to stand so many minutes after the second revision did."""
    made = CHANGED.plus(dt.timedelta(minutes=minutes))
    return replace(planned(meeting), revision=revision, made=made)


def again(meeting: Meeting, sequence: int, **facts: object) -> Meeting:
    return changed(meeting, replace(LATER_STAMP, sequence=sequence), **facts)


AWAY_AGAIN = again(AWAY.meetings[0], 2, start=dt.time(11), end=dt.time(12))
BACK = again(FIRST, 2)
TEN_MINUTES = dt.timedelta(minutes=10)


@pytest.mark.parametrize(
    ("plan", "minutes"),
    [
        (AWAY, 10),
        (OFF, 10),
        (later(AWAY_AGAIN, 3, 4), 14),
        (later(AWAY_AGAIN, 3, 55), 60),  # no change is put off for ever
        (later(replace(AWAY.meetings[0], stamp=LATER_STAMP), 3, 4), 10),  # of another meeting
    ],
)
def test_what_changes_is_gathered_as_for_readers(plan: Plan, minutes: int):
    first = told()
    now = CHANGED.plus(dt.timedelta(minutes=1))
    before = (PLAN,) if plan.revision == 2 else (PLAN, AWAY)
    (found,) = due(plan, first.attendee, sent(first), now, TEN_MINUTES, before=before)
    assert found.letter.due == CHANGED.plus(dt.timedelta(minutes=minutes))


def test_what_is_changed_back_before_it_was_told_is_not_told():
    first = told()
    back = later(BACK, 3, 5)
    assert due(back, first.attendee, sent(first), LATER, TEN_MINUTES, before=(PLAN, AWAY)) == ()


def test_what_comes_within_the_hour_waits_for_nothing():
    first, now = told(), Instant.parse("2026-02-12T12:00:00Z")
    plan = replace(AWAY, made=now)
    (found,) = due(plan, first.attendee, sent(first), now, TEN_MINUTES)
    assert found.letter.due == now


@pytest.mark.parametrize("plan", [AWAY, OFF, planned(replace(FIRST, topics=("Another",)))])
def test_what_changes_in_silence_is_not_told_then_or_later(plan: Plan):
    first = told()
    assert due(plan, first.attendee, sent(first), LATER, silent=(2,)) == ()
    stays = replace(plan, revision=3, made=LATER)
    before = (PLAN, plan)
    assert due(stays, first.attendee, sent(first), LATER, silent=(2,), before=before) == ()


def test_what_is_told_after_a_silent_change_brings_the_newest_state():
    first = told()
    plan = later(replace(AWAY_AGAIN, topics=("Another",)), 3, 5)
    (found,) = due(plan, first.attendee, sent(first), LATER, silent=(2,), before=(PLAN, AWAY))
    assert (found.letter.kind, found.letter.told) == (
        "invitation_update",
        (AWAY_AGAIN.start_instant,),
    )
    assert sequence_of(plan.meetings[0], found.attendee) == 2


def test_what_waits_is_told_though_what_follows_is_silent():
    first = told()
    second = told(first.attendee, AWAY, LATER, sent(first))
    plan = later(AWAY_AGAIN, 3, 5)
    letters = (*sent(first), second.letter)
    found = due(plan, second.attendee, letters, LATER, before=(PLAN, AWAY), silent=(3,))
    assert [one.letter.told for one in found] == [(AWAY_AGAIN.start_instant,)]


def test_what_a_person_called_off_counts_as_told():
    first = told()
    second = told(first.attendee, AWAY, LATER, sent(first))
    off = replace(second.letter, state=LetterState.CANCELLED, last_error=CALLED_OFF)
    plan = later(AWAY_AGAIN, 3, 5)
    letters = (*sent(first), off)
    assert not due(plan, second.attendee, letters, LATER, before=(PLAN, AWAY), silent=(3,))


def test_who_has_no_entry_any_more_is_not_sent_another_cancel():
    first = told()
    second = told(first.attendee, OFF, LATER, sent(first))
    out = replace(second.attendee, attendance=Attendance.UNINVITED, ahead=1)
    both = (*sent(first), replace(second.letter, state=LetterState.SENT))
    assert kinds(OFF, out, both, LATER) == []
    assert kinds(OFF, out, sent(first), LATER) == ["invitation_cancel"]


def test_who_was_to_be_told_what_was_changed_back_is_on_record_as_before():
    first = told()
    second = told(first.attendee, AWAY, LATER, sent(first))
    history = History(
        plan=later(BACK, 3, 5),
        revision={1: PLAN, 2: AWAY, 3: later(BACK, 3, 5)}.get,
        silent=frozenset(),
    )
    letters = (*sent(first), second.letter)
    assert due(history.plan, second.attendee, letters, LATER, before=(PLAN, AWAY)) == ()
    (found,) = recalled(history, [second.attendee], letters, LATER)
    assert found == replace(first.attendee, letters=2)
    assert tuple(recalled(history, [found], letters, LATER)) == ()


def test_nothing_is_told_of_a_meeting_that_is_over():
    first = told()
    after = Instant.parse("2026-02-14T00:00:00Z")
    assert kinds(AWAY, first.attendee, sent(first), after) == []


def test_who_was_taken_out_is_told_once_whatever_the_plan_does_then():
    first = told()
    out = replace(first.attendee, attendance=Attendance.UNINVITED, ahead=1)
    last = told(out, PLAN, LATER, sent(first))
    assert last.letter.kind == "invitation_cancel"
    assert sequence_of(FIRST, last.attendee) == 1
    assert kinds(AWAY, last.attendee, sent(first), LATER) == []
    assert kinds(OFF, last.attendee, sent(first), LATER) == []


def test_who_left_is_told_nothing_at_all():
    first = told()
    left = replace(first.attendee, attendance=Attendance.LEFT)
    assert kinds(OFF, left, sent(first), LATER) == []


def test_a_meeting_without_an_hour_is_told_by_the_start_of_its_day():
    bare = replace(FIRST, start=None, end=None)
    assert told(plan=planned(bare)).letter.told == (Instant.parse("2026-02-11T23:00:00Z"),)


def doubt_of(plan: Plan | None, guest: Attendee | None, now: Instant = LATER) -> str | None:
    found = untrue(told().letter, guest, plan, now)
    return found and f"{found.state}: {found.reason}"


def test_a_letter_that_still_says_what_holds_may_go():
    assert doubt_of(PLAN, told().attendee) is None
    assert doubt_of(PLAN, GUEST) is None  # it is not on record yet, as in a rehearsal


def test_an_agenda_alone_keeps_no_letter_back():
    stamp = replace(LATER_STAMP, sequence=0)
    assert doubt_of(planned(replace(FIRST, stamp=stamp)), told().attendee) is None


@pytest.mark.parametrize(
    ("plan", "guest", "reason"),
    [
        (AWAY, told().attendee, "cancelled: changed since it was queued"),
        (OFF, told().attendee, "cancelled: changed since it was queued"),
        (None, told().attendee, "cancelled: changed since it was queued"),
        (PLAN, None, "cancelled: no longer invited"),
        (PLAN, replace(told().attendee, address="x@example.org"), "cancelled: no longer invited"),
        (
            PLAN,
            replace(told().attendee, attendance=Attendance.LEFT),
            "cancelled: asked for no more since it was queued",
        ),
        (
            PLAN,
            replace(told().attendee, attendance=Attendance.UNINVITED, ahead=1),
            "cancelled: uninvited since it was queued",
        ),
        (AWAY, told(plan=AWAY).attendee, "cancelled: changed since it was queued"),
    ],
)
def test_a_letter_that_says_so_no_more_is_withdrawn(
    plan: Plan | None, guest: Attendee | None, reason: str
):
    assert doubt_of(plan, guest) == reason


def test_a_letter_is_of_no_use_once_the_meeting_is_over():
    assert (doubt_of(PLAN, told().attendee, Instant.parse("2026-02-12T14:30:00Z")) or "")[:7] == (
        "skipped"
    )
