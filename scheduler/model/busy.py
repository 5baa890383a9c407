"""Times at which something else is held, and what it has to do with a group's meetings."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant
from scheduler.model.problem import Problem


class Cause(StrEnum):
    """Why two things had better not be held at once, the first to be named first."""

    PARENT = "parent"
    SIBLING = "sibling"
    PEOPLE = "people"
    ROOM = "room"
    TOPIC = "topic"
    HARD_CALENDAR = "hard_calendar"
    SOFT_CALENDAR = "soft_calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMeeting:
    """A meeting of a group as other groups see it: whose it is, who is there, where, on what."""

    group: str
    parent: str | None = None
    people: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """A time at which somebody is elsewhere; `hard` where no meeting may lie in it.

    `meeting` says what another group holds then, `calendar` names the outside calendar that has
    it; a mandate's own busy times have neither.
    """

    title: str
    start: Instant
    end: Instant
    hard: bool = True
    meeting: OtherMeeting | None = None
    calendar: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideCalendar:
    """A calendar that others keep: a file in the groups' folder, or an https address.

    Meetings had better not overlap with its events, which `hard` makes the stronger rule;
    `about` says what it holds.
    """

    title: str
    file: str | None = None
    url: str | None = None
    hard: bool = True
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideTimes:
    """What outside calendars hold in some days, and what kept them from being read."""

    busy: tuple[BusyTime, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideState:
    """How an outside calendar stands: what it holds in some days, and what is wrong with it.

    `source` is the file or host it comes from, `fetched` when its copy was the server's last.
    """

    calendar: OutsideCalendar
    source: str
    fetched: Instant | None = None
    busy: tuple[BusyTime, ...] = ()
    problems: tuple[Problem, ...] = ()
