"""A sample plan of an invented group, as it looks once approved, and what may become of it."""

import datetime as dt
from dataclasses import replace

from scheduler.model.deadline import CONTRIBUTION, Deadline, DeadlineRule, TimeSource, Unit
from scheduler.model.group import Group
from scheduler.model.meeting import Event, FormerTime, Meeting, Mode, Status
from scheduler.model.moment import END_OF_DAY, GENEVA, Instant, WallTime
from scheduler.model.plan import Plan
from scheduler.model.report import Authorization, AuthorizationState, DocumentHeader, PriorityRule
from scheduler.model.stamp import Stamp
from scheduler.planning.identity import derived_uid

BASE = "https://meetings.example.org/interim/"
APPROVED = Instant.parse("2026-01-23T10:00:00Z")
CHANGED = Instant.parse("2026-02-02T09:30:00Z")
TODAY = Instant.parse("2026-02-03T08:00:00Z")

RG_NAV = Group(
    acronym="RG-NAV",
    name="Rapporteur Group on Navigation Aids",
    parent="ADVISORY",
    body="Sample Union",
    page="https://nav.example.org/rg-nav/",
)
RULE = DeadlineRule(kind=CONTRIBUTION, offset=-7, unit=Unit.CALENDAR_DAY, zone=GENEVA, line=12)
FIRST_STAMP = Stamp(sequence=0, created=APPROVED, modified=APPROVED)
LATER_STAMP = Stamp(sequence=1, created=APPROVED, modified=CHANGED)


def deadline(day: dt.date, label: str) -> Deadline:
    """The contribution deadline of the meeting `label`: seven days before, end of the day."""
    return Deadline(
        kind=CONTRIBUTION,
        moment=WallTime(day - dt.timedelta(days=7), END_OF_DAY, GENEVA),
        time_source=TimeSource.CONVENTION,
        rule=RULE,
        uid=derived_uid("RG-NAV", label, CONTRIBUTION),
        stamp=FIRST_STAMP,
    )


def meeting(label: str, day: dt.date, *topics: str) -> Meeting:
    """A virtual meeting of RG-NAV from 14:00 to 15:30 in Geneva."""
    return Meeting(
        group="RG-NAV",
        label=label,
        date=day,
        end_date=day,
        start=dt.time(14),
        end=dt.time(15, 30),
        zone=GENEVA,
        mode=Mode.VIRTUAL,
        link=f"https://calls.example.org/rg-nav/{label}",
        topics=topics,
        deadlines=(deadline(day, label),),
        uid=derived_uid("RG-NAV", label),
        stamp=FIRST_STAMP,
    )


# New York has gone over to summer time on 17 March, Geneva has not.
FIRST = meeting("i", dt.date(2026, 2, 12), "Open points on buoys", "State of the workshop")
SECOND = meeting("ii", dt.date(2026, 3, 17), "Harbour lights")
THIRD = meeting("iii", dt.date(2026, 5, 5), "Results of the workshop")
FOURTH = meeting("iv", dt.date(2026, 6, 16), "Harbour lights")

PLAN = Plan(
    group="RG-NAV",
    meetings=(FIRST, SECOND, THIRD, FOURTH),
    events=(
        Event(
            title="Workshop on navigation aids",
            date=dt.date(2026, 4, 22),
            end_date=dt.date(2026, 4, 23),
            place="Geneva",
            mode=Mode.PHYSICAL,
        ),
    ),
    document=DocumentHeader(number="ADVISORY-TD77", state="draft", date=dt.date(2026, 1, 20)),
    authorization=Authorization(required_from="WP4", state=AuthorizationState.REQUESTED, count=4),
    priority_rule=PriorityRule(
        main_topic_first=True, others_if_time_permits=True, overflow="following_meeting"
    ),
    revision=1,
    made=APPROVED,
    zone_data="2026a",
)


def changed(before: Meeting, stamp: Stamp = LATER_STAMP, **facts: object) -> Meeting:
    """The meeting with other facts, told on 2 February with its deadlines."""
    after = replace(before, stamp=stamp, **facts)
    deadlines = tuple(replace(own, stamp=stamp) for own in after.deadlines)
    return replace(after, deadlines=deadlines)


def moved(before: Meeting, start: dt.datetime, end: dt.datetime, reason: str) -> Meeting:
    """The meeting at another local time, with the former one remembered; its deadline follows."""
    assert before.starts is not None
    own = before.deadlines[0]
    return changed(
        before,
        date=start.date(),
        end_date=end.date(),
        start=start.time(),
        end=end.time(),
        former=(FormerTime(start=before.starts, reason=reason),),
        deadlines=(replace(deadline(start.date(), ""), uid=own.uid),),
    )


def cancelled(before: Meeting, reason: str) -> Meeting:
    """The meeting and its deadlines, cancelled on 2 February."""
    stamp = replace(LATER_STAMP, cancelled=CHANGED)
    return changed(before, stamp, status=Status.CANCELLED, reason=reason)


# A later revision in which something has happened to every meeting.
EVENTFUL = replace(
    PLAN,
    meetings=(
        changed(FIRST, status=Status.CONFIRMED),
        moved(
            SECOND,
            dt.datetime(2026, 3, 19, 22, 0),
            dt.datetime(2026, 3, 20, 0, 30),
            reason="the chair was away",
        ),
        cancelled(THIRD, "too few contributions"),
        changed(FOURTH, status=Status.POSTPONED, reason="waits for the parent"),
    ),
    revision=2,
    made=CHANGED,
)
