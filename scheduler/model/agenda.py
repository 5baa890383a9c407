"""The agenda of a call: what stands where on it and why, and what moves to a later one."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.finding import Citation
from scheduler.model.moment import Instant
from scheduler.model.topic import TopicMatch

MINUTES_PER_ITEM = 15


class Standing(StrEnum):
    """The class an item stands in, in the order that holds where nobody states another."""

    ADMINISTRATIVE = "administrative"
    MAIN_TOPIC = "main_topic"
    CARRIED_OVER = "carried_over"
    LIAISON = "liaison"
    OTHER_TOPIC = "other_topic"
    LATE = "late"


class SortKey(StrEnum):
    """A word that the order of an agenda is stated in; earlier words weigh more."""

    STANDING = "standing"
    LABELS = "labels"
    STAGE = "stage"
    MINUTES = "minutes"
    RECEIVED = "received"
    NUMBER = "number"


class CarryReason(StrEnum):
    """Why an item is not treated at the meeting it was for."""

    NO_TIME = "no_time"
    LATE = "late"
    NOT_REACHED = "not_reached"
    CALLED_OFF = "called_off"


class LateEffect(StrEnum):
    """What becomes of a late contribution that nobody admits."""

    HELD = "held"
    ADMITTED = "admitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaOrder:
    """How the items of an agenda are put in order; `labels` are those that `labels` ranks."""

    keys: tuple[SortKey, ...] = (SortKey.STANDING, SortKey.RECEIVED, SortKey.NUMBER)
    labels: tuple[str, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrativeItem:
    """An item that every agenda has, such as the opening; `last` ones stand at its end."""

    title: str
    minutes: int
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSettings:
    """How a group makes its agendas, with what its body says and what holds by default.

    `order` None is the default order, `late` None holds late contributions for the next meeting.
    """

    minutes_per_item: int = MINUTES_PER_ITEM
    administrative: tuple[AdministrativeItem, ...] = ()
    order: AgendaOrder | None = None
    late: LateEffect | None = None
    late_citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLaw:
    """What a body or a group says of its agendas; None where it says nothing."""

    minutes_per_item: int | None = None
    administrative: tuple[AdministrativeItem, ...] | None = None
    order: AgendaOrder | None = None
    late: LateEffect | None = None
    late_citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item: a contribution by its id, or an administrative one without (`title` alone).

    `starts` is the minutes from the start of the call, `minutes` how long it may take.
    `came_from` is the UID of the meeting it was carried over from, and `carried` why.
    """

    title: str
    standing: Standing
    minutes: int
    starts: int
    contribution: str | None = None
    revision: int = 0
    match: TopicMatch | None = None
    came_from: str | None = None
    carried: CarryReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A contribution that moves on from a meeting: `to` is a meeting's UID, or None, the parent."""

    contribution: str
    title: str
    reason: CarryReason
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The agenda of one meeting: its items in order, and what it hands on.

    `minutes` is the length of the call, None where its hours are not known: then all fits.
    """

    items: tuple[AgendaItem, ...] = ()
    carried: tuple[Carried, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryRecord:
    """One line of the history: a contribution left a place for another, and on whose word.

    `came_from` and `goes_to` are UIDs of meetings; None is the table where nothing is placed yet
    for the first, and the parent for the second. `reason` is a `CarryReason`, or `returned` where
    what had moved it no longer holds.
    """

    group: str
    contribution: str
    came_from: str | None
    goes_to: str | None
    reason: str
    at: Instant
    by: str | None = None
