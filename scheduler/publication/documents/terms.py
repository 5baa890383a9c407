"""Deadlines in a document: the rule in a sentence where it holds for all, dates where it does not.

The sentences are such that a report with them is read back to the same rules.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from scheduler.model.deadline import Anchor, Deadline, DeadlineRule, IfClosed, TimeSource, Unit
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import END_OF_DAY, clock_text, settled
from scheduler.planning.comparison import stands
from scheduler.rules.deadlines import apply
from scheduler.wording.deadlines import deadline_name, length_in_words
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.moments import day_in_words

_DISTANCES = {
    (Anchor.MEETING_DATE, False): marked("%(length)s before each meeting"),
    (Anchor.MEETING_START, False): marked("%(length)s before the start of each meeting"),
    (Anchor.MEETING_END_DATE, True): marked("%(length)s after the last day of each meeting"),
    (Anchor.MEETING_END, True): marked("%(length)s after the end of each meeting"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The deadlines of some meetings: rules that hold for all, and the rest by their dates.

    `heads` names the kinds that have dates of their own; each meeting has a cell for each.
    """

    rules: tuple[str, ...]
    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def terms_of(meetings: Sequence[Meeting], speaker: Speaker) -> Terms:
    """Return the deadlines of meetings, those of meetings that are called off left out."""
    shared = _shared([meeting for meeting in meetings if _takes_place(meeting)])
    rest = [_left(meeting, shared) for meeting in meetings]
    dated = {one.kind for own in rest for one in own}
    if any(rule.kind in dated for rule in shared):
        # A date of its own stands for all deadlines of its kind, so that kind has dates alone.
        shared = [rule for rule in shared if rule.kind not in dated]
        rest = [_left(meeting, shared) for meeting in meetings]
    kinds = tuple(dict.fromkeys(kind for own in rest for kind in _counted(own)))
    return Terms(
        rules=tuple(_sentence(rule, speaker) for rule in shared),
        heads=tuple(_opening(deadline_name(kind, speaker)) for kind, _ in kinds),
        cells=tuple(
            tuple(_cell(own, kind, meeting, speaker) for kind in kinds)
            for own, meeting in zip(map(_counted, rest), meetings, strict=True)
        ),
    )


def _takes_place(meeting: Meeting) -> bool:
    return meeting.status not in (Status.CANCELLED, Status.POSTPONED)


def _due(meeting: Meeting) -> list[Deadline]:
    if not _takes_place(meeting):
        return []
    return [one for one in meeting.deadlines if stands(one, meeting)]


def _left(meeting: Meeting, shared: Sequence[DeadlineRule]) -> list[Deadline]:
    """Return the deadlines of a meeting that no shared rule gives."""
    due = _due(meeting)
    return [one for one in due if not any(_is(one, _given(rule, meeting)) for rule in shared)]


def _shared(meetings: Sequence[Meeting]) -> list[DeadlineRule]:
    """Return the rules that give each meeting a deadline it has, and none that it has not."""
    found: list[DeadlineRule] = []
    for meeting in meetings:
        for deadline in _left(meeting, found):
            forms = (rule for rule in _forms(deadline, meeting) if _holds(rule, meetings))
            found.extend(islice(forms, 1))
    return found


def _forms(deadline: Deadline, meeting: Meeting) -> Iterator[DeadlineRule]:
    """Yield the rule of a deadline in the zone of each meeting (an empty name), and in its own."""
    rule = deadline.rule
    if rule is None or not _is_plain(rule):
        return
    bare = replace(rule, line=None, only_for=())
    if rule.clock is None and (rule.unit is Unit.HOUR or rule.zone == meeting.zone):
        yield replace(bare, zone="")
    if rule.unit is not Unit.HOUR:
        yield bare


def _is_plain(rule: DeadlineRule) -> bool:
    """Tell whether a sentence can say all of a rule; a body's own rules are left to the body."""
    said = (rule.anchor, rule.offset > 0) in _DISTANCES and rule.offset != 0
    counted = (rule.unit is Unit.HOUR) == (
        rule.anchor in (Anchor.MEETING_START, Anchor.MEETING_END)
    )
    special = rule.clear_days or rule.same_clock or rule.weekday is not None or rule.citation
    return said and counted and not special and rule.if_closed is IfClosed.LEAVE


def _holds(rule: DeadlineRule, meetings: Sequence[Meeting]) -> bool:
    given = ((_given(rule, meeting), meeting) for meeting in meetings)
    return all(one is None or any(_is(own, one) for own in _due(meeting)) for one, meeting in given)


def _given(rule: DeadlineRule, meeting: Meeting) -> Deadline | None:
    return apply(replace(rule, zone=rule.zone or meeting.zone), meeting)


def _is(deadline: Deadline, given: Deadline | None) -> bool:
    """Tell whether a rule gave this deadline; hours are counted alike in any zone."""
    if given is None or (given.kind, given.time_source) != (deadline.kind, deadline.time_source):
        return False
    if given.rule and given.rule.unit is Unit.HOUR:
        return settled(given.moment) == settled(deadline.moment)
    return given.moment == deadline.moment


def _sentence(rule: DeadlineRule, speaker: Speaker) -> str:
    length = length_in_words(abs(rule.offset), rule.unit, speaker)
    distance = speaker.say(_DISTANCES[rule.anchor, rule.offset > 0], length=length)
    facts = {"deadline": _opening(deadline_name(rule.kind, speaker)), "distance": distance}
    if rule.clock is not None:
        return speaker.say(
            "%(deadline)s: %(distance)s, at %(time)s (%(zone)s).",
            time=clock_text(rule.clock),
            zone=rule.zone,
            **facts,
        )
    if rule.zone:
        return speaker.say(
            "%(deadline)s: %(distance)s (end of the day in %(zone)s).", zone=rule.zone, **facts
        )
    return speaker.say("%(deadline)s: %(distance)s.", **facts)


Kind = tuple[str, int]


def _counted(deadlines: Sequence[Deadline]) -> dict[Kind, Deadline]:
    """Return deadlines by their kind, and by which of their kind they are."""
    seen: Counter[str] = Counter()
    found: dict[Kind, Deadline] = {}
    for one in deadlines:
        found[one.kind, seen[one.kind]] = one
        seen[one.kind] += 1
    return found


def _cell(own: dict[Kind, Deadline], kind: Kind, meeting: Meeting, speaker: Speaker) -> str:
    deadline = own.get(kind)
    if deadline is None:
        return ""
    day, zone = day_in_words(deadline.moment.day, speaker), deadline.moment.zone
    is_end_of_day = deadline.moment.clock == END_OF_DAY
    if deadline.time_source is TimeSource.CONVENTION and is_end_of_day:
        if zone == meeting.zone:
            return day
        return speaker.say("%(day)s (end of the day in %(zone)s)", day=day, zone=zone)
    time = clock_text(deadline.moment.clock)
    return speaker.say("%(day)s, %(time)s (%(zone)s)", day=day, time=time, zone=zone)


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]
