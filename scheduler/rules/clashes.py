"""What other groups and outside calendars hold at the time of a meeting."""

import re
from collections.abc import Iterable, Iterator, Mapping

from scheduler.model.busy import BusyTime, Cause, OtherMeeting
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Mode
from scheduler.model.moment import Instant
from scheduler.model.pack import Level, RuleCall, Waiver
from scheduler.rules.case import Case, finding

APART_FROM = "apart_from"
_WEIGHTS = (Level.MUST, Level.NORMALLY, Level.NOTE)
Shared = Mapping[Cause, tuple[str, ...]]
"""Why two meetings had better be apart, and the names of what they share."""


def apart_from(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting does not overlap with what another group or an outside calendar holds then.

    A pair is told once, with every cause, by the heaviest rule that one of its causes has.
    """
    cause = Cause(str(call.value("cause")))
    for busy in case.held_during(meeting):
        shared = causes(case.group, meeting, busy)
        if cause not in shared:
            continue
        waivers = (*case.plan.waivers, *case.group.waivers)
        if telling(case.calls, waivers, meeting, shared) is call:
            facts = _facts(meeting, busy, shared)
            yield finding(call, "clash", meeting, start=str(meeting.starts), **facts)


def causes(group: Group, meeting: Meeting, busy: BusyTime) -> Shared:
    """Return why a meeting of `group` had better not overlap with a busy time; nothing for its own.

    Parents and people are known by their names as they are written, topics and rooms without
    regard to case and space.
    """
    if busy.meeting is None:
        outside = Cause.HARD_CALENDAR if busy.hard else Cause.SOFT_CALENDAR
        return {outside: (busy.calendar,)} if busy.calendar else {}
    other = busy.meeting
    if other.group == group.acronym:
        return {}
    found = {
        Cause.PARENT: (other.group,) if other.group == group.parent else (),
        Cause.SIBLING: (group.parent,) if group.parent and other.parent == group.parent else (),
        Cause.PEOPLE: tuple(sorted(set(group.people) & set(other.people))),
        Cause.ROOM: _rooms(group, meeting, other),
        Cause.TOPIC: _topics(meeting, other),
    }
    return {cause: names for cause, names in found.items() if names}


def telling(
    calls: Iterable[RuleCall], waivers: Iterable[Waiver], meeting: Meeting, shared: Shared
) -> RuleCall | None:
    """Return the rule that tells a pair: the heaviest that holds, before those that are waived."""
    waivers = tuple(waivers)
    holding = (
        call
        for call in calls
        if call.rule == APART_FROM and call.value("cause") in shared and call.holds_for(meeting)
    )
    return min(
        holding,
        key=lambda call: (is_waived(call, waivers, meeting), _WEIGHTS.index(call.level)),
        default=None,
    )


def is_waived(call: RuleCall, waivers: Iterable[Waiver], meeting: Meeting) -> bool:
    """Tell whether a rule is one that the meeting does without."""
    return any(waiver.waives(call.id or call.rule, meeting) for waiver in waivers)


def _rooms(group: Group, meeting: Meeting, other: OtherMeeting) -> tuple[str, ...]:
    here, there = meeting.place, other.place
    if meeting.mode is Mode.VIRTUAL or not here or not there:
        return ()
    rooms = {_plain(room): room for room in (*other.rooms, *group.rooms)}
    return tuple(rooms[room] for room in sorted(rooms) if _in(room, here) and _in(room, there))


def _in(room: str, place: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(room)}(?!\w)", _plain(place)) is not None


def _topics(meeting: Meeting, other: OtherMeeting) -> tuple[str, ...]:
    if not other.topics:
        return ()
    theirs = {_plain(topic) for topic in other.topics}
    return tuple(topic for topic in meeting.topics if _plain(topic) in theirs)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _facts(meeting: Meeting, busy: BusyTime, shared: Shared) -> dict[str, str]:
    against = busy.meeting.group if busy.meeting else busy.calendar or ""
    times = {"other": _wall(busy.start, meeting.zone), "other_end": _wall(busy.end, meeting.zone)}
    facts = times | {"against": against, "causes": ", ".join(c for c in Cause if c in shared)}
    if busy.meeting is None:
        return facts | {"event": busy.title}
    return facts | {cause.value: ", ".join(shared[cause]) for cause in Cause if cause in shared}


def _wall(instant: Instant, zone: str) -> str:
    return f"{instant.in_zone(zone).replace(tzinfo=None).isoformat(' ', 'minutes')} {zone}"
