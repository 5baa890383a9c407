"""Events keep their identity as meetings do: through reports, new dates and withdrawal."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.meeting import Event
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.events import adopted_events
from scheduler.planning.stamping import stamped

JANUARY, FEBRUARY, MARCH = (Instant.parse(f"2027-0{month}-10T09:00:00Z") for month in (1, 2, 3))
AS_OF = dt.date(2027, 1, 10)


def an_event(title: str = "Workshop", day: str = "2027-04-19", **others: object) -> Event:
    date = dt.date.fromisoformat(day)
    return Event(title=title, **{"date": date, "end_date": date, **others})


def told(
    before: Plan | None,
    *events: Event,
    at: Instant = JANUARY,
    source: str = "TD1",
    as_of: dt.date = AS_OF,
) -> Plan:
    """The plan that stands once a report with these events is read and approved."""
    known = before or Plan(group="RG-NAV")
    found = adopted_events(events, known, source=source, as_of=as_of)
    draft = replace(known, events=found.named, former_events=found.former)
    return stamped(before, draft, at)


def uids(plan: Plan) -> list[str]:
    return [event.uid for event in plan.events]


def test_the_same_report_gives_the_same_identities_on_any_machine():
    plan = told(None, an_event(), an_event("Forum"))
    assert uids(plan) == uids(told(None, an_event(), an_event("Forum")))
    assert len(set(uids(plan))) == 2


def test_two_events_that_nothing_tells_apart_are_two():
    assert len(set(uids(told(None, an_event(), an_event())))) == 2


def test_reading_it_again_changes_nothing():
    first = told(None, an_event())
    assert told(first, an_event(), at=FEBRUARY).events == first.events


@pytest.mark.parametrize(
    ("after", "sequence"),
    [
        (an_event(day="2027-04-26"), 1),
        (an_event(end_date=dt.date(2027, 4, 20)), 1),
        (an_event(place="Geneva"), 0),
        (an_event("WORKSHOP"), 0),
        (an_event("A workshop by another name"), 0),
    ],
)
def test_an_event_keeps_its_uid_and_is_stamped_once_for_a_change(after: Event, sequence: int):
    first = told(None, an_event())
    second = told(first, after, at=FEBRUARY)
    (event,) = second.events
    assert event.uid == first.events[0].uid
    assert (event.stamp.sequence, event.stamp.created, event.stamp.modified) == (
        sequence,
        JANUARY,
        FEBRUARY,
    )
    assert second.former_events == ()


def test_an_event_that_its_report_leaves_out_is_withdrawn_and_may_come_back():
    first = told(None, an_event(), an_event("Forum"))
    second = told(first, an_event(), at=FEBRUARY)
    (gone,) = second.former_events
    assert (gone.uid, gone.withdrawn) == (first.events[1].uid, True)
    assert (gone.stamp.sequence, gone.stamp.cancelled) == (1, FEBRUARY)
    third = told(second, an_event(), an_event("Forum"), at=MARCH)
    back = third.events[1]
    assert (back.uid, back.withdrawn, third.former_events) == (gone.uid, False, ())
    assert (back.stamp.sequence, back.stamp.cancelled) == (2, None)


def test_another_report_and_one_without_events_withdraw_nothing():
    first = told(None, an_event())
    other = told(first, an_event("Forum"), source="TD2", at=FEBRUARY)
    assert [(event.title, event.withdrawn) for event in other.former_events] == [
        ("Workshop", False)
    ]
    assert other.former_events[0].stamp == first.events[0].stamp
    assert told(first, at=FEBRUARY).events == first.events


def test_an_event_that_is_over_is_not_withdrawn():
    first = told(None, an_event())
    later = told(first, an_event("Forum", "2027-09-01"), at=MARCH, as_of=dt.date(2027, 5, 1))
    assert [event.withdrawn for event in later.former_events] == [False]


def test_an_event_that_nobody_saw_published_just_goes():
    draft = replace(Plan(group="RG-NAV"), events=(an_event(source="TD1", uid="x"),))
    found = adopted_events((an_event("Forum"),), draft, source="TD1", as_of=AS_OF)
    assert found.former == ()


def test_events_of_drafts_from_earlier_versions_are_identified_when_they_are_approved():
    draft = Plan(group="RG-NAV", events=(an_event(),))
    assert uids(stamped(None, draft, JANUARY)) == uids(told(None, an_event()))
