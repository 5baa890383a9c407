"""Series by rule: real and usual ones, exceptions, and their parent's bounds."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.mandate import Mandate, Skip
from scheduler.model.moment import WallTime, exact
from scheduler.model.recurrence import DayOfWeek, Frequency, Recurrence, SeriesRule, Slot
from scheduler.model.report import DocumentHeader, ParentMeeting
from scheduler.planning.series import LeftOut, Omission, named_series

TUESDAY, WEDNESDAY = 1, 2
MORNING, EVENING = Slot(dt.time(6), 120), Slot(dt.time(19), 60)
FOUR_WEEKS = Recurrence(frequency=Frequency.WEEKLY, interval=4)
THIRD_TUESDAY = Recurrence(frequency=Frequency.MONTHLY, days=(DayOfWeek(TUESDAY, 3),))
LAST_WORKING_DAY = Recurrence(
    frequency=Frequency.MONTHLY, positions=(-1,), on_working_days=True, month_days=()
)
MANDATE = Mandate(group="RG-NAV", document=DocumentHeader(), zone="Europe/Zurich")
BEFORE = ParentMeeting(name="TSAG", date=dt.date(2027, 1, 25), end_date=dt.date(2027, 1, 29))
NEXT = ParentMeeting(name="TSAG", date=dt.date(2027, 7, 19), end_date=dt.date(2027, 7, 23))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def a_rule(first: str, recurrence: Recurrence, *slots: Slot, **others: object) -> SeriesRule:
    return SeriesRule(
        first=day(first), recurrence=replace(recurrence, **others), slots=slots or (MORNING,)
    )


def days_of(mandate: Mandate) -> list[str]:
    return [meeting.date.isoformat() for meeting in named_series(mandate).meetings]


# The formal meetings of the Internet Architecture Board as its schedule of 2026 prints them, in
# UTC; they are agreed at 06:00 to 08:00 in Los Angeles. IETF 127 lies in November 2026.
IAB_FORMAL = """\
2026-04-15 13:00  2026-05-13 13:00  2026-06-10 13:00  2026-07-08 13:00  2026-08-26 13:00
2026-09-23 13:00  2026-10-21 13:00  2026-12-16 14:00  2027-01-20 14:00  2027-02-17 14:00
"""


def test_a_series_anchored_in_los_angeles_moves_in_utc_when_its_clocks_do():
    mandate = replace(
        MANDATE,
        group="IAB",
        zone="America/Los_Angeles",
        parents=(
            ParentMeeting(
                name="IETF 127", date=dt.date(2026, 11, 14), end_date=dt.date(2026, 11, 20)
            ),
        ),
        rules=(
            a_rule("2026-04-15", FOUR_WEEKS, until=dt.date(2026, 7, 8)),
            a_rule("2026-08-26", FOUR_WEEKS, until=dt.date(2026, 12, 16)),
            a_rule("2027-01-20", FOUR_WEEKS, until=dt.date(2027, 2, 17)),
        ),
    )
    series = named_series(mandate)
    starts = [m.start_instant.utc for m in series.meetings if m.start_instant]
    assert [f"{start:%Y-%m-%d %H:%M}" for start in starts] == [
        " ".join(pair)
        for pair in zip(IAB_FORMAL.split()[::2], IAB_FORMAL.split()[1::2], strict=True)
    ]
    assert {m.end_instant.utc - m.start_instant.utc for m in series.meetings} == {
        dt.timedelta(hours=2)
    }
    assert series.left_out == (
        LeftOut(
            date=dt.date(2026, 11, 18),
            why=Omission.DURING_PARENT,
            reason="IETF 127 2026-11-14 to 2026-11-20",
        ),
    )


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            a_rule("2027-02-01", THIRD_TUESDAY, until=dt.date(2027, 5, 31)),
            ["2027-02-16", "2027-03-16", "2027-04-20", "2027-05-18"],
        ),
        (a_rule("2027-02-17", FOUR_WEEKS, count=3), ["2027-02-17", "2027-03-17", "2027-04-14"]),
        # 30 and 31 January and 28 February 2027 are weekends
        (
            a_rule("2027-01-01", LAST_WORKING_DAY, count=3, month_days=tuple(range(1, 32))),
            ["2027-01-29", "2027-02-26", "2027-03-31"],
        ),
    ],
)
def test_usual_rules_give_their_days(rule, found):
    assert days_of(replace(MANDATE, rules=(rule,))) == found


def test_the_last_working_day_is_not_one_on_which_the_host_is_closed():
    rule = a_rule("2027-03-01", LAST_WORKING_DAY, count=1, month_days=tuple(range(1, 32)))
    closed = frozenset({dt.date(2027, 3, 31)})
    (meeting,) = named_series(replace(MANDATE, rules=(rule,)), closed).meetings
    assert meeting.date == dt.date(2027, 3, 30)


def test_slots_alternate_and_a_skipped_day_keeps_its_turn():
    mandate = replace(
        MANDATE,
        rules=(a_rule("2027-02-16", FOUR_WEEKS, MORNING, EVENING, count=4),),
        skips=(Skip(date=dt.date(2027, 3, 16), reason="the chair is away"),),
    )
    series = named_series(mandate)
    assert [(m.date.isoformat(), m.start) for m in series.meetings] == [
        ("2027-02-16", dt.time(6)),
        ("2027-04-13", dt.time(6)),
        ("2027-05-11", dt.time(19)),
    ]
    assert series.left_out == (
        LeftOut(date=day("2027-03-16"), why=Omission.SKIPPED, reason="the chair is away"),
    )


def test_a_series_without_an_end_stops_before_the_parents_next_meeting():
    mandate = replace(
        MANDATE, parents=(BEFORE, NEXT), rules=(a_rule("2027-05-25", FOUR_WEEKS, EVENING),)
    )
    assert days_of(mandate) == ["2027-05-25", "2027-06-22"]


def test_a_meeting_that_ends_after_midnight_is_kept_from_the_parents_first_day():
    late = Slot(dt.time(23), 120)
    mandate = replace(MANDATE, parents=(NEXT,), listed=(day("2027-07-18"),), slots=(late,))
    assert days_of(mandate) == []


def test_a_skipped_hour_is_one_instant_for_nobody():
    mandate = replace(MANDATE, listed=(day("2027-03-28"),), slots=(Slot(dt.time(2, 30), 60),))
    (meeting,) = named_series(mandate).meetings
    assert (meeting.start_instant, len(meeting.start_candidates)) == (None, 2)


def test_the_anchor_is_kept_over_a_clock_change():
    mandate = replace(MANDATE, rules=(a_rule("2027-03-02", FOUR_WEEKS, count=2),))
    instants = [m.start_instant for m in named_series(mandate).meetings]
    assert instants == [
        exact(WallTime(day("2027-03-02"), dt.time(6), "Europe/Zurich")),
        exact(WallTime(day("2027-03-30"), dt.time(6), "Europe/Zurich")),
    ]
    assert [f"{instant.utc:%H:%M}" for instant in instants] == ["05:00", "04:00"]


def test_every_monday_and_the_last_friday_are_the_days_of_both():
    both = Recurrence(frequency=Frequency.MONTHLY, days=(DayOfWeek(0), DayOfWeek(4, -1)))
    mandate = replace(MANDATE, rules=(a_rule("2027-02-01", both, until=day("2027-02-28")),))
    assert days_of(mandate) == [
        "2027-02-01",
        "2027-02-08",
        "2027-02-15",
        "2027-02-22",
        "2027-02-26",
    ]
