"""What a meeting report says, once it is read."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.deadline import DeadlineRule, TimeSource
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import WallTime
from scheduler.model.problem import Problem


class AuthorizationState(StrEnum):
    """Where the parent's permission to hold the meetings stands."""

    REQUESTED = "requested"
    AUTHORIZED = "authorized"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHeader:
    """The report itself: its number ("TSAG-TD321"), title, state ("draft", "final") and the
    day it speaks from, which decides years that the text leaves out.
    """

    number: str | None = None
    title: str | None = None
    state: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupName:
    """The group a report speaks for; `parent` is its own parent, `body` the organisation."""

    acronym: str | None = None
    name: str | None = None
    parent: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """The permission to hold the series: from whom, where it stands, for how many meetings.

    `decided` is the day the parent decided, once it has.
    """

    required_from: str | None = None
    state: AuthorizationState | None = None
    count: int | None = None
    decided: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentMeeting:
    """The meeting of the parent group during which the report was written."""

    name: str | None
    date: dt.date
    end_date: dt.date
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRule:
    """How contributions take their turn: main topic first, others if time permits, and what
    becomes of the rest (`following_meeting` or None where the text does not say).
    """

    main_topic_first: bool
    others_if_time_permits: bool
    overflow: str | None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """An action that the report asks of somebody; `sender` and `recipient` are groups."""

    id: str | None
    sender: str | None
    recipient: str | None
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something owed by a moment that belongs to no meeting."""

    text: str
    moment: WallTime
    time_source: TimeSource
    stated_time: dt.time | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """A document named in a text: `TSAG-TD257R1` is group TSAG, series TD, number 257, revision 1.

    `group` is None where the text leaves it out and nothing near says which it is; `number` is
    an integer without zeros (None for an Internet-Draft, which has a name), `revision` 0 for an
    original.
    """

    id: str
    group: str | None
    series: str
    number: int | None
    revision: int
    as_written: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryForward:
    """A document, or a discussion without one, that goes on at later meetings.

    `section` is the heading it stands under, None where there is none; `liaison` tells that the
    text calls it a liaison or a reply to one.
    """

    document: str | None
    source: str | None
    subject: str | None
    to: str
    line: int
    section: str | None = None
    liaison: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A text that looks like a date or time and cannot be one; reported, never repaired."""

    text: str
    line: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was read from one document, in its order.

    `problems` is complete: what concerns one meeting stands here and in that meeting's own.
    """

    document: DocumentHeader
    group: GroupName
    authorization: Authorization
    parent_meeting: ParentMeeting | None = None
    priority_rule: PriorityRule | None = None
    deadline_rules: tuple[DeadlineRule, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    events: tuple[Event, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    tasks: tuple[Task, ...] = ()
    documents: tuple[DocumentReference, ...] = ()
    carry_forward: tuple[CarryForward, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    problems: tuple[Problem, ...] = ()
