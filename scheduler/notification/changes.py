"""What of a plan differs from what a person believes, as far as they have to be told: pure."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from scheduler.model.change import ChangeKind, DeadlineChange, MeetingChange, ZoneShift
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, Meeting, Status
from scheduler.model.moment import Instant, WallTime, settled
from scheduler.model.plan import Plan
from scheduler.notification.rungs import start_of_day
from scheduler.planning.comparison import compare, is_called_off
from scheduler.planning.events import event_substance, event_when

SOON = dt.timedelta(days=1)
A_DAY = dt.timedelta(days=1)
UNSTATED_SPAN = dt.timedelta(hours=1)
_UTC = "UTC"
# What makes the hour of an entry another one than somebody may have in mind.
_OF_THE_HOUR = (ChangeKind.MOVED, ChangeKind.CANCELLED, ChangeKind.RESTORED)


class Aspect(StrEnum):
    """What of a meeting has changed."""

    TIME = "time"
    STATUS = "status"
    MODE = "mode"
    PLACE = "place"
    LINK = "link"
    TOPICS = "topics"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAltered:
    """A meeting as somebody knows it and as it is; `kind` is None where only deadlines changed.

    Its deadlines come with it. `shift` says that newer zone data moved its instant.
    """

    uid: str
    kind: ChangeKind | None
    before: Meeting | None
    after: Meeting | None
    aspects: frozenset[Aspect] = frozenset()
    deadlines: tuple[DeadlineChange, ...] = ()
    shift: ZoneShift | None = None

    @property
    def is_postponed(self) -> bool:
        """Tell whether a meeting that was to take place is postponed."""
        was = self.before.status if self.before else None
        is_now = self.after.status if self.after else None
        return is_now is Status.POSTPONED and was in (Status.TENTATIVE, Status.CONFIRMED)

    @property
    def tells_time(self) -> bool:
        """Tell whether its time is among what is told of it."""
        on_and_off = is_called_off(self.before) or is_called_off(self.after)
        return self.kind is not None and (on_and_off or Aspect.TIME in self.aspects)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAltered:
    """An event as somebody knows it and as it is."""

    kind: ChangeKind
    before: Event | None
    after: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that a person has to be told of one group; empty where they know it."""

    meetings: tuple[MeetingAltered, ...] = ()
    events: tuple[EventAltered, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to tell."""
        return bool(self.meetings or self.events)

    @property
    def subjects(self) -> tuple[tuple[str, Instant], ...]:
        """The UID of each entry that changed, and the instant at which it stands, or stood."""
        return tuple(self._subjects())

    @property
    def until(self) -> Instant:
        """Until when somebody should know; raises `ValueError` where there is nothing to tell."""
        return max(last for _, last in self._spans())

    @property
    def is_called_off(self) -> bool:
        """Tell whether a meeting does not take place after all."""
        return any(
            found.kind is ChangeKind.CANCELLED or found.is_postponed for found in self.meetings
        )

    def is_urgent(self, now: Instant) -> bool:
        """Tell whether nothing may hold this back: a cancellation, or another hour within a day."""
        return self.is_called_off or self.is_within(now, SOON)

    def is_within(self, now: Instant, span: dt.timedelta) -> bool:
        """Tell whether an hour that changed, or the one it changed to, comes within a span."""
        return any(
            starts <= now.plus(span) and ends > now for starts, ends in self._spans(_OF_THE_HOUR)
        )

    def _subjects(self) -> Iterator[tuple[str, Instant]]:
        for found in self.meetings:
            meeting = found.after or found.before
            if found.kind is not None and meeting is not None:
                yield found.uid, _starts(meeting)
            for change in found.deadlines:
                deadline = change.after or change.before
                if deadline is not None:
                    yield deadline.uid, _last_moment(deadline)
        for event in self.events:
            yield event.after.uid, start_of_day(event.after.date, _UTC)

    def _spans(
        self, kinds: Collection[ChangeKind | None] | None = None
    ) -> Iterator[tuple[Instant, Instant]]:
        """Yield from when to when each of both sides of a change of some kinds lasts."""
        for found in self.meetings:
            if kinds is None or found.kind in kinds or found.is_postponed:
                yield from (_span(one) for one in (found.before, found.after) if one)
            for change in found.deadlines:
                if kinds is None or change.kind in kinds:
                    sides = (change.before, change.after)
                    yield from ((_last_moment(d), _last_moment(d)) for d in sides if d)
        for event in self.events:
            if kinds is None or event.kind in kinds:
                yield from (_event_span(one) for one in (event.before, event.after) if one)


def changes_between(told: Plan | None, plan: Plan, now: Instant) -> Changes:
    """Return what of `plan` differs from what was told, without what is over by `now`.

    `told` is what a person believes, None where they know of nothing. What only the secretariat
    sees, such as a label, is no difference.
    """
    compared = compare(told, plan)
    of_meetings = {_uid(change): change for change in compared.meetings}
    by_meeting = groupby(compared.deadlines, key=lambda change: change.meeting.uid)
    of_deadlines = {uid: tuple(found) for uid, found in by_meeting}
    order = {meeting.uid: None for meeting in plan.meetings}
    gone = [uid for uid in of_meetings if uid not in order]
    found = (
        _meeting_altered(uid, of_meetings.get(uid), of_deadlines.get(uid, ()), now)
        for uid in (*order, *gone)
    )
    return Changes(
        meetings=tuple(one for one in found if one),
        events=tuple(_events_altered(told, plan, now)),
    )


def _meeting_altered(
    uid: str, change: MeetingChange | None, of_deadlines: tuple[DeadlineChange, ...], now: Instant
) -> MeetingAltered | None:
    ahead = tuple(one for one in of_deadlines if _is_ahead(one, now))
    altered = _itself(uid, change, now) if change else None
    if altered is not None:
        return replace(altered, deadlines=ahead)
    if not ahead:
        return None
    meeting = ahead[0].meeting
    before = change.before if change else meeting
    return MeetingAltered(uid=uid, kind=None, before=before, after=meeting, deadlines=ahead)


def _itself(uid: str, change: MeetingChange, now: Instant) -> MeetingAltered | None:
    """Return what changed of a meeting itself, None where that is nothing to tell."""
    before, after = change.before, change.after
    if is_called_off(before) and is_called_off(after):
        return None
    if max(_span(one)[1] for one in (before, after) if one) <= now:
        return None
    aspects = _aspects(before, after) if before and after else frozenset()
    if change.shift:
        aspects |= {Aspect.TIME}
    if before and after and not aspects:
        return None
    return MeetingAltered(
        uid=uid, kind=change.kind, before=before, after=after, aspects=aspects, shift=change.shift
    )


def _aspects(before: Meeting, after: Meeting) -> frozenset[Aspect]:
    """Return what differs in two states of a meeting, as far as readers see it."""
    shown = {
        Aspect.TIME: (_time(before), _time(after)),
        Aspect.STATUS: (before.status, after.status),
        Aspect.MODE: (before.mode, after.mode),
        Aspect.PLACE: (before.place, after.place),
        Aspect.LINK: (before.link, after.link),
        Aspect.TOPICS: (before.topics, after.topics),
        Aspect.AGENDA: (_agenda(before), _agenda(after)),
    }
    return frozenset(aspect for aspect, (was, is_now) in shown.items() if was != is_now)


def _time(meeting: Meeting) -> tuple[object, ...]:
    days = (meeting.date, meeting.end_date, meeting.zone, meeting.daily)
    return (*days, meeting.start, meeting.end, meeting.start_instant, meeting.end_instant)


def _agenda(meeting: Meeting) -> tuple[object, ...]:
    """What readers see of an agenda: what is taken in which order and when, and what moves on."""
    agenda = meeting.agenda
    if agenda is None:
        return ()
    items = [(i.title, i.contribution, i.starts, i.minutes, i.came_from) for i in agenda.items]
    return (*items, *((one.contribution, one.title, one.to) for one in agenda.carried))


def _is_ahead(change: DeadlineChange, now: Instant) -> bool:
    sides = (change.before, change.after)
    return any(_last_moment(side) > now for side in sides if side is not None)


def _events_altered(told: Plan | None, plan: Plan, now: Instant) -> Iterator[EventAltered]:
    known = (*told.events, *told.former_events) if told else ()
    before = {event.uid: event for event in known}
    for event in (*plan.events, *plan.former_events):
        was = before.get(event.uid)
        kind = _event_kind(was, event)
        ends = max(_event_span(side)[1] for side in (was, event) if side)
        if kind is not None and ends > now:
            yield EventAltered(kind=kind, before=was, after=event)


def _event_kind(was: Event | None, event: Event) -> ChangeKind | None:
    if was is None or was.withdrawn:
        restored = ChangeKind.ADDED if was is None else ChangeKind.RESTORED
        return None if event.withdrawn else restored
    if event.withdrawn:
        return ChangeKind.CANCELLED
    if event_when(was) != event_when(event):
        return ChangeKind.MOVED
    return ChangeKind.EDITED if event_substance(was) != event_substance(event) else None


def _uid(change: MeetingChange) -> str:
    meeting = change.after or change.before
    return meeting.uid if meeting else ""


def _starts(meeting: Meeting) -> Instant:
    return meeting.start_instant or start_of_day(meeting.date, meeting.zone)


def _span(meeting: Meeting) -> tuple[Instant, Instant]:
    """From when to when a meeting lasts; of whole days where its hour is unknown."""
    starts = _starts(meeting)
    unstated = starts.plus(UNSTATED_SPAN) if meeting.start_instant else None
    return starts, meeting.end_instant or unstated or _after(meeting.end_date, meeting.zone)


def _event_span(event: Event) -> tuple[Instant, Instant]:
    return start_of_day(event.date, _UTC), _after(event.end_date, _UTC)


def _after(day: dt.date, zone: str) -> Instant:
    return start_of_day(day + A_DAY, zone)


def _last_moment(deadline: Deadline) -> Instant:
    """Return the instant of a deadline, the end of its day where nobody settled which one."""
    moment: WallTime = deadline.moment
    return settled(moment) or _after(moment.day, moment.zone)
