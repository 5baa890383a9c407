"""Each word of the vocabulary, in small plans that keep it and plans that miss it."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.group import Group
from scheduler.model.holiday import Holiday
from scheduler.model.meeting import Event, Mode, Status
from scheduler.model.moment import Instant
from scheduler.model.pack import Level
from scheduler.model.problem import Severity
from scheduler.model.report import Authorization, DocumentHeader, ParentMeeting
from scheduler.model.stamp import Stamp
from scheduler.rules.engine import judge
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker
from tests.support.judging import a_call, a_pack, found_by, told
from tests.support.meetings import NOON, a_deadline, a_meeting, a_plan

PARENT = ParentMeeting(name="TSAG", date=dt.date(2027, 2, 1), end_date=dt.date(2027, 2, 5))
NEXT = ParentMeeting(name="TSAG", date=dt.date(2027, 7, 5), end_date=dt.date(2027, 7, 9))
MARCH, MAY, JULY = (
    a_meeting("2027-03-17", uid="a", label="i"),
    a_meeting("2027-05-26", uid="b", label="ii"),
    a_meeting("2027-07-07", uid="c", label="iii"),
)


def a_group(**others: object) -> Group:
    return Group(acronym="RG-NAV", **others)


TWO_MONTHS = a_call("notice", amount=2, unit="month")
TWO_WEEKS = a_call("notice", Level.MUST, amount=2, unit="week")


def test_notice_counts_from_the_last_day_of_the_parents_meeting_until_it_has_decided():
    found = found_by(TWO_MONTHS, MARCH, MAY, parent_meeting=PARENT)
    assert told(found, "days", "permitted", "latest", "earliest") == [
        ("notice_too_short", 40, "2027-02-05", "2027-01-17", "2027-04-05")
    ]


def test_notice_counts_from_the_decision_once_there_is_one():
    decided = Authorization(decided=dt.date(2027, 1, 10))
    assert found_by(TWO_MONTHS, MARCH, parent_meeting=PARENT, authorization=decided) == ()


@pytest.mark.parametrize(
    ("start", "unit", "amount", "missed", "earliest"),
    [
        ("2026-12-31", "month", 2, "2027-02-28", "2027-03-01"),  # never on the day that misses it
        ("2027-02-05", "month", 2, "2027-04-04", "2027-04-05"),
        ("2027-02-05", "working_day", 3, "2027-02-10", "2027-02-11"),  # the 9th is closed
    ],
)
def test_the_day_that_cures_too_short_a_notice_keeps_it(start, unit, amount, missed, earliest):
    closed = Holiday(date=dt.date(2027, 2, 9), name="Closed", host="UNOG")
    others = {
        "group": a_group(host="UNOG", holidays=(closed,)),
        "authorization": Authorization(decided=dt.date.fromisoformat(start)),
    }
    call = a_call("notice", amount=amount, unit=unit)
    assert told(found_by(call, a_meeting(missed), **others), "earliest") == [
        ("notice_too_short", earliest)
    ]
    assert found_by(call, a_meeting(earliest), **others) == ()


@pytest.mark.parametrize(
    ("source", "decided", "codes"),
    [
        ("TD2", "2027-03-20", [("notice_too_short", -3, "permission")]),
        ("TD2", "2027-03-17", [("notice_too_short", 0, "permission")]),
        ("TD1", "2027-03-20", []),  # it waited for another decision
    ],
)
def test_a_meeting_does_not_come_before_its_own_permission(source, decided, codes):
    plan = {
        "authorization": Authorization(decided=dt.date.fromisoformat(decided)),
        "document": DocumentHeader(number="TD2"),
    }
    found = found_by(TWO_WEEKS, replace(MARCH, source=source), **plan)
    assert told(found, "days", "counted_from") == codes


def test_until_a_permission_is_recorded_nothing_is_called_one():
    found = found_by(TWO_MONTHS, MARCH, parent_meeting=PARENT)
    assert told(found, "counted_from") == [("notice_too_short", "parent_meeting")]
    assert sentence(found[0], speaker("en")).startswith(
        "Meeting i: no permission is recorded yet, so notice counts from the last day of the"
        " parent's meeting, Friday 5 February 2027: 40 calendar days, and 2 months are asked for"
    )


def test_what_is_announced_on_its_own_day_has_no_notice():
    call = a_call("notice", amount=1, unit="week", counted_from="announcement")
    on_the_day = Instant.parse("2027-03-17T08:00:00Z")
    assert told(found_by(call, MARCH, now=on_the_day), "days") == [("announcement_too_late", 0)]
    assert found_by(call, MARCH, now=Instant.parse("2027-03-18T08:00:00Z")) == ()


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2027-02-10", [("notice_too_short",), ("notice_too_short",)]),
        ("2027-02-19", [("notice_too_short",), ("notice_kept",)]),
        ("2027-04-05", []),
    ],
)
def test_a_shorter_notice_that_is_kept_is_told_where_a_longer_one_is_missed(day, codes):
    plan = a_plan(a_meeting(day), parent_meeting=PARENT)
    found = judge([a_pack(TWO_MONTHS, TWO_WEEKS)], plan, NOON)
    assert told(found) == codes
    assert all(one.severity is Severity.NOTICE for one in found if one.code == "notice_kept")


@pytest.mark.parametrize(
    ("announced", "codes"),
    [("2027-03-03T08:00:00Z", []), ("2027-03-04T08:00:00Z", [("announcement_too_late", 13)])],
)
def test_notice_from_the_announcement_counts_from_its_first_publication(announced, codes):
    at = Instant.parse(announced)
    meeting = replace(MARCH, stamp=Stamp(sequence=0, created=at, modified=at))
    call = a_call("notice", amount=2, unit="week", counted_from="announcement")
    assert told(found_by(call, meeting), "days") == codes


def test_what_is_not_published_yet_is_announced_today_at_the_earliest():
    call = a_call("notice", amount=9, unit="week", counted_from="announcement")
    assert told(found_by(call, MARCH, now=NOON), "days") == [("announcement_too_late", 56)]


def test_no_meeting_during_one_of_the_parents():
    group = a_group(parent_meetings=(NEXT,))
    found = found_by(a_call("not_during_parent"), MARCH, JULY, group=group, parent_meeting=PARENT)
    assert [(one.meeting, one.code) for one in found] == [("c", "during_parent_meeting")]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2027-06-24", []),
        ("2027-06-25", [("near_parent_meeting",)]),
        ("2027-07-06", []),
        ("2027-07-13", [("near_parent_meeting",)]),
        ("2027-07-14", []),
    ],
)
def test_days_around_the_parents_meeting_are_kept_free(day, codes):
    call = a_call("blackout", before_days=10, after_days=4)
    assert told(found_by(call, a_meeting(day), group=a_group(parent_meetings=(NEXT,)))) == codes


def test_the_last_meeting_before_the_parents_says_how_long_before_it_ends():
    call = a_call("parent_ahead", Level.NOTE)
    found = found_by(
        call, MARCH, MAY, group=a_group(parent_meetings=(NEXT,)), parent_meeting=PARENT
    )
    assert [(one.meeting, dict(one.facts)["days"]) for one in found] == [("b", 40)]


@pytest.mark.parametrize("day", ["2027-07-05", "2027-07-09"])
def test_a_meeting_during_the_parents_does_not_end_before_it(day):
    call = a_call("parent_ahead", Level.NOTE)
    assert found_by(call, a_meeting(day), group=a_group(parent_meetings=(NEXT,))) == ()


def test_a_series_has_no_more_meetings_than_were_authorised():
    two = Authorization(count=2)
    found = found_by(a_call("quota"), MARCH, MAY, JULY, authorization=two)
    assert [(one.meeting, dict(one.facts)["rank"]) for one in found] == [("c", 3)]


def test_meetings_of_an_earlier_report_are_not_counted_against_a_later_permission():
    old, new = replace(MARCH, source="TD1"), replace(MAY, source="TD2")
    plan = {
        "authorization": Authorization(count=1),
        "document": DocumentHeader(number="TD2R1"),
    }
    assert found_by(a_call("quota"), old, new, **plan) == ()
    both = found_by(a_call("quota"), replace(old, source="TD2"), new, **plan)
    assert told(both) == [("too_many_meetings",)]


def test_a_quota_of_the_rule_itself_counts_the_series():
    found = found_by(a_call("quota", at_most=1), MARCH, MAY)
    assert [one.meeting for one in found] == ["b"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"at_least": 10, "unit": "week"}, []),
        ({"at_least": 11, "unit": "week"}, [("too_close", "2027-06-02")]),
        ({"at_most": 2, "unit": "month"}, [("too_far_apart", "2027-05-17")]),
        ({"at_most": 3, "unit": "month"}, []),
    ],
)
def test_meetings_follow_each_other_neither_too_soon_nor_too_late(values, codes):
    assert told(found_by(a_call("spacing", **values), MAY, MARCH), "limit") == codes


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        ("13:29", [("too_short", 29)]),
        ("13:30", []),
        ("15:00", []),
        ("15:01", [("too_long", 121)]),
    ],
)
def test_a_meeting_lasts_as_long_as_it_may(end, codes):
    call = a_call("duration", at_least_minutes=30, at_most_minutes=120)
    assert told(found_by(call, a_meeting("2027-03-17", "13:00", end)), "minutes") == codes


@pytest.mark.parametrize(
    ("day", "topic", "codes"),
    [
        ("2027-04-27", "Workshop results", [("before_event",)]),
        ("2027-04-28", "Workshop results", [("before_event",)]),
        ("2027-04-29", "Workshop results", []),
        ("2027-04-27", "Metrics", []),
    ],
)
def test_a_topic_waits_for_its_event(day, topic, codes):
    workshop = dt.date(2027, 4, 28)
    events = (Event(title="Workshop on calling", date=workshop, end_date=workshop),)
    call = a_call("after_event", event="workshop", topic="results")
    assert told(found_by(call, a_meeting(day, topics=(topic,)), events=events)) == codes


LABOUR_DAY = Holiday(date=dt.date(2027, 5, 1), name="Labour Day", countries=("FR", "DE"))
WHIT_MONDAY = Holiday(date=dt.date(2027, 5, 17), name="Whit Monday", host="UNOG")


@pytest.mark.parametrize(
    ("rule", "day", "deadline", "codes"),
    [
        ("meeting_off_holidays", "2027-05-01", "2027-04-20", [("meeting_on_holiday", "FR, DE")]),
        ("meeting_off_holidays", "2027-05-17", "2027-04-20", [("meeting_on_holiday", "UNOG")]),
        ("meeting_off_holidays", "2027-05-18", "2027-05-01", []),
        ("deadline_off_holidays", "2027-05-18", "2027-05-17", [("deadline_on_holiday", "UNOG")]),
        ("deadline_off_eves", "2027-05-18", "2027-04-30", [("deadline_on_eve", "FR, DE")]),
        ("deadline_off_eves", "2027-05-18", "2027-05-01", []),
    ],
)
def test_days_that_the_host_or_members_keep(rule, day, deadline, codes):
    group = a_group(host="UNOG", member_countries=("FR",), holidays=(LABOUR_DAY, WHIT_MONDAY))
    meeting = a_meeting(day, deadlines=(a_deadline(deadline),))
    assert told(found_by(a_call(rule), meeting, group=group), "kept_by") == codes


def test_days_of_other_hosts_and_countries_say_nothing():
    group = a_group(host="ITU", member_countries=("US",), holidays=(LABOUR_DAY, WHIT_MONDAY))
    meetings = (a_meeting("2027-05-01"), a_meeting("2027-05-17"))
    assert found_by(a_call("meeting_off_holidays"), *meetings, group=group) == ()


GAP = {"zone": "America/New_York", "beside": "Europe/Zurich"}


@pytest.mark.parametrize(
    ("day", "zone", "told_of"),
    [
        ("2024-03-05", "Europe/Zurich", []),
        ("2024-03-19", "Europe/Zurich", [("2024-03-19 08:00 America/New_York", "07:00")]),
        ("2024-04-02", "Europe/Zurich", []),
        ("2024-10-29", "Europe/Zurich", [("2024-10-29 08:00 America/New_York", "07:00")]),
        ("2024-03-19", "Europe/London", [("2024-03-19 09:00 America/New_York", "08:00")]),
        ("2024-03-19", "America/New_York", [("2024-03-19 18:00 Europe/Zurich", "19:00")]),
        ("2024-03-19", "Asia/Tokyo", []),
        ("2024-03-19", "Australia/Sydney", []),
        ("2024-03-19", "UTC", []),
    ],
)
def test_the_weeks_in_which_clocks_are_out_of_step(day, zone, told_of):
    found = found_by(a_call("clocks_in_step", **GAP), a_meeting(day, zone=zone))
    assert [(dict(one.facts)["local"], dict(one.facts)["usual"]) for one in found] == told_of


def test_a_deadline_in_those_weeks_is_told_too():
    meeting = a_meeting("2024-04-02", deadlines=(a_deadline("2024-03-26", "16:00"),))
    found = found_by(a_call("deadlines_in_step", **GAP), meeting)
    assert told(found, "local") == [("deadline_in_clock_gap", "2024-03-26 11:00 America/New_York")]


def test_an_hour_that_moves_for_members_is_told_where_it_moves():
    series = [a_meeting(day) for day in ("2024-02-20", "2024-05-07", "2024-06-11")]
    group = a_group(member_zones=("Asia/Tokyo", "Europe/Paris"))
    found = found_by(a_call("steady_for_members"), *series, group=group)
    assert told(found, "zone", "before", "after") == [
        ("clock_shift", "Asia/Tokyo", "21:00", "20:00")
    ]


@pytest.mark.parametrize(
    ("day", "clock", "codes"),
    [
        ("2027-03-28", "02:30", [("nonexistent_local_time",)]),
        ("2027-10-31", "02:30", [("ambiguous_local_time",)]),
        ("2027-10-30", "02:30", []),
    ],
)
def test_a_deadline_is_one_instant(day, clock, codes):
    meeting = a_meeting("2027-11-20", deadlines=(a_deadline(day, clock),))
    assert told(found_by(a_call("time_settled"), meeting)) == codes


@pytest.mark.parametrize(
    ("kind", "clock", "codes"),
    [
        ("contribution", "13:00", []),
        ("contribution", "13:01", [("deadline_after_start",)]),
        ("registration", "23:59:59", [("deadline_after_start",)]),
        ("minutes", "23:59:59", []),
    ],
)
def test_inputs_come_before_the_meeting(kind, clock, codes):
    deadline = replace(a_deadline("2027-03-17", clock), kind=kind)
    meeting = a_meeting("2027-03-17", deadlines=(deadline,))
    assert told(found_by(a_call("deadline_before_start", Level.MUST), meeting)) == codes


TWELVE = {"kind": "contribution", "amount": 12, "unit": "calendar_day", "counting": "group"}


@pytest.mark.parametrize(
    ("day", "clear_days", "codes"),
    [
        ("2027-03-05", False, []),
        ("2027-03-06", False, [("deadline_too_late",)]),
        ("2027-03-05", True, [("deadline_too_late",)]),
        ("2027-03-04", True, []),
        (None, False, [("deadline_not_stated",)]),
    ],
)
def test_a_stated_deadline_is_held_against_the_rule(day, clear_days, codes):
    stated = (a_deadline(day),) if day else ()
    meeting = a_meeting("2027-03-17", deadlines=stated)
    group = a_group(clear_days=clear_days)
    assert told(found_by(a_call("deadline", **TWELVE), meeting, group=group)) == codes


def test_a_rule_speaks_of_its_modes_and_years_alone():
    call = replace(TWO_MONTHS, modes=(Mode.VIRTUAL,), since=2027, until=2027)
    virtual = replace(MARCH, mode=Mode.VIRTUAL)
    assert told(found_by(call, virtual, parent_meeting=PARENT)) == [("notice_too_short",)]
    assert found_by(call, MARCH, parent_meeting=PARENT) == ()
    assert found_by(replace(call, since=2028, until=9999), virtual, parent_meeting=PARENT) == ()
    assert found_by(replace(call, since=1, until=2026), virtual, parent_meeting=PARENT) == ()


def test_cancelled_meetings_are_not_judged():
    gone = replace(MARCH, status=Status.CANCELLED)
    assert found_by(TWO_MONTHS, gone, parent_meeting=PARENT) == ()
