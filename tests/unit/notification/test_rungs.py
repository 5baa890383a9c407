"""When rungs open and close: days on a calendar, hours on the clock, before and after."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Status
from scheduler.model.moment import Instant, WallTime
from scheduler.model.plan import Plan
from scheduler.model.reminding import BadRung, ReminderRule, Rung, RungUnit
from scheduler.model.subscription import Following, Letters, Subscription
from scheduler.notification.brakes import foreseen
from scheduler.notification.due import due_letters
from scheduler.notification.rungs import nearest, opening
from scheduler.notification.standing import Occasion, occasions, withdrawal
from tests.support.letters import READER
from tests.support.plans import FIRST, PLAN, RG_NAV, cancelled, moved

DEADLINE = FIRST.deadlines[0]


@pytest.mark.parametrize(
    ("text", "rung", "written"),
    [
        ("7 days", Rung(-7), "7 days"),
        ("1 day", Rung(-1), "1 day"),
        ("0 days", Rung(0), "0 days"),
        ("4 weeks", Rung(-28), "28 days"),
        ("2 Hours  before", Rung(-2, RungUnit.HOUR), "2 hours"),
        ("1 day after", Rung(1), "1 day after"),
        ("36 hours after", Rung(36, RungUnit.HOUR), "36 hours after"),
        ("365 days", Rung(-365), "365 days"),
        ("720 hours", Rung(-720, RungUnit.HOUR), "720 hours"),
    ],
)
def test_a_rung_is_read_as_people_write_it_and_written_as_it_is_read(text, rung, written):
    assert Rung.parse(text) == rung
    assert str(rung) == written
    assert Rung.parse(str(rung)) == rung


@pytest.mark.parametrize(
    "text",
    [
        *("", "days", "-1 days", "366 days", "721 hours", "0 hours", "0 days after", "53 weeks"),
        *("2 minutes", "2 days later", "٢ days", "1.5 days"),
    ],
)
def test_what_is_no_rung_is_refused_with_what_would_do(text):
    with pytest.raises(BadRung, match="such as '7 days', '2 hours' or '1 day after'"):
        Rung.parse(text)


@pytest.mark.parametrize(
    ("moment", "rung", "opens", "over"),
    [
        # Days are those of the calendar of Geneva, whatever the hour of the deadline.
        ("2026-02-05 23:59:59", "1 day", "2026-02-03T23:00:00Z", "2026-02-04T23:00:00Z"),
        ("2026-02-05 23:59:59", "1 day after", "2026-02-05T23:00:00Z", "2026-02-06T23:00:00Z"),
        ("2026-02-05 17:00:00", "2 hours", "2026-02-05T14:00:00Z", "2026-02-05T15:00:00Z"),
        ("2026-02-05 17:00:00", "3 hours after", "2026-02-05T19:00:00Z", "2026-02-05T20:00:00Z"),
        # The night of 28 to 29 March 2026 has no 02:30, and its day 23 hours.
        ("2026-03-29 09:00:00", "8 hours", "2026-03-28T23:00:00Z", "2026-03-29T00:00:00Z"),
        ("2026-03-30 09:00:00", "1 day", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        # That of 24 to 25 October has 02:30 twice, and its day 25 hours.
        ("2026-10-25 09:00:00", "8 hours", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"),
        ("2026-10-26 09:00:00", "1 day", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    ],
)
def test_a_rung_opens_on_its_day_or_at_its_instant(moment, rung, opens, over):
    found = opening(at(moment), Rung.parse(rung))
    assert found is not None
    assert (found.opens, found.over) == (Instant.parse(opens), Instant.parse(over))


def test_what_comes_before_is_of_use_until_then_and_what_comes_after_for_two_weeks():
    found = at("2026-02-05 17:00:00")
    before, after = opening(found, Rung(-1)), opening(found, Rung(1))
    assert before
    assert before.closes == found.instant
    assert after
    assert after.closes == after.opens.plus(dt.timedelta(days=14))


def test_the_last_rung_that_opened_is_the_nearest_whatever_its_unit():
    found, now = at("2026-02-05 17:00:00"), Instant.parse("2026-02-05T14:30:00Z")
    rungs = [Rung(-7), Rung(0), Rung(-2, RungUnit.HOUR), Rung(-1, RungUnit.HOUR), Rung(1)]
    assert nearest(found, rungs, now) == opening(found, Rung(-2, RungUnit.HOUR))


def test_a_meeting_of_unknown_hour_is_told_by_days_until_its_day_is_over():
    unknown = replace(FIRST, start=None, end=None, deadlines=())
    (found,) = occasions(replace(PLAN, meetings=(unknown,)))
    assert opening(found, Rung(-2, RungUnit.HOUR)) is None
    day = opening(found, Rung(0))
    assert day
    assert day.opens == Instant.parse("2026-02-11T23:00:00Z")
    assert day.closes == Instant.parse("2026-02-12T23:00:00Z")


RULED = replace(
    RG_NAV,
    reminder_days=(1,),
    reminder_rules=(
        ReminderRule(kind="agenda", rungs=(Rung(-3),)),
        ReminderRule(kind="contribution", rungs=(Rung(-7), Rung(-2, RungUnit.HOUR), Rung(1))),
        ReminderRule(kind="meeting", rungs=(Rung(-1), Rung(-2, RungUnit.HOUR))),
    ),
)


@pytest.mark.parametrize(
    ("now", "kind", "subject"),
    [
        ("2026-01-29T12:00:00Z", "deadline_reminder", DEADLINE.uid),
        ("2026-02-05T21:00:00Z", "deadline_reminder", DEADLINE.uid),
        ("2026-02-06T08:00:00Z", "overdue_reminder", DEADLINE.uid),
        ("2026-02-11T12:00:00Z", "meeting_reminder", FIRST.uid),
        ("2026-02-12T11:30:00Z", "meeting_reminder", FIRST.uid),
    ],
)
def test_each_kind_is_told_by_its_own_rule(now, kind, subject):
    letter = due(now, kind)
    assert (letter.kind, letter.subjects) == (kind, (subject,))


def test_a_rule_for_deadlines_holds_where_none_names_their_kind():
    rules = (ReminderRule(kind="deadline", rungs=(Rung(-5),)),)
    group = replace(RG_NAV, reminder_rules=rules)
    assert group.rungs_of("contribution") == (Rung(-5),)
    assert RULED.rungs_of("minutes") == (Rung(-1),)
    assert RULED.rungs_of("agenda") == (Rung(-3),)
    assert RG_NAV.rungs_of("meeting") == ()


def test_reminders_of_a_meeting_move_with_it_and_end_with_it():
    letter = due("2026-02-11T12:00:00Z", "meeting_reminder")
    now = Instant.parse("2026-02-11T12:00:00Z")
    later = moved(FIRST, dt.datetime(2026, 2, 13, 14), dt.datetime(2026, 2, 13, 15), "x")
    for meeting in (later, cancelled(FIRST, "x"), replace(FIRST, status=Status.POSTPONED)):
        plan = replace(PLAN, meetings=(meeting,))
        assert withdrawal(letter, plan, READER, now) is not None
        assert meetings(all_due(str(now), plan=plan)) == []
    again = all_due("2026-02-12T12:00:00Z", plan=replace(PLAN, meetings=(later,)))
    assert meetings(again) == [(FIRST.uid,)]


@pytest.mark.parametrize(
    ("choice", "kinds"),
    [
        ({}, ["deadline_reminder", "meeting_reminder"]),
        ({"following": Following.DEADLINES}, ["deadline_reminder", "meeting_reminder"]),
        ({"kinds": ("deadline",)}, ["deadline_reminder"]),
        ({"kinds": ("contribution",)}, ["deadline_reminder"]),
        ({"kinds": ("meeting", "minutes")}, ["meeting_reminder"]),
        ({"letters": Letters.NONE}, []),
        ({"rungs": (Rung(-2, RungUnit.HOUR),)}, []),
        ({"rungs": (Rung(-14),)}, ["deadline_reminder", "meeting_reminder"]),
    ],
)
def test_people_are_told_what_they_chose_when_they_chose(choice, kinds):
    group = replace(RULED, reminder_rules=(ReminderRule(kind="meeting", rungs=(Rung(-20),)),))
    reader = replace(READER, since=Instant.parse("2026-01-01T00:00:00Z"), **choice)
    found = all_due("2026-02-04T12:00:00Z", reader, group=group)
    assert sorted(letter.kind for letter in found) == kinds


def test_what_is_foreseen_of_a_day_is_what_a_run_each_hour_would_queue():
    now = Instant.parse("2026-02-12T12:30:00Z")
    hours = (now.plus(dt.timedelta(hours=-hour)) for hour in range(24))
    keys = {
        letter.key for hour in hours for letter in all_due(str(hour)) if letter.due >= YESTERDAY
    }
    assert foreseen(PLAN, RULED, [READER], now) == len(keys) == 1


YESTERDAY = Instant.parse("2026-02-11T12:30:01Z")


def at(text: str) -> Occasion:
    day, clock = text.split()
    moment = WallTime(dt.date.fromisoformat(day), dt.time.fromisoformat(clock), "Europe/Zurich")
    alone = replace(FIRST, deadlines=(replace(DEADLINE, moment=moment),))
    return next(occasions(replace(PLAN, meetings=(alone,))))


def all_due(
    now: str, reader: Subscription = READER, *, plan: Plan = PLAN, group: Group = RULED
) -> tuple[Letter, ...]:
    return due_letters(plan, group, [reader], Instant.parse(now), domain="example.org", letters=())


def due(now: str, kind: str) -> Letter:
    (letter,) = (one for one in all_due(now) if one.kind == kind)
    return letter


def meetings(letters: tuple[Letter, ...]) -> list[tuple[str, ...]]:
    return [letter.subjects for letter in letters if letter.kind == "meeting_reminder"]
