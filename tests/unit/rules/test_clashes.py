"""What is held elsewhere at the time of a meeting: whom it clashes with, why, and how heavily."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.busy import BusyTime, OtherMeeting
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Mode
from scheduler.model.moment import Instant
from scheduler.model.pack import Level, Waiver
from scheduler.model.problem import Severity
from scheduler.rules.engine import judge
from scheduler.rules.timetable import timetable
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker
from tests.support.judging import a_call, a_pack, told
from tests.support.meetings import NOON, a_meeting, a_plan

NAV = Group(acronym="RG-NAV", parent="TSAG", people=("chair-a", "editor"), rooms=("Room A",))
LAW = tuple(
    replace(a_call("apart_from", level, cause=cause), id=cause)
    for cause, level in (
        ("parent", Level.MUST),
        ("sibling", Level.NOTE),
        ("people", Level.NORMALLY),
        ("room", Level.NORMALLY),
        ("topic", Level.NOTE),
        ("hard_calendar", Level.NORMALLY),
        ("soft_calendar", Level.NOTE),
    )
)
HERE = a_meeting(
    "2027-03-17", uid="a", label="i", mode=Mode.HYBRID, place="Room A, Geneva", topics=("Metrics",)
)


def held(group: str = "RG-SEC", at: str = "2027-03-17T13:00:00Z", **others: object) -> BusyTime:
    start = Instant.parse(at)
    return BusyTime(
        title=group,
        start=start,
        end=start.plus(dt.timedelta(hours=1)),
        meeting=OtherMeeting(group=group, **others),
    )


def outside(title: str, *, hard: bool = True) -> BusyTime:
    return replace(held(), title=title, hard=hard, meeting=None, calendar="Holidays of members")


def found(*busy: BusyTime, meeting: Meeting = HERE, group: Group = NAV) -> tuple[Finding, ...]:
    return judge([a_pack(*LAW)], a_plan(meeting), NOON, group, [timetable(busy)])


@pytest.mark.parametrize(
    ("busy", "cause", "named"),
    [
        (held("TSAG"), "parent", "TSAG"),
        (held(parent="TSAG"), "sibling", "TSAG"),
        (held(people=("editor", "chair-a", "chair-b")), "people", "chair-a, editor"),
        (held(place="room a"), "room", "Room A"),
        (held(topics=(" metrics",)), "topic", "Metrics"),
    ],
)
def test_a_meeting_clashes_with_another_groups_for_what_they_share(busy, cause, named):
    assert told(found(busy), "against", "causes", cause) == [
        ("clash", busy.meeting.group, cause, named)
    ]


@pytest.mark.parametrize(
    "busy",
    [
        held("RG-NAV", people=("chair-a",)),
        held(people=("chair-b",)),
        held(place="Room AB, Geneva"),
        held(place="Geneva"),
        held(parent="WTSA"),
        held("TSAG", at="2027-03-17T13:30:00Z"),
        held("TSAG", at="2027-03-17T11:00:00Z"),
    ],
    ids=["own", "other people", "other room", "same town", "other parent", "after", "before"],
)
def test_what_shares_nothing_or_no_time_is_no_clash(busy):
    assert found(busy) == ()


def test_a_virtual_meeting_takes_no_room():
    virtual = replace(HERE, mode=Mode.VIRTUAL)
    assert found(held(place="Room A"), meeting=virtual) == ()


def test_a_pair_is_told_once_by_the_heaviest_rule_with_every_cause():
    (clash,) = found(held(people=("editor",), parent="TSAG", topics=("Metrics",)))
    assert (clash.rule, clash.severity) == ("people", Severity.WARNING)
    assert dict(clash.facts)["causes"] == "sibling, people, topic"


def test_a_waived_cause_leaves_the_pair_to_the_others():
    waiving = replace(NAV, waivers=(Waiver(rule="people", reason="an editor can leave"),))
    shared = held(people=("editor",), topics=("Metrics",))
    assert [clash.rule for clash in found(shared, group=waiving)] == ["topic"]
    (alone,) = found(held(people=("editor",)), group=waiving)
    assert (alone.rule, alone.waived) == ("people", "an editor can leave")


@pytest.mark.parametrize(("hard", "severity"), [(True, Severity.WARNING), (False, Severity.NOTICE)])
def test_an_event_of_an_outside_calendar_weighs_as_the_calendar_is_hard(hard, severity):
    (clash,) = found(outside("Feast", hard=hard))
    assert clash.severity == severity
    assert sentence(clash, speaker("en")) == (
        'Meeting i: it overlaps with "Feast" of the calendar "Holidays of members", from Wednesday '
        "17 March 2027, 14:00 (Europe/Zurich) to Wednesday 17 March 2027, 15:00 (Europe/Zurich)"
    )


def test_a_clash_says_against_whom_when_and_why():
    (clash,) = found(held("TSAG", people=("editor",)))
    assert sentence(clash, speaker("en")) == (
        "Meeting i: it overlaps with the meeting of TSAG from Wednesday 17 March 2027, 14:00 "
        "(Europe/Zurich) to Wednesday 17 March 2027, 15:00 (Europe/Zurich): TSAG is the parent of "
        "this group; at both is editor"
    )


def test_the_order_of_what_is_held_elsewhere_is_irrelevant():
    busy = [held(f"G{n}", people=("editor",)) for n in range(5)]
    assert found(*busy) == found(*reversed(busy))
