"""Events of reports and the known ones: which are the same, which are new, which are gone."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import count

from scheduler.model.change import ChangeKind
from scheduler.model.meeting import Event
from scheduler.model.plan import Plan
from scheduler.planning.identity import derived_uid

_Sameness = Callable[[Event, Event], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """What a plan does to an event: the event as it is then."""

    kind: ChangeKind
    event: Event


@dataclass(frozen=True, slots=True)
class AdoptedEvents:
    """The events that a plan names, and those that were published and are named no longer."""

    named: tuple[Event, ...]
    former: tuple[Event, ...]


def adopted_events(
    said: tuple[Event, ...], known: Plan, *, source: str, as_of: dt.date
) -> AdoptedEvents:
    """Return what a report makes of a plan's events; one that names none says nothing of them.

    An event is the known one of its title and date, else the known one ahead of its title, else
    the one that the same `source` had for these days. A published one that `source` named before
    and leaves out is withdrawn while it is ahead of `as_of`; another report withdraws nothing.
    """
    if not said:
        return AdoptedEvents(known.events, known.former_events)
    free = [*known.events, *known.former_events]
    said = tuple(replace(event, source=source) for event in said)
    found: dict[int, Event] = {}
    for same in _samenesses(as_of):
        for position, event in enumerate(said):
            old = next((old for old in free if position not in found and same(old, event)), None)
            if old is not None:
                found[position] = old
                free.remove(old)
    named = (_carried(event, found.get(position)) for position, event in enumerate(said))
    former = (_left_out(event, source, as_of) for event in free if event.stamp is not None)
    return AdoptedEvents(with_uids(named, known), tuple(former))


def with_uids(events: Iterable[Event], plan: Plan) -> tuple[Event, ...]:
    """Return events of a plan, those that have no UID with one of their own."""
    taken = {event.uid for event in (*plan.events, *plan.former_events)}
    known = []
    for event in events:
        uid = event.uid or next(
            uid for ordinal in count() if (uid := _derived(plan.group, event, ordinal)) not in taken
        )
        taken.add(uid)
        known.append(replace(event, uid=uid))
    return tuple(known)


def event_changes(before: Plan | None, after: Plan) -> tuple[EventChange, ...]:
    """Return what differs in the events of two plans, in the order of `after`."""
    old = {event.uid: event for event in _all(before)} if before else {}
    new = {event.uid: event for event in _all(after)}
    found = ((_kind(old.get(uid), event), event) for uid, event in new.items())
    return tuple(EventChange(kind=kind, event=event) for kind, event in found if kind)


def _all(plan: Plan) -> tuple[Event, ...]:
    return (*plan.events, *plan.former_events)


def _kind(old: Event | None, new: Event) -> ChangeKind | None:
    if old is None or old.stamp is None:
        return None if new.withdrawn else ChangeKind.ADDED
    if old.withdrawn != new.withdrawn:
        return ChangeKind.CANCELLED if new.withdrawn else ChangeKind.RESTORED
    if event_when(old) != event_when(new):
        return ChangeKind.MOVED
    return ChangeKind.EDITED if event_substance(old) != event_substance(new) else None


def event_substance(event: Event) -> Event:
    """Return what an event tells its readers: all but its stamp and where it was read."""
    return replace(event, stamp=None, line=None, source=None)


def event_when(event: Event) -> tuple[object, ...]:
    """Return what makes up an event's time and status: a change of it is a significant one."""
    return (event.date, event.end_date, event.withdrawn)


def _derived(group: str, event: Event, ordinal: int) -> str:
    return derived_uid("event", group, _title(event), event.date.isoformat(), str(ordinal))


def _samenesses(as_of: dt.date) -> tuple[_Sameness, ...]:
    """The ways to recognise an event, the surest first."""
    return (
        lambda old, new: (_title(old), old.date) == (_title(new), new.date),
        lambda old, new: _title(old) == _title(new) and old.end_date >= as_of,
        lambda old, new: (
            (old.source, old.date, old.end_date) == (new.source, new.date, new.end_date)
        ),
    )


def _title(event: Event) -> str:
    return " ".join(event.title.casefold().split())


def _carried(event: Event, old: Event | None) -> Event:
    return event if old is None else replace(event, uid=old.uid, stamp=old.stamp)


def _left_out(event: Event, source: str, as_of: dt.date) -> Event:
    gone = event.source == source and event.end_date >= as_of
    return replace(event, withdrawn=True) if gone else event
