"""What a rapporteur may hold: the permission for a series, and how its dates are found."""

import datetime as dt
from dataclasses import dataclass

from scheduler.model.busy import BusyTime
from scheduler.model.deadline import DeadlineRule
from scheduler.model.meeting import Event, Mode
from scheduler.model.moment import Instant
from scheduler.model.recurrence import SeriesRule, Slot
from scheduler.model.report import Authorization, DocumentHeader, ParentMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A day that a series leaves out, and why."""

    date: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTime:
    """A time during which a room can be had."""

    name: str
    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How many members sit in a zone."""

    zone: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Days from one meeting to the next: as wished, at least, at most."""

    ideal_days: int
    least_days: int
    most_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part of a slot's score counts beside the others."""

    hours: int = 4
    spacing: int = 3
    sharing: int = 2
    balance: int = 2
    law: int = 2
    clashes: int = 2
    nearness: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What dates are chosen by, between `first` and `last`.

    `weekdays` (0 is Monday) and `slots` make the candidates; `near` are events that a meeting
    had better lie close to, within `near_days`; `people` are those who must be at every meeting,
    under any name that other mandates use too. `seed` settles ties.
    """

    meetings: int
    first: dt.date
    last: dt.date
    weekdays: tuple[int, ...]
    slots: tuple[Slot, ...]
    spacing: Spacing
    members: tuple[Membership, ...] = ()
    people: tuple[str, ...] = ()
    busy: tuple[BusyTime, ...] = ()
    rooms: tuple[RoomTime, ...] = ()
    near: tuple[Event, ...] = ()
    near_days: int = 7
    weights: Weights = Weights()
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The permission for a series of a group, and how its dates are found.

    Its dates come from `listed` days with `slots` in turn, from `rules`, or by `preferences`;
    wall times are those of `zone`, its anchor zone. `topics` are those of the first meeting,
    the second, and so on; `parents` the meetings of the parent that no meeting may touch.
    """

    group: str
    document: DocumentHeader
    zone: str
    authorization: Authorization = Authorization()
    parents: tuple[ParentMeeting, ...] = ()
    mode: Mode | None = None
    place: str | None = None
    link: str | None = None
    topics: tuple[tuple[str, ...], ...] = ()
    deadline_rules: tuple[DeadlineRule, ...] = ()
    skips: tuple[Skip, ...] = ()
    listed: tuple[dt.date, ...] = ()
    slots: tuple[Slot, ...] = ()
    rules: tuple[SeriesRule, ...] = ()
    preferences: Preferences | None = None
