"""The slots at which a meeting of a mandate might be, and what bars the others."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from scheduler.model.busy import BusyTime
from scheduler.model.finding import Finding
from scheduler.model.mandate import Mandate, Preferences, RoomTime
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.problem import Severity
from scheduler.model.recurrence import Slot
from scheduler.planning.expansion import NONE_CLOSED
from scheduler.planning.scoring import Part, Points, freedom, lawfulness, nearness
from scheduler.planning.series import Omission, ends_on, hindered, meeting_at
from scheduler.rules.deadlines import derive
from scheduler.rules.fairness import HEAVY, burden, fairness
from scheduler.rules.timetable import Timetable, timetable

Allowed = Callable[[Meeting], tuple[Finding, ...]]
"""What the law finds in a meeting by itself; an error bars it."""


class Bar(StrEnum):
    """What keeps a meeting from a slot."""

    SKIPPED = "skipped"
    DURING_PARENT = "during_parent"
    UNSETTLED = "unsettled"
    BUSY = "busy"
    NO_ROOM = "no_room"
    LAW = "law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A slot at which a meeting may be: its instants, its points, and who bears a bad hour.

    `heavy` holds the zones of the members with a bad hour, as bits in their order.
    """

    day: date
    slot: Slot
    start: Instant
    end: Instant
    points: Points
    heavy: int = 0
    room: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A slot at which no meeting may be, and what stands against it."""

    day: date
    slot: Slot
    why: Bar
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All slots of a mandate's window: those that may be taken, by time, and the barred ones."""

    candidates: tuple[Candidate, ...]
    barred: tuple[Barred, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every slot of a window is held against."""

    mandate: Mandate
    preferences: Preferences
    allowed: Allowed
    closed: AbstractSet[date]
    busy: Timetable[BusyTime]
    rooms: Timetable[RoomTime]


def field_of(
    mandate: Mandate,
    preferences: Preferences,
    allowed: Allowed,
    closed: AbstractSet[date] = NONE_CLOSED,
) -> Field:
    """Return the slots of the mandate's window, judged one by one.

    `allowed` is the law; `closed` holds the host's closure days, for deadlines in working days.
    """
    ground = _Ground(
        mandate,
        preferences,
        allowed,
        closed,
        timetable(preferences.busy),
        timetable(preferences.rooms),
    )
    found = [_weighed(ground, day, slot, near) for day, slot, near in _slots(preferences)]
    return Field(
        candidates=tuple(
            sorted((c for c in found if isinstance(c, Candidate)), key=lambda c: c.start)
        ),
        barred=tuple(b for b in found if isinstance(b, Barred)),
    )


def _slots(preferences: Preferences) -> Iterator[tuple[date, Slot, int]]:
    """Every day of the window and slot, with the day's nearness to events."""
    slots = sorted(set(preferences.slots))
    for offset in range((preferences.last - preferences.first).days + 1):
        day = preferences.first + timedelta(days=offset)
        if day.weekday() in preferences.weekdays:
            near = nearness(day, preferences.near, preferences.near_days)
            yield from ((day, slot, near) for slot in slots)


def _weighed(ground: _Ground, day: date, slot: Slot, near: int) -> Candidate | Barred:
    hindrance = hindered(ground.mandate, day, ends_on(day, slot))
    if hindrance:
        why = Bar.SKIPPED if hindrance.why is Omission.SKIPPED else Bar.DURING_PARENT
        return Barred(day=day, slot=slot, why=why, reason=hindrance.reason)
    meeting = meeting_at(ground.mandate, day, slot)
    start, end = meeting.start_instant, meeting.end_instant
    if start is None or end is None:
        return Barred(day=day, slot=slot, why=Bar.UNSETTLED, reason=f"the clocks of {meeting.zone}")
    return _placed(ground, meeting, slot, near, start, end)


def _placed(
    ground: _Ground, meeting: Meeting, slot: Slot, near: int, start: Instant, end: Instant
) -> Candidate | Barred:
    busy = ground.busy.across(start.utc, end.utc)
    against = next((b for b in busy if b.hard), None)
    if against:
        return Barred(day=meeting.date, slot=slot, why=Bar.BUSY, reason=against.title)
    room = _room(ground, start, end)
    if room is None and ground.preferences.rooms:
        return Barred(day=meeting.date, slot=slot, why=Bar.NO_ROOM, reason="no room is free")
    findings = _findings(ground, meeting)
    error = next((f for f in findings if f.severity is Severity.ERROR), None)
    if error:
        return Barred(day=meeting.date, slot=slot, why=Bar.LAW, reason=error.code)
    members = ground.preferences.members
    burdens = [burden(start, end, member.zone) for member in members]
    return Candidate(
        day=meeting.date,
        slot=slot,
        start=start,
        end=end,
        room=room,
        heavy=sum(1 << place for place, load in enumerate(burdens) if load >= HEAVY),
        points=(
            (Part.HOURS, fairness(burdens, members)),
            (Part.NEARNESS, near),
            (Part.CLASHES, freedom(len(busy))),
            (Part.LAW, lawfulness(findings)),
        ),
    )


def _findings(ground: _Ground, meeting: Meeting) -> tuple[Finding, ...]:
    rules = ground.mandate.deadline_rules
    deadlines = derive(rules, meeting, ground.closed) if rules else ()
    return ground.allowed(replace(meeting, deadlines=deadlines) if deadlines else meeting)


def _room(ground: _Ground, start: Instant, end: Instant) -> str | None:
    free = ground.rooms.across(start.utc, end.utc)
    names = (r.name for r in free if r.start <= start and end <= r.end)
    return min(names, default=None)
