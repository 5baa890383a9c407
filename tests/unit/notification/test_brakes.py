"""How many letters an address gets, how many a run sends, and how many are foreseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.attendee import Attendance
from scheduler.model.moment import Instant
from scheduler.notification.brakes import (
    Brakes,
    Wait,
    day_start,
    foreseen,
    foreseen_invitations,
    most_unasked,
    wait,
    week_start,
)
from scheduler.notification.digests import DIGEST
from scheduler.notification.due import REMINDERS
from scheduler.notification.invitations import INVITATION_CANCEL, INVITATION_UPDATE_NEAR
from scheduler.notification.kinds import KINDS, UNBRAKED
from scheduler.notification.letters.confirmations import CONFIRMATION
from scheduler.notification.telling import CHANGE, URGENT_CHANGE
from tests.support.inviting import GUEST, INVITED
from tests.support.letters import DAY_BEFORE, GROUP, READER
from tests.support.plans import CHANGED, FIRST, PLAN, cancelled

NOW = Instant.parse("2026-02-04T09:00:00Z")
TOMORROW = Instant.parse("2026-02-05T00:00:00Z")
TODAY = "waits until 2026-02-05T00:00:00Z: letters to the address today: 3"
THIS_WEEK = "waits: letters to the address in seven days: 20"


@pytest.mark.parametrize(
    ("today", "this_week", "reason"),
    [(0, 0, None), (2, 19, None), (3, 3, TODAY), (0, 20, THIS_WEEK), (3, 20, THIS_WEEK)],
)
def test_a_letter_waits_for_the_next_day_once_its_address_had_enough(today, this_week, reason):
    found = wait(Brakes(), today, this_week, NOW)
    assert found == (Wait(reason, TOMORROW) if reason else None)


def test_days_are_those_of_utc_and_a_week_is_seven_with_today():
    assert str(day_start(NOW)) == "2026-02-04T00:00:00Z"
    assert str(week_start(NOW)) == "2026-01-29T00:00:00Z"


def test_nothing_holds_what_people_wait_for_or_would_come_for_in_vain():
    unbraked = {CONFIRMATION, DIGEST, URGENT_CHANGE, INVITATION_UPDATE_NEAR, INVITATION_CANCEL}
    assert unbraked == UNBRAKED
    assert {*REMINDERS, CHANGE} <= {kind.name for kind in KINDS} - UNBRAKED


@pytest.mark.parametrize(("expected", "most"), [(0, 200), (66, 200), (67, 201), (1000, 3000)])
def test_a_run_may_be_thrice_what_was_foreseen_and_never_less_than_200(expected, most):
    assert most_unasked(expected) == most


@pytest.mark.parametrize(("hours", "count"), [(0, 3), (-24, 0), (24, 0)])
def test_each_reader_is_foreseen_a_letter_on_the_day_a_rung_opens(hours, count):
    readers = [replace(READER, id=n, address=f"{n}@example.org") for n in range(3)]
    now = DAY_BEFORE.plus(timedelta(hours=hours))
    assert foreseen(PLAN, GROUP, readers, now) == count


def test_who_subscribed_when_the_day_was_over_is_foreseen_nothing():
    late = replace(READER, since=DAY_BEFORE.plus(timedelta(days=1)))
    assert foreseen(PLAN, GROUP, [late], DAY_BEFORE) == 0


OFF = replace(PLAN, meetings=(cancelled(FIRST, "x"), *PLAN.meetings[1:]), revision=2, made=CHANGED)
TWO_GUESTS = (
    replace(GUEST, id=1),
    replace(GUEST, id=2, meeting=PLAN.meetings[1].uid, address="2@x.org"),
)


@pytest.mark.parametrize(
    ("plan", "now", "count"),
    [
        (PLAN, INVITED, 2),
        (PLAN, INVITED.plus(timedelta(days=7)), 0),
        (OFF, CHANGED, 1),  # of the meeting that changed
        (OFF, CHANGED.plus(timedelta(days=2)), 0),
        (replace(OFF, revision=1), CHANGED, 0),
        (OFF, Instant.parse("2026-06-17T00:00:00Z"), 0),
    ],
)
def test_who_is_invited_is_foreseen_the_invitation_and_what_becomes_of_it(plan, now, count):
    assert foreseen_invitations(plan, TWO_GUESTS, now) == count


def test_who_was_uninvited_or_left_is_foreseen_nothing():
    gone = [replace(GUEST, attendance=one) for one in (Attendance.UNINVITED, Attendance.LEFT)]
    assert foreseen_invitations(OFF, gone, CHANGED) == 0
