"""Old beside new in the words of a letter: an hour, a place, a link, topics, an agenda."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.model.change import ChangeKind, DeadlineChange
from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import settled
from scheduler.model.plan import Plan
from scheduler.notification.changes import Aspect, MeetingAltered
from scheduler.notification.letters.times import time_lines
from scheduler.planning.calls import takes_place
from scheduler.planning.comparison import is_called_off
from scheduler.wording.agenda_lines import AgendaLines, agenda_lines
from scheduler.wording.deadlines import deadline_name
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.lines import one_line
from scheduler.wording.meetings import mode_word, status_word
from scheduler.wording.moments import day_in_words, hours_in_words

MOST_ITEMS = 8  # of an agenda; the page has them all
_NAMES = {
    Aspect.TIME: marked("Time"),
    Aspect.STATUS: marked("Status"),
    Aspect.MODE: marked("Mode"),
    Aspect.PLACE: marked("Place"),
    Aspect.LINK: marked("Link to join"),
    Aspect.TOPICS: marked("Topics"),
    Aspect.AGENDA: marked("Agenda"),
}
# Of a meeting that is new, these are told where there is anything to tell.
_OF_NEW = (Aspect.MODE, Aspect.PLACE, Aspect.LINK, Aspect.TOPICS, Aspect.AGENDA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What something was and what it is, line by line; no lines where there is no such side."""

    name: str
    before: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """Who looks at a change: the plans before and after it, and a reader's zone and language."""

    before: Plan
    plan: Plan
    zone: str
    speaker: Speaker


def meeting_aspects(found: MeetingAltered, eyes: Eyes) -> Iterator[Shown]:
    """Yield what is told of a meeting itself, and of its deadlines."""
    before, after = found.before, found.after
    if found.kind is not None:
        if after is None or is_called_off(after):
            yield _time(found, eyes, before, None)
        elif before is None or is_called_off(before):
            yield _time(found, eyes, None, after)
            yield from _of_new(after, eyes)
        else:
            yield from differing_aspects(found, before, after, eyes)
    for change in found.deadlines:
        yield deadline_shown(change, eyes)


def deadline_shown(change: DeadlineChange, eyes: Eyes) -> Shown:
    """Return what is told of a deadline."""
    deadline = change.after or change.before
    name = deadline_name(deadline.kind, eyes.speaker) if deadline else ""
    # What was called off with its meeting has its moment still; the reader knows that it is gone.
    restored = change.kind is ChangeKind.RESTORED
    stood = change.before is not None and not change.before.withdrawn and not restored
    gone = change.after is None or change.after.withdrawn or is_called_off(change.meeting)
    before = _moment(change.before, eyes) if change.before and stood else ()
    if change.shift and change.shift.ended and change.before:
        zone = change.before.moment.zone
        before = time_lines(
            change.shift.ended, None, yours=eyes.zone, agreed=zone, speaker=eyes.speaker
        )
    no_longer = (eyes.speaker.say("no longer applies"),)
    now = no_longer if gone else _moment(change.after, eyes) if change.after else ()
    return Shown(name=_opening(one_line(name)), before=before, now=now)


def meeting_time(meeting: Meeting, eyes: Eyes) -> tuple[str, ...]:
    """Return when a meeting takes place: its day alone where its hour is unknown."""
    start, end = meeting.start_instant, meeting.end_instant
    if start is None:
        days = _days(meeting, eyes.speaker)
        return (eyes.speaker.say("%(day)s, at an hour not yet known", day=days),)
    lines = time_lines(start, end, yours=eyes.zone, agreed=meeting.zone, speaker=eyes.speaker)
    if meeting.daily is None:
        return lines
    hours = hours_in_words(*meeting.daily, eyes.speaker)
    daily = eyes.speaker.say("Each day %(hours)s (%(zone)s)", hours=hours, zone=meeting.zone)
    return (*lines, daily)


def event_shown(before: Event | None, after: Event, eyes: Eyes) -> Iterator[Shown]:
    """Yield what is told of an event: its days and its place, as far as they differ."""
    said = eyes.speaker
    was = _days(before, said) if before else ""
    is_now = "" if after.withdrawn else _days(after, said)
    if was != is_now:
        yield Shown(name=said.say("Days"), before=_some(was), now=_some(is_now))
    places = [one_line(event.place or "") if event else "" for event in (before, after)]
    if places[0] != places[1] and not after.withdrawn:
        yield Shown(
            name=said.say(_NAMES[Aspect.PLACE]), before=_some(places[0]), now=_some(places[1])
        )


