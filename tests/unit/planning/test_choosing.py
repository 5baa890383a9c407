"""Chosen series: what bars a slot, what each part counts, and why the others lost."""

import datetime as dt
from itertools import pairwise

import pytest

from scheduler.model.busy import BusyTime
from scheduler.model.finding import Finding
from scheduler.model.mandate import Membership, RoomTime, Skip, Spacing, Weights
from scheduler.model.meeting import Event
from scheduler.model.moment import Instant
from scheduler.model.problem import Severity
from scheduler.model.recurrence import Slot
from scheduler.model.report import ParentMeeting
from scheduler.planning.candidates import Bar, field_of
from scheduler.planning.choosing import NoSuchSeries, balance_of, board_of, choose, score_of
from scheduler.planning.explanation import explain
from scheduler.planning.scoring import (
    Part,
    balance,
    evenness,
    freedom,
    lawfulness,
    nearness,
    sharing,
)
from scheduler.rules.fairness import burden, clock_changes, fairness, local_times
from tests.support.mandates import (
    ACROSS_THE_WORLD,
    ONE_OCLOCK,
    a_mandate,
    lawless,
    preferences,
)

SPACING = Spacing(ideal_days=28, least_days=14, most_days=56)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str) -> Instant:
    return Instant.parse(text)


WORKSHOP = (Event(title="Workshop", date=day("2027-04-14"), end_date=day("2027-04-15")),)
PARENT = ParentMeeting(name="P", date=day("2027-03-01"), end_date=day("2027-03-05"))
ELSEWHERE = BusyTime(
    title="other", start=at("2027-03-02T13:15:00Z"), end=at("2027-03-02T14:00:00Z")
)


def chosen(wishes, mandate=None, law=lawless):
    mandate = mandate or a_mandate(wishes)
    return choose(board_of(field_of(mandate, wishes, law), wishes))


def days(wishes, mandate=None, law=lawless) -> list[str]:
    return [candidate.day.isoformat() for candidate in chosen(wishes, mandate, law)]


def test_meetings_keep_their_distance():
    found = [day(text) for text in days(preferences())]
    gaps = [(b - a).days for a, b in pairwise(found)]
    assert gaps == [28, 28]


@pytest.mark.parametrize(
    ("others", "mandated", "why"),
    [
        ({}, {"skips": (Skip(date=day("2027-03-02"), reason="away"),)}, Bar.SKIPPED),
        (
            {},
            {"parents": (PARENT,)},
            Bar.DURING_PARENT,
        ),
        (
            {"busy": (ELSEWHERE,)},
            {},
            Bar.BUSY,
        ),
        (
            {
                "slots": (Slot(dt.time(2, 30), 30),),
                "weekdays": (6,),
                "first": day("2027-03-28"),
                "last": day("2027-03-28"),
            },
            {},
            Bar.UNSETTLED,
        ),
    ],
)
def test_a_slot_that_cannot_be_is_barred_and_says_why(others, mandated, why):
    window = {"first": day("2027-03-02"), "last": day("2027-03-02")}
    wishes = preferences(**(window | others))
    field = field_of(a_mandate(wishes, **mandated), wishes, lawless)
    assert (field.candidates, [barred.why for barred in field.barred]) == ((), [why])


def test_a_meeting_that_ends_as_another_begins_is_not_in_its_way():
    next_door = BusyTime(
        title="other", start=at("2027-03-02T13:30:00Z"), end=at("2027-03-02T14:00:00Z")
    )
    window = {"first": day("2027-03-02"), "last": day("2027-03-02")}
    wishes = preferences(busy=(next_door,), **window)
    assert len(field_of(a_mandate(wishes), wishes, lawless).candidates) == 1


def test_meetings_lie_where_a_room_is_free_and_say_which():
    rooms = (
        RoomTime(name="B", start=at("2027-02-09T08:00:00Z"), end=at("2027-02-09T17:00:00Z")),
        RoomTime(name="A", start=at("2027-03-09T12:00:00Z"), end=at("2027-03-09T13:30:00Z")),
        RoomTime(name="C", start=at("2027-04-06T12:00:00Z"), end=at("2027-04-06T12:30:00Z")),
    )
    found = chosen(preferences(rooms=rooms, meetings=2))
    assert [(c.day.isoformat(), c.room) for c in found] == [
        ("2027-02-09", "B"),
        ("2027-03-09", "A"),
    ]


def test_what_the_law_forbids_is_not_chosen_and_what_it_discourages_only_at_need():
    def law(meeting):
        if meeting.date.month == 3:
            return (Finding(code="no", severity=Severity.ERROR),)
        if meeting.date.month == 4:
            return (Finding(code="hm", severity=Severity.WARNING),)
        return ()

    assert {text[5:7] for text in days(preferences(), law=law)} <= {"02", "04", "05"}
    near = preferences(meetings=2, weights=Weights(spacing=0, law=1))
    assert {text[5:7] for text in days(near, law=law)} <= {"02", "05"}


def test_what_lies_near_an_event_is_preferred():
    wishes = preferences(near=WORKSHOP, meetings=1)
    assert days(wishes) == ["2027-04-13"]


def test_a_bad_hour_is_not_borne_twice_running_where_there_is_another():
    slots = (Slot(dt.time(7), 60), Slot(dt.time(17), 60))
    wishes = preferences(slots=slots, members=ACROSS_THE_WORLD[:2], weights=Weights(sharing=9))
    heavy = [candidate.heavy for candidate in chosen(wishes)]
    assert [first & second for first, second in pairwise(heavy)] == [0, 0]


