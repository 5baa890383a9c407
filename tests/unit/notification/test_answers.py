"""Whether an answer counts, which of two does, and who is asked again at which rung."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.attendee import Answer, Asked, Attendance, Attendee, Participation
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import ANSWER, ReminderRule, Rung
from scheduler.notification.answers import (
    Reception,
    due_answer_reminders,
    needless,
    opening_between,
    reception,
    standing_answer,
)
from scheduler.notification.invitations import begins
from scheduler.planning.calls import over_at
from tests.support.inviting import GROUP, GUEST, INVITED, LATER, told
from tests.support.plans import FIRST, PLAN, cancelled, changed, moved

YES, NO = Participation.ACCEPTED, Participation.DECLINED
AWAY = moved(FIRST, dt.datetime(2026, 2, 13, 9), dt.datetime(2026, 2, 13, 10), "the chair")
CONFIRMED = changed(FIRST, status=Status.CONFIRMED)
RULED = replace(GROUP, reminder_rules=(ReminderRule(kind=ANSWER, rungs=(Rung(-7), Rung(-2))),))
# FIRST is on 12 February 2026, 14:00 in Zurich.
A_WEEK_BEFORE, AN_HOUR_EARLIER = "2026-02-04T23:00:00Z", "2026-02-04T22:00:00Z"
TWO_DAYS_BEFORE = "2026-02-09T23:00:00Z"
START = "2026-02-12T13:00:00Z"


def at(text: str) -> Instant:
    return Instant.parse(text)


def said(participation: Participation = YES, sequence: int = 0, when: Instant = LATER) -> Answer:
    return Answer(participation=participation, at=when, sequence=sequence)


def asked(meeting: Meeting = FIRST, sequence: int = 0, when: Instant = INVITED) -> Attendee:
    """A guest who was asked to come at the time of a meeting."""
    time = Asked(sequence=sequence, at=when, starts=begins(meeting), ends=over_at(meeting))
    return replace(GUEST, asked=time)


def planned(meeting: Meeting) -> Plan:
    return replace(PLAN, meetings=(meeting,))


def test_the_first_letter_puts_on_record_which_time_it_asks_for() -> None:
    assert told().attendee == replace(
        asked(), told=told().attendee.told, letter=told().letter.key, letters=1
    )


def test_an_update_asks_anew_only_where_the_time_is_another() -> None:
    first = told().attendee
    confirmed = told(first, planned(CONFIRMED), LATER, (told().letter,)).attendee
    away = told(first, planned(AWAY), LATER, (told().letter,)).attendee
    assert confirmed.asked == first.asked
    assert away.asked == asked(AWAY, sequence=1, when=LATER).asked


@pytest.mark.parametrize(
    ("meeting", "guest", "sequence", "stands"),
    [
        (FIRST, asked(), 0, True),
        (CONFIRMED, asked(), 0, True),  # the SEQUENCE rose, the time stayed
        (CONFIRMED, asked(), 1, True),
        (AWAY, asked(), 0, False),  # moved, and the update is not queued yet
        (AWAY, asked(AWAY, sequence=1), 0, False),
        (AWAY, asked(AWAY, sequence=1), 1, True),
        (CONFIRMED, GUEST, 0, False),  # invited by an earlier version, which kept no times
        (CONFIRMED, GUEST, 1, True),
    ],
)
def test_an_answer_stands_for_the_time_it_was_given_to(
    meeting: Meeting, guest: Attendee, sequence: int, stands: bool
) -> None:
    answer = said(sequence=sequence)
    found = standing_answer(meeting, replace(guest, answer=answer))
    assert found == (answer if stands else None)


@pytest.mark.parametrize(
    ("known", "new", "becomes"),
    [
        (None, said(), Reception.RECORDED),
        (said(), said(), Reception.UNCHANGED),
        (said(), said(NO, when=LATER.plus(dt.timedelta(seconds=1))), Reception.RECORDED),
        (said(), said(NO, when=INVITED), Reception.OLDER),
        (said(), said(NO), Reception.OLDER),
        (said(sequence=1, when=INVITED), said(NO, sequence=0), Reception.OLDER),
        (said(sequence=0), said(NO, sequence=1, when=INVITED), Reception.RECORDED),
        (None, said(sequence=2), Reception.NOT_SENT),
    ],
)
def test_of_two_answers_the_one_to_the_higher_sequence_and_then_the_later_counts(
    known: Answer | None, new: Answer, becomes: Reception
) -> None:
    assert reception(CONFIRMED, replace(asked(), answer=known), new) is becomes


def test_an_answer_to_the_time_before_a_move_is_outdated() -> None:
    assert reception(AWAY, asked(AWAY, sequence=1), said()) is Reception.OUTDATED
    off = cancelled(FIRST, "no papers")
    assert reception(off, replace(asked(), asked=None), said()) is Reception.OUTDATED


def due(now: str, guest: Attendee | None = None, meeting: Meeting = FIRST) -> list[str]:
    plan = planned(meeting)
    found = due_answer_reminders(plan, RULED, [guest or asked()], at(now), domain="example.org")
    return [letter.key for letter in found]


def test_each_rung_is_one_letter_and_the_last_that_opened_is_told() -> None:
    assert due(AN_HOUR_EARLIER) == []
    first, second = due(A_WEEK_BEFORE), due(TWO_DAYS_BEFORE)
    assert len({*first, *second}) == 2
    assert due("2026-02-09T22:59:59Z") == first
    assert due("2026-02-12T12:59:59Z") == second
    assert due(START) == []


@pytest.mark.parametrize(
    "guest",
    [
        replace(asked(), answer=said()),
        replace(asked(), answer=said(NO)),
        replace(asked(), attendance=Attendance.UNINVITED),
        replace(asked(), attendance=Attendance.LEFT),
        asked(when=at(A_WEEK_BEFORE)),  # on the day of the rung, by the invitation itself
    ],
)
def test_nobody_else_is_asked(guest: Attendee) -> None:
    assert due(A_WEEK_BEFORE, guest) == []


@pytest.mark.parametrize("meeting", [cancelled(FIRST, "x"), AWAY])
def test_nobody_is_asked_about_what_is_off_or_before_the_update_told_of_a_move(
    meeting: Meeting,
) -> None:
    assert due(TWO_DAYS_BEFORE, meeting=meeting) == []


def test_nobody_is_asked_where_no_rule_says_so() -> None:
    found = due_answer_reminders(PLAN, GROUP, [asked()], at(TWO_DAYS_BEFORE), domain="example.org")
    assert found == ()


def test_what_will_open_is_foreseen_by_its_instants() -> None:
    span = (at(A_WEEK_BEFORE), at(START))
    found = [one.opening.opens for one in opening_between(PLAN, RULED, [asked()], *span)]
    assert found == [at(TWO_DAYS_BEFORE)]  # what opened with the span's first instant is due by now


@pytest.mark.parametrize(
    ("guest", "meeting", "now", "reason"),
    [
        (asked(), FIRST, A_WEEK_BEFORE, None),
        (None, FIRST, A_WEEK_BEFORE, "no longer invited"),
        (replace(asked(), attendance=Attendance.UNINVITED), FIRST, A_WEEK_BEFORE, "no longer"),
        (replace(asked(), attendance=Attendance.LEFT), FIRST, A_WEEK_BEFORE, "asked for no more"),
        (replace(asked(), answer=said(NO)), FIRST, A_WEEK_BEFORE, "answered since"),
        (asked(), AWAY, A_WEEK_BEFORE, "moved or cancelled"),
        (asked(), cancelled(FIRST, "x"), A_WEEK_BEFORE, "moved or cancelled"),
        (asked(), FIRST, START, "too late"),
    ],
)
def test_a_letter_that_waited_is_looked_at_once_more(
    guest: Attendee | None, meeting: Meeting, now: str, reason: str | None
) -> None:
    (letter,) = due_answer_reminders(
        PLAN, RULED, [asked()], at(A_WEEK_BEFORE), domain="example.org"
    )
    found = needless(letter, guest, planned(meeting), at(now))
    assert (found and found.reason.startswith(reason or "?")) == (None if reason is None else True)