def differing_aspects(
    found: MeetingAltered, before: Meeting, after: Meeting, eyes: Eyes
) -> Iterator[Shown]:
    """Yield what differs of a meeting that took place before and does so now."""
    for aspect in Aspect:
        if aspect not in found.aspects:
            continue
        if aspect is Aspect.TIME:
            yield _time(found, eyes, before, after)
        elif aspect is Aspect.AGENDA:
            yield from _agendas(before, after, eyes)
        else:
            was, is_now = (_said(aspect, one, eyes.speaker) for one in (before, after))
            yield Shown(name=eyes.speaker.say(_NAMES[aspect]), before=was, now=is_now)


def _of_new(meeting: Meeting, eyes: Eyes) -> Iterator[Shown]:
    facts = {Aspect.MODE: meeting.mode, Aspect.PLACE: meeting.place, Aspect.LINK: meeting.link}
    for aspect in _OF_NEW:
        if aspect is Aspect.AGENDA:
            yield from _agendas(None, meeting, eyes)
        elif facts.get(aspect) or (aspect is Aspect.TOPICS and meeting.topics):
            said = _said(aspect, meeting, eyes.speaker)
            yield Shown(name=eyes.speaker.say(_NAMES[aspect]), now=said)


def _time(
    found: MeetingAltered, eyes: Eyes, before: Meeting | None, after: Meeting | None
) -> Shown:
    was = meeting_time(before, eyes) if before else ()
    if before and found.shift and found.shift.started:
        was = time_lines(
            found.shift.started,
            found.shift.ended,
            yours=eyes.zone,
            agreed=before.zone,
            speaker=eyes.speaker,
        )
    now = meeting_time(after, eyes) if after else (eyes.speaker.say("does not take place"),)
    return Shown(name=eyes.speaker.say(_NAMES[Aspect.TIME]), before=was, now=now)


def _said(aspect: Aspect, meeting: Meeting, speaker: Speaker) -> tuple[str, ...]:
    unstated = speaker.say("not stated")
    match aspect:
        case Aspect.STATUS:
            return (status_word(meeting.status, speaker),)
        case Aspect.MODE:
            return (mode_word(meeting.mode, speaker),)
        case Aspect.PLACE:
            return (one_line(meeting.place or "") or unstated,)
        case Aspect.LINK:
            return (one_line(meeting.link or "") or unstated,)
        case _:
            return tuple(map(one_line, meeting.topics)) or (speaker.say("no topic named"),)


def _agendas(before: Meeting | None, after: Meeting, eyes: Eyes) -> Iterator[Shown]:
    """Yield the items, and what moves on, where they differ in words."""
    old = _lines(before, eyes.before, eyes) if before else AgendaLines()
    new = _lines(after, eyes.plan, eyes)
    items = [_with_more(one.items, one.more) for one in (old, new)]
    moved = [_with_more(one.moved, one.moved_more) for one in (old, new)]
    said, held = eyes.speaker, takes_place(after)
    if items[0] != items[1]:
        name = new.name or said.say(_NAMES[Aspect.AGENDA])
        now = items[1] or (_some(said.say("nothing is on it any more")) if held else ())
        yield Shown(name=name, before=items[0], now=now)
    if moved[0] != moved[1]:
        now = moved[1] or (_some(said.say("nothing any more")) if held else ())
        yield Shown(name=said.say("Moves on"), before=moved[0], now=now)


def _lines(meeting: Meeting, plan: Plan, eyes: Eyes) -> AgendaLines:
    found = agenda_lines(meeting, plan, eyes.speaker, zone=eyes.zone, most=MOST_ITEMS)
    return found or AgendaLines()


def _with_more(lines: tuple[str, ...], more: str) -> tuple[str, ...]:
    return tuple(map(one_line, (*lines, *_some(more))))


def _moment(deadline: Deadline, eyes: Eyes) -> tuple[str, ...]:
    instant, zone = settled(deadline.moment), deadline.moment.zone
    if instant is None:
        day = day_in_words(deadline.moment.day, eyes.speaker)
        return (eyes.speaker.say("%(day)s, at an hour not yet known", day=day),)
    return time_lines(instant, None, yours=eyes.zone, agreed=zone, speaker=eyes.speaker)


def _days(held: Meeting | Event, speaker: Speaker) -> str:
    first, last = day_in_words(held.date, speaker), day_in_words(held.end_date, speaker)
    return first if first == last else speaker.say("%(first)s to %(last)s", first=first, last=last)


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