def test_bad_hours_are_shared_over_the_series_and_not_only_between_neighbours():
    slots = (Slot(dt.time(0), 60), Slot(dt.time(8), 60), Slot(dt.time(16), 60))
    members = tuple(Membership(zone=zone) for zone in ("Etc/UTC", "Etc/GMT-8", "Etc/GMT+8"))
    said = {"slots": slots, "members": members, "meetings": 6, "last": day("2027-08-31")}
    mandate = a_mandate(zone="Etc/UTC")
    weighed = {}
    for weight in (0, 2):
        wishes = preferences(**said, weights=Weights(balance=weight))
        picked = chosen(wishes, mandate)
        weighed[weight] = balance_of(preferences(**said)).borne(c.heavy for c in picked)
    assert max(weighed[0]) > max(weighed[2])
    assert sum(weighed[0]) == sum(weighed[2])


def test_the_seed_settles_ties_and_nothing_else():
    wishes = [preferences(meetings=1, seed=seed) for seed in range(8)]
    found = [chosen(wish) for wish in wishes]
    assert {score_of(f, w) for f, w in zip(found, wishes, strict=True)} == {200}
    assert len({f[0].day for f in found}) > 1
    assert chosen(wishes[3]) == found[3]


def test_more_than_fit_are_refused_with_how_many_do():
    with pytest.raises(NoSuchSeries, match=r"no 20 meetings fit: 17 slots are free.*most 9"):
        chosen(preferences(meetings=20))


def test_each_slot_is_explained_by_its_parts_and_the_best_two_that_lost():
    slots = (ONE_OCLOCK, Slot(dt.time(3), 90))
    wishes = preferences(slots=slots, members=ACROSS_THE_WORLD[2:], seed=1)
    field = field_of(a_mandate(wishes), wishes, lawless)
    picked = choose(board_of(field, wishes))
    reasons = explain(picked, field.candidates, wishes)
    assert [reason.candidate for reason in reasons] == list(picked)
    for reason in reasons:
        assert dict(reason.score.parts)[Part.HOURS] == 100
        assert [len(reason.losers), reason.score.of_hundred] == [2, 100]
        assert [t.start.isoformat()[11:16] for t in reason.local_times] == ["13:00"]
    middle = reasons[1].losers[0]
    assert middle.candidate.day - picked[1].day in (dt.timedelta(7), dt.timedelta(-7))
    assert [part for part, _ in middle.worse_than(reasons[1].score)] == [Part.SPACING]
    assert middle.lost_points > 0


@pytest.mark.parametrize(
    ("found", "points"),
    [
        (evenness(28, SPACING), 100),
        (evenness(14, SPACING) > 0, True),
        (evenness(21, SPACING) > evenness(15, SPACING), True),
        (nearness(day("2027-04-14"), WORKSHOP, 7), 100),
        (nearness(day("2027-04-19"), WORKSHOP, 7), 50),
        (nearness(day("2027-05-19"), WORKSHOP, 7), 0),
        ((freedom(0), freedom(1), freedom(3)), (100, 50, 0)),
        (lawfulness([Finding(code="x", severity=Severity.WARNING)]), 50),
        ((sharing(0b011, 0b110, 4), sharing(0b1, 0b10, 4), sharing(1, 1, 0)), (75, 100, 100)),
        (
            (balance(0b011, (0b110, 0b001), 2), balance(0b1, (), 4), balance(1, (1,), 0)),
            (50, 100, 100),
        ),
    ],
)
def test_points_of_each_part(found, points):
    assert found == points


# 13:00 in Geneva on 20 February and 19 March 2024: the United States change their clocks between.
@pytest.mark.parametrize(
    ("start", "end", "local"),
    [
        ("2024-02-20T12:00:00Z", "2024-02-20T13:30:00Z", "07:00 04:00 17:30 21:00 23:00"),
        ("2024-03-19T12:00:00Z", "2024-03-19T13:30:00Z", "08:00 05:00 17:30 21:00 23:00"),
        ("2024-05-07T11:00:00Z", "2024-05-07T12:30:00Z", "07:00 04:00 16:30 20:00 21:00"),
    ],
)
def test_each_zone_has_its_own_hour(start, end, local):
    zones = (
        "America/New_York",
        "America/Los_Angeles",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "Australia/Sydney",
    )
    found = local_times(at(start), at(end), [Membership(zone=zone) for zone in zones])
    assert " ".join(f"{time.start:%H:%M}" for time in found) == local
    assert [time.is_fair for time in found] == [text >= "06:00" for text in local.split()]


def test_an_hour_is_as_bad_as_the_worse_of_its_ends_and_a_series_as_the_worst_zone_and_the_mean():
    late = at("2027-03-02T21:00:00Z"), at("2027-03-02T23:30:00Z")
    assert [burden(*late, zone) for zone in ("Etc/UTC", "Etc/GMT-1", "Etc/GMT+9")] == [70, 100, 0]
    members = [Membership(zone="Etc/UTC", count=3), Membership(zone="Etc/GMT+9", count=1)]
    assert fairness([80, 0], members) == 100 - (80 + 60) // 2


def test_clock_changes_of_a_zone_are_found():
    changes = clock_changes("America/New_York", day("2027-01-01"), day("2027-12-31"))
    assert changes == (day("2027-03-14"), day("2027-11-07"))
