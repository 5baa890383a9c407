"""One set of meetings from lists and sentences that repeat one another."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.intake.reports.problems import (
    conflicting_duplicate,
    duplicate_list,
    duplicate_meeting,
)
from scheduler.model.meeting import Meeting
from scheduler.model.moment import clock_text
from scheduler.model.problem import Problem

_SHARED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A meeting with the series it was read from, and whether that is a list or a sentence."""

    meeting: Meeting
    series: int
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The meetings that remain, and what had to be said about those that did not."""

    meetings: tuple[Meeting, ...]
    problems: tuple[Problem, ...]


def merge(read: Sequence[Read]) -> Merged:
    """Return each meeting once.

    A list that repeats another is dropped with a notice; one that contradicts it raises an
    error that names both lines, and the first stays. A sentence about a listed meeting adds
    what the list leaves open.
    """
    ordered = sorted(read, key=lambda one: (not one.listed, one.meeting.line or 0))
    kept: list[Meeting] = []
    problems: list[Problem] = []
    for (listed, _), group in groupby(ordered, key=lambda one: (one.listed, one.series)):
        meetings = [one.meeting for one in group]
        meetings, said = _unique(meetings)
        problems.extend(said)
        kept, said = (_add_list if listed else _add_told)(kept, meetings)
        problems.extend(said)
    final = sorted(kept, key=lambda one: (one.date, one.start or dt.time.min, one.line or 0))
    return Merged(meetings=tuple(final), problems=tuple(problems))


def _unique(meetings: Sequence[Meeting]) -> tuple[list[Meeting], list[Problem]]:
    """Drop meetings that stand twice in one list."""
    seen: dict[tuple[object, ...], Meeting] = {}
    problems: list[Problem] = []
    for meeting in meetings:
        first = seen.setdefault(_identity(meeting), meeting)
        if first is not meeting:
            problems.append(duplicate_meeting(meeting.line or 0, first.line or 0, meeting.date))
    return list(seen.values()), problems


def _add_list(kept: list[Meeting], later: list[Meeting]) -> tuple[list[Meeting], list[Problem]]:
    pairs = _paired(kept, later)
    if not pairs:
        return [*kept, *later], []
    problems: list[Problem] = []
    same = len(pairs) == len(later) and all(_agree(one, other) for one, other in pairs)
    if same:
        first = min(one.line or 0 for one, _ in pairs)
        line = min(other.line or 0 for _, other in pairs)
        problems.append(duplicate_list(line, first))
    merged = {id(one): _filled(one, other) for one, other in pairs}
    for one, other in pairs:
        if not _agree(one, other):
            there, here = _differing(one, other)
            problem = conflicting_duplicate(other.line or 0, one.line or 0, there, here)
            kept_facts = _filled(one, other) if one.date == other.date else one
            merged[id(one)] = replace(kept_facts, problems=(*one.problems, problem))
            problems.append(problem)
    met = {id(other) for _, other in pairs}
    extra = [meeting for meeting in later if id(meeting) not in met]
    return [*(merged.get(id(one), one) for one in kept), *extra], problems


def _paired(kept: Iterable[Meeting], later: Sequence[Meeting]) -> list[tuple[Meeting, Meeting]]:
    """Return which meetings of two lists are the same: by date, and by label where most are."""
    by_date: dict[dt.date, list[Meeting]] = {}
    by_label: dict[str, Meeting] = {}
    for meeting in kept:
        by_date.setdefault(meeting.date, []).append(meeting)
        if meeting.label:
            by_label.setdefault(meeting.label.lower(), meeting)
    pairs: list[tuple[Meeting, Meeting]] = []
    taken: set[int] = set()
    unmet: list[Meeting] = []
    for meeting in later:
        free = [one for one in by_date.get(meeting.date, ()) if id(one) not in taken]
        if not free:
            unmet.append(meeting)
            continue
        one = next((one for one in free if one.start == meeting.start), free[0])
        taken.add(id(one))
        pairs.append((one, meeting))
    if len(pairs) < _SHARED * len(later):
        return pairs
    for meeting in unmet:
        labelled = by_label.get((meeting.label or "").lower())
        if labelled is not None and id(labelled) not in taken:
            taken.add(id(labelled))
            pairs.append((labelled, meeting))
    return pairs


def _add_told(kept: list[Meeting], told: list[Meeting]) -> tuple[list[Meeting], list[Problem]]:
    """Add meetings told in sentences; one that is there already lends what it lacks."""
    problems: list[Problem] = []
    for meeting in told:
        place = next((at for at, one in enumerate(kept) if _is_told_of(one, meeting)), None)
        if place is None:
            kept = [*kept, meeting]
            continue
        one = kept[place]
        if _agree(one, meeting):
            kept = [*kept[:place], _filled(one, meeting), *kept[place + 1 :]]
            continue
        there, here = _differing(one, meeting)
        problem = conflicting_duplicate(meeting.line or 0, one.line or 0, there, here)
        problems.append(problem)
        flagged = replace(one, problems=(*one.problems, problem))
        kept = [*kept[:place], flagged, *kept[place + 1 :]]
    return kept, problems


def _is_told_of(one: Meeting, told: Meeting) -> bool:
    return one.date == told.date


def _identity(meeting: Meeting) -> tuple[object, ...]:
    return (
        meeting.date,
        meeting.end_date,
        meeting.start,
        meeting.end,
        meeting.zone,
        meeting.topics,
    )


def _agree(one: Meeting, other: Meeting) -> bool:
    """Tell whether two readings of one meeting contradict each other nowhere."""
    return one.date == other.date and all(_same(*pair) for pair in _facts(one, other))


def _same(one: object, other: object) -> bool:
    return one == other or not one or not other


def _facts(one: Meeting, other: Meeting) -> Iterable[tuple[object, object]]:
    timed = one.start is not None and other.start is not None
    return (
        (one.start, other.start),
        (one.end, other.end),
        (one.zone, other.zone) if timed else (None, None),
        (_folded(one.topics), _folded(other.topics)),
        (one.place, other.place),
    )


def _folded(topics: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(topic.casefold() for topic in topics)


def _filled(one: Meeting, other: Meeting) -> Meeting:
    """Return a meeting with what a second reading adds."""
    if one.start is None and other.start is not None:
        one = replace(
            one,
            start=other.start,
            end=other.end,
            end_date=other.end_date,
            zone=other.zone,
            daily=other.daily,
        )
    return replace(
        one,
        end=one.end or other.end,
        topics=one.topics or other.topics,
        place=one.place or other.place,
        mode=one.mode or other.mode,
        link=one.link or other.link,
        label=one.label or other.label,
    )


def _differing(one: Meeting, other: Meeting) -> tuple[str, str]:
    return _words(one), _words(other)


def _words(meeting: Meeting) -> str:
    hours = [clock_text(clock) for clock in (meeting.start, meeting.end) if clock is not None]
    topics = f" ({', '.join(meeting.topics)})" if meeting.topics else ""
    when = f"{meeting.date} {'-'.join(hours)}".rstrip()
    return f"{when} {meeting.zone}{topics}" if hours else f"{when}{topics}"
