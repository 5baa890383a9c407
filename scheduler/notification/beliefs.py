"""What a person believes of a group's plan, given what they were told of it: pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from scheduler.model.meeting import Event, Meeting
from scheduler.model.plan import Plan
from scheduler.planning.comparison import substance
from scheduler.planning.events import event_substance

FIRST_REVISION = 1
Entry = TypeVar("Entry", Meeting, Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A group's plans: the one that stands, the earlier ones by revision, and the silent ones.

    `revision` returns the plan of a number, None for 0. `silent` are the revisions that nobody
    is told of.
    """

    plan: Plan
    revision: Callable[[int], Plan | None]
    silent: frozenset[int]


def believed(history: History, known: int, doubtful: Iterable[int] = ()) -> Plan | None:
    """Return the plan that a person believes in who was told up to the revision `known`.

    The first revision is no news to anybody. What a silent one changed counts as known as long as
    it stands, unless an earlier change of the same entry still has to be told; once the entry has
    changed again, the person believes what they were told before. Where a later revision of
    `doubtful` may have been told, and an entry has changed back since then, the person may believe
    what has to be set right: of that entry they are taken to believe the doubtful one.
    """
    told = _sure(history, known)
    for number in sorted(n for n in doubtful if n > known):
        told = _unsure(told, history.revision(number), history.plan)
    return told


def _sure(history: History, known: int) -> Plan | None:
    known = max(known, FIRST_REVISION)
    told = history.revision(known)
    while known + 1 in history.silent:
        known += 1
    quiet = history.revision(known)
    for number in sorted(n for n in history.silent if known < n <= history.plan.revision):
        quiet = _passed_over(quiet, history.revision(number - 1), history.revision(number))
    return _as_it_stands(told, quiet, history.plan)


def _as_it_stands(told: Plan | None, quiet: Plan | None, standing: Plan) -> Plan | None:
    """Return what was told, but what changed in silence where that is as it stands."""
    if told is None or quiet is None or told == quiet:
        return told or quiet
    return replace(
        told,
        meetings=_settled(_meetings(told), _meetings(quiet), _meetings(standing), _same_meeting),
        events=_settled(_events(told), _events(quiet), _events(standing), _same_event),
        former_events=(),
    )


def _settled(
    told: Mapping[str, Entry],
    quiet: Mapping[str, Entry],
    standing: Mapping[str, Entry],
    same: Callable[[Entry | None, Entry | None], bool],
) -> tuple[Entry, ...]:
    believed_of = (
        (quiet if same(quiet.get(uid), standing.get(uid)) else told).get(uid)
        for uid in {**told, **quiet}
    )
    return tuple(entry for entry in believed_of if entry is not None)


def _passed_over(told: Plan | None, before: Plan | None, after: Plan | None) -> Plan | None:
    """Return what was told, with what changed from one plan to the next in silence."""

    def meeting(uid: str) -> bool:
        known, was, new = (_meetings(plan).get(uid) for plan in (told, before, after))
        return was != new and _same_meeting(known, was)

    def event(uid: str) -> bool:
        known, was, new = (_events(plan).get(uid) for plan in (told, before, after))
        return was != new and _same_event(known, was)

    return _with(told, after, meeting, event)


def _unsure(told: Plan | None, maybe: Plan | None, standing: Plan) -> Plan | None:
    """Return what was told, but what may have been told of entries that are as before."""

    def meeting(uid: str) -> bool:
        return _same_meeting(_meetings(told).get(uid), _meetings(standing).get(uid))

    def event(uid: str) -> bool:
        return _same_event(_events(told).get(uid), _events(standing).get(uid))

    return _with(told, maybe, meeting, event)


def _with(
    told: Plan | None,
    other: Plan | None,
    takes_meeting: Callable[[str], bool],
    takes_event: Callable[[str], bool],
) -> Plan | None:
    """Return what was told, with the entries of another plan that are to be taken from it."""
    if other is None:
        return told
    meetings = {u: m for u, m in _meetings(other).items() if takes_meeting(u)}
    events = {u: e for u, e in _events(other).items() if takes_event(u)}
    return replace(
        told or replace(other, zone_data=""),
        meetings=tuple((_meetings(told) | meetings).values()),
        events=tuple((_events(told) | events).values()),
        former_events=(),
    )


def _meetings(plan: Plan | None) -> dict[str, Meeting]:
    return {meeting.uid: meeting for meeting in plan.meetings} if plan else {}


def _events(plan: Plan | None) -> dict[str, Event]:
    known = (*plan.events, *plan.former_events) if plan else ()
    return {event.uid: event for event in known}


def _same_meeting(one: Meeting | None, other: Meeting | None) -> bool:
    return one == other or bool(one and other and substance(one) == substance(other))


def _same_event(one: Event | None, other: Event | None) -> bool:
    return one == other or bool(one and other and event_substance(one) == event_substance(other))
