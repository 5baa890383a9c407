"""The agenda of a call as its page shows it: time plan, reasons, and where the rest goes."""

from collections.abc import Collection
from dataclasses import dataclass

from scheduler.model.agenda import AgendaItem, Carried, Standing
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan
from scheduler.wording.agenda_lines import shown
from scheduler.wording.agendas import (
    carry_reason_in_words,
    goal_in_words,
    item_clock,
    named,
    origin_in_words,
    standing_word,
    topic_in_words,
)
from scheduler.wording.languages import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Whence or where an item moved: `anchor` is the other meeting's, None if it is not shown."""

    words: str
    reason: str
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item: when it begins by the meeting's clock, how long it may take, and why it is here."""

    clock: str | None
    number: str | None
    title: str
    minutes: int
    standing: str
    topic: str | None
    origin: Passage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedView:
    """A contribution that moves on, and where to."""

    number: str
    title: str
    goal: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView:
    """The agenda of one meeting; `clocked` tells whether its items have clock times."""

    zone: str
    clocked: bool
    items: tuple[ItemView, ...]
    carried: tuple[CarriedView, ...]


def agenda_view(
    meeting: Meeting, plan: Plan, anchors: Collection[str], speaker: Speaker
) -> AgendaView | None:
    """Return the agenda of a meeting, None where none is set or nothing of it holds.

    `anchors` are the UIDs of the meetings on the same page, which a link can lead to.
    """
    if meeting.agenda is None:
        return None
    items, carried = shown(meeting, meeting.agenda)
    if not (items or carried):
        return None
    views = tuple(_item_view(item, meeting, plan, anchors, speaker) for item in items)
    return AgendaView(
        zone=meeting.zone,
        clocked=any(view.clock for view in views),
        items=views,
        carried=tuple(_carried_view(one, plan, anchors, speaker) for one in carried),
    )


def _item_view(
    item: AgendaItem, meeting: Meeting, plan: Plan, anchors: Collection[str], speaker: Speaker
) -> ItemView:
    return ItemView(
        clock=item_clock(item, meeting, meeting.zone),
        number=named(item.contribution, "", item.revision) or None,
        title=_title(item.title, item.contribution),
        minutes=item.minutes,
        standing=_standing(item, speaker),
        topic=topic_in_words(item.match, speaker) if item.match else None,
        origin=_origin(item, plan, anchors, speaker) if item.came_from else None,
    )


def _standing(item: AgendaItem, speaker: Speaker) -> str:
    # Where it was carried over from is said beside it.
    told_beside = item.standing is Standing.CARRIED_OVER and item.came_from
    return "" if told_beside else standing_word(item.standing, speaker)


def _origin(item: AgendaItem, plan: Plan, anchors: Collection[str], speaker: Speaker) -> Passage:
    return Passage(
        words=origin_in_words(item, plan, speaker),
        reason=carry_reason_in_words(item.carried, speaker) if item.carried else "",
        anchor=item.came_from if item.came_from in anchors else None,
    )


def _carried_view(
    carried: Carried, plan: Plan, anchors: Collection[str], speaker: Speaker
) -> CarriedView:
    return CarriedView(
        number=carried.contribution,
        title=_title(carried.title, carried.contribution),
        goal=Passage(
            words=goal_in_words(carried, plan, speaker),
            reason=carry_reason_in_words(carried.reason, speaker),
            anchor=carried.to if carried.to in anchors else None,
        ),
    )


def _title(title: str, number: str | None) -> str:
    return "" if title == number else title
