"""Plans of invented groups all over the world, and what calendars have to show of them.

What calendars have to show is worked out here from the wall times alone, with nothing of the rooms
that write feeds.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, Meeting, Mode, Status
from scheduler.model.moment import Reading, WallTime
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.planning.identity import derived_uid
from tests.support.plans import APPROVED, CHANGED, EVENTFUL, RG_NAV, deadline

Moment = dt.datetime | dt.date
STATUSES = {
    Status.TENTATIVE: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.POSTPONED: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
}
HOSTILE = (
    "first\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:stranger\r\nSTATUS:CANCELLED",
    'semi;colon, comma: "quoted" back\\slash \\n \\, ^n',
    "DTSTART:19700101T000000Z\nDTEND;VALUE=DATE:19700102\x00\x07\x0b\x0c\x85\u2028",
    "次の会合 — état des travaux, الاجتماع القادم 🗓️ e\u0301 \u202etnemirepxe " + "長い" * 120,
)


class Shown(NamedTuple):
    """What a calendar program makes of an entry; moments are in UTC, days are dates."""

    uid: str
    starts: Moment
    ends: Moment
    status: str
    sequence: int


def told(plans: Sequence[tuple[Group, Plan]]) -> dict[str, Shown]:
    """Return what calendars have to show of every meeting, deadline and event, by UID."""
    return {shown.uid: shown for _, plan in plans for shown in _shown(plan)}


def _shown(plan: Plan) -> Iterator[Shown]:
    for meeting in plan.meetings:
        assert meeting.stamp is not None
        status = STATUSES[meeting.status]
        yield Shown(meeting.uid, *_span(meeting), status, meeting.stamp.sequence)
        for own in meeting.deadlines:
            assert own.stamp is not None
            ends = _utc(own.moment)
            starts = ends - dt.timedelta(minutes=30)
            kept = "CANCELLED" if own.withdrawn else status
            yield Shown(own.uid, starts, ends, kept, own.stamp.sequence)
    for event in (*plan.events, *plan.former_events):
        if event.stamp:
            status = "CANCELLED" if event.withdrawn else "CONFIRMED"
            ends = event.end_date + dt.timedelta(days=1)
            yield Shown(event.uid, event.date, ends, status, event.stamp.sequence)


def _span(meeting: Meeting) -> tuple[Moment, Moment]:
    if meeting.starts is None:
        return meeting.date, meeting.end_date + dt.timedelta(days=1)
    starts = _utc(meeting.starts)
    ends = _utc(meeting.ends) if meeting.ends else starts + dt.timedelta(hours=1)
    return starts, ends


def _utc(wall: WallTime) -> dt.datetime:
    local = dt.datetime.combine(wall.day, wall.clock, ZoneInfo(wall.zone))
    return local.replace(fold=wall.reading is Reading.LATER).astimezone(dt.UTC)


def _group(
    acronym: str, zone: str, language: str, *meetings: Meeting, **facts: tuple[Event, ...]
) -> tuple[Group, Plan]:
    """A group with its plan; its meetings are given their zone and identity here."""
    own = tuple(
        _identified(replace(meeting, group=acronym, zone=zone), acronym, number)
        for number, meeting in enumerate(meetings)
    )
    plan = Plan(group=acronym, meetings=own, revision=1, made=APPROVED, zone_data="2026a", **facts)
    return Group(acronym=acronym, zone=zone, language=language, body="Sample Union"), plan


def _identified(meeting: Meeting, acronym: str, number: int) -> Meeting:
    stamp = Stamp(sequence=number % 3, created=APPROVED, modified=CHANGED)
    return replace(
        meeting,
        label=str(number),
        uid=derived_uid(acronym, str(number)),
        stamp=stamp,
        topics=(HOSTILE[number % len(HOSTILE)], f"Topic {number}"),
        deadlines=(_due(meeting, acronym, number, stamp),),
    )


def _due(meeting: Meeting, acronym: str, number: int, stamp: Stamp) -> Deadline:
    uid = derived_uid(acronym, str(number), "contribution")
    return replace(deadline(meeting.date, ""), uid=uid, stamp=stamp, withdrawn=number % 5 == 4)


def _call(day: str, hours: str = "14:00-15:30", **facts: object) -> Meeting:
    """A call on a day at some hours, which may go over midnight."""
    date = dt.date.fromisoformat(day)
    start, end = map(dt.time.fromisoformat, hours.split("-"))
    days = int(end <= start)
    return replace(
        _days(day, 1 + days), mode=Mode.VIRTUAL, start=start, end=end, date=date, **facts
    )


def _days(day: str, count: int) -> Meeting:
    """A meeting of some whole days."""
    first = dt.date.fromisoformat(day)
    last = first + dt.timedelta(days=count - 1)
    return Meeting(group="", zone="UTC", date=first, end_date=last, place="Hall; 2, north")


def _year(year: int, hours: str = "09:30-11:00") -> tuple[Meeting, ...]:
    """Calls in winter and summer, and on the days on which clocks usually change or just after."""
    days = ("01-14", "03-09", "03-29", "04-05", "07-14", "10-04", "10-25", "11-02")
    return tuple(_call(f"{year}-{day}", hours) for day in days)


def _event(day: str, count: int, number: int, *, withdrawn: bool = False) -> Event:
    """An event of some days beside the meetings."""
    days, stamp = _days(day, count), Stamp(sequence=number, created=APPROVED, modified=CHANGED)
    return Event(
        title=HOSTILE[number],
        date=days.date,
        end_date=days.end_date,
        uid=derived_uid("event", day),
        stamp=stamp,
        withdrawn=withdrawn,
    )


def _over_a_change(day: str) -> Meeting:
    """A meeting of three days and nights, in which the clock changes."""
    return replace(_call(day, "22:00-23:15"), end_date=dt.date.fromisoformat(day) + dt.timedelta(3))


def _repeated(day: str, hours: str, reading: Reading) -> Meeting:
    return _call(day, hours, reading=reading)


PLANS = (
    (RG_NAV, EVENTFUL),
    _group("Q1/NYC", "America/New_York", "en", *_year(2026), _over_a_change("2026-03-06")),
    _group("Q2/CAS", "Africa/Casablanca", "fr", *_year(2026)),
    _group("Q3/TYO", "Asia/Tokyo", "en", *_year(2026), _days("2026-05-11", 1)),
    _group("Q4/SYD", "Australia/Sydney", "en", *_year(2026, "23:30-00:45"), _days("2026-10-02", 5)),
    _group("Q5/SAO", "America/Sao_Paulo", "fr", *_year(2026), *_year(2039)),
    _group("Q6/FAR", "Europe/Zurich", "en", *_year(2036), *_year(2037), *_year(2041)),
    _group("Q7/LHI", "Australia/Lord_Howe", "en", *_year(2026), _over_a_change("2026-04-03")),
    _group("Q8/DUB", "Europe/Dublin", "en", *_year(2026), *_year(2040, "00:15-00:45")),
    _group(
        "Q9/KTM",
        "Asia/Kathmandu",
        "fr",
        *_year(2026),
        events=(_event("2026-03-28", 2, 0), _event("2026-10-24", 1, 1)),
        former_events=(_event("2026-06-01", 5, 2, withdrawn=True),),
    ),
    _group("Q10/UTC", "UTC", "en", *_year(2026), _days("2038-01-18", 3)),
    _group(
        "Q11/FOLD",
        "America/Chicago",
        "en",
        _repeated("2026-11-01", "01:15-01:45", Reading.EARLIER),
        _repeated("2026-11-01", "01:15-01:45", Reading.LATER),
        replace(_call("2026-11-01", "00:30-03:30"), status=Status.CONFIRMED),
        replace(_call("2026-11-02"), status=Status.CANCELLED, reason="too few"),
        replace(_call("2026-11-03"), end=None, status=Status.POSTPONED),
    ),
)
