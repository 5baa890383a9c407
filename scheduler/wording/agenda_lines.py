"""The agenda of a call in a few lines of plain text, however long it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.model.agenda import Agenda, AgendaItem, Carried, CarryReason
from scheduler.model.meeting import Meeting, Status
from scheduler.model.plan import Plan
from scheduler.wording.agendas import (
    carried_in_words,
    item_clock,
    item_line,
    item_start,
    named,
    origin_in_words,
)
from scheduler.wording.languages import Speaker
from scheduler.wording.moments import moment_in_words

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLines:
    """An agenda line by line; `more` and `moved_more` tell how much was left out, if anything.

    `name` is what it is called where no list follows at once, `title` where one does.
    """

    name: str = ""
    title: str = ""
    items: tuple[str, ...] = ()
    more: str = ""
    moved_title: str = ""
    moved: tuple[str, ...] = ()
    moved_more: str = ""


def agenda_lines(
    meeting: Meeting, plan: Plan, speaker: Speaker, *, zone: str, most: int
) -> AgendaLines | None:
    """Return the first `most` items, with clock times in `zone`, and as many that move on.

    None where no agenda is set. A meeting that does not take place shows no items, and of what
    moves on only what does so for that reason.
    """
    if meeting.agenda is None:
        return None
    items, carried = shown(meeting, meeting.agenda)
    clocks = tuple(_clocks(items, meeting, zone, speaker))
    name, title = speaker.say("Agenda"), speaker.say("Agenda:")
    if any(clocks):
        name = speaker.say("Agenda (times in %(zone)s)", zone=zone)
        title = speaker.say("Agenda (times in %(zone)s):", zone=zone)
    return AgendaLines(
        name=name if items else "",
        title=title if items else "",
        items=tuple(
            _item(item, clock, plan, speaker)
            for item, clock in zip(items[:most], clocks, strict=False)
        ),
        more=_more(len(items) - most, speaker),
        moved_title=speaker.say("Moves on:") if carried else "",
        moved=tuple(_moved(one, plan, speaker) for one in carried[:most]),
        moved_more=_more(len(carried) - most, speaker),
    )


def shown(meeting: Meeting, agenda: Agenda) -> tuple[tuple[AgendaItem, ...], tuple[Carried, ...]]:
    """Return the items and the carried ones that hold, given whether the meeting takes place."""
    if meeting.status in (Status.TENTATIVE, Status.CONFIRMED):
        return agenda.items, agenda.carried
    return (), tuple(one for one in agenda.carried if one.reason is CarryReason.CALLED_OFF)


def _clocks(
    items: Iterable[AgendaItem], meeting: Meeting, zone: str, speaker: Speaker
) -> Iterator[str | None]:
    """Yield when each item begins in a zone: its clock time, with the date where a day begins."""
    today = meeting.start_instant.in_zone(zone).date() if meeting.start_instant else None
    for item in items:
        start = item_start(item, meeting)
        if start is None:
            yield None
            continue
        day = start.in_zone(zone).date()
        same = day == today
        yield item_clock(item, meeting, zone) if same else moment_in_words(start, zone, speaker)
        today = day


def _item(item: AgendaItem, clock: str | None, plan: Plan, speaker: Speaker) -> str:
    line = item_line(replace(item, title=_short(item.title)), clock, speaker)
    if item.came_from is None:
        return line
    origin = origin_in_words(item, plan, speaker)
    return speaker.say("%(item)s, %(origin)s", item=line, origin=origin)


def _moved(carried: Carried, plan: Plan, speaker: Speaker) -> str:
    name = named(carried.contribution, _short(carried.title))
    goal = carried_in_words(carried, plan, speaker)
    return speaker.say("%(item)s – %(goal)s", item=name, goal=goal)


def _more(count: int, speaker: Speaker) -> str:
    return speaker.say_many("and %(count)s more", "and %(count)s more", count) if count > 0 else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
