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
    kept = _Kept()
    for (listed, _), group in groupby(ordered, key=lambda one: (one.listed, one.series)):
        meetings = kept.unique([one.meeting for one in group])
        if listed:
            kept.add_list(meetings)
        else:
            kept.add_told(meetings)
    final = sorted(
        kept.meetings, key=lambda one: (one.date, one.start or dt.time.min, one.line or 0)
    )
    return Merged(meetings=tuple(final), problems=tuple(kept.problems))


class _Kept:
    """The meetings that were kept so far, found by date and by label."""

    def __init__(self) -> None:
        self.meetings: list[Meeting] = []
        self.problems: list[Problem] = []
        self._by_date: dict[dt.date, list[int]] = {}
        self._by_label: dict[str, int] = {}

    def unique(self, meetings: Iterable[Meeting]) -> list[Meeting]:
        """Return the meetings of one list, those that stand in it twice once."""
        seen: dict[tuple[object, ...], Meeting] = {}
        for meeting in meetings:
            first = seen.setdefault(_identity(meeting), meeting)
            if first is not meeting:
                line, above = meeting.line or 0, first.line or 0
                self.problems.append(duplicate_meeting(line, above, meeting.date))
        return list(seen.values())

    def add_list(self, later: list[Meeting]) -> None:
        """Add a list: what is new in it, and what it says otherwise."""
        pairs = self._pairs(later)
        if pairs and len(pairs) == len(later) and all(self._agrees(*pair) for pair in pairs):
            first = min(self.meetings[place].line or 0 for place, _ in pairs)
            line = min(other.line or 0 for _, other in pairs)
            self.problems.append(duplicate_list(line, first))
        for place, other in pairs:
            self._join(place, other)
        met = {id(other) for _, other in pairs}
        for meeting in later:
            if id(meeting) not in met:
                self._add(meeting)

    def add_told(self, told: Iterable[Meeting]) -> None:
        """Add meetings told in sentences; one that is there already lends what it lacks."""
        for meeting in told:
            places = self._by_date.get(meeting.date)
            if places:
                self._join(places[0], meeting)
            else:
                self._add(meeting)

    def _add(self, meeting: Meeting) -> None:
        place = len(self.meetings)
        self.meetings.append(meeting)
        self._by_date.setdefault(meeting.date, []).append(place)
        if meeting.label:
            self._by_label.setdefault(meeting.label.lower(), place)

    def _agrees(self, place: int, other: Meeting) -> bool:
        return _agree(self.meetings[place], other)

    def _join(self, place: int, other: Meeting) -> None:
        """Fill a meeting with what another reading adds, and flag what that contradicts."""
        one = self.meetings[place]
        filled = _filled(one, other) if one.date == other.date else one
        if not _agree(one, other):
            lines = (other.line or 0, one.line or 0)
            problem = conflicting_duplicate(*lines, _words(one), _words(other))
            self.problems.append(problem)
            filled = replace(filled, problems=(*one.problems, problem))
        self.meetings[place] = filled

    def _pairs(self, later: Sequence[Meeting]) -> list[tuple[int, Meeting]]:
        """Return which kept meetings a list speaks of: by date, by label where most are."""
        pairs: list[tuple[int, Meeting]] = []
        taken: set[int] = set()
        unmet: list[Meeting] = []
        for meeting in later:
            free = [at for at in self._by_date.get(meeting.date, ()) if at not in taken]
            if not free:
                unmet.append(meeting)
                continue
            same = (at for at in free if self.meetings[at].start == meeting.start)
            place = next(same, free[0])
            taken.add(place)
            pairs.append((place, meeting))
        if len(pairs) < _SHARED * len(later):
            return [pair for pair in pairs if self._agrees(*pair)]
        for meeting in unmet:
            labelled = self._by_label.get((meeting.label or "").lower())
            if labelled is not None and labelled not in taken:
                taken.add(labelled)
                pairs.append((labelled, meeting))
        return pairs


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


def _words(meeting: Meeting) -> str:
    hours = [clock_text(clock) for clock in (meeting.start, meeting.end) if clock is not None]
    topics = f" ({', '.join(meeting.topics)})" if meeting.topics else ""
    when = f"{meeting.date} {'-'.join(hours)}".rstrip()
    return f"{when} {meeting.zone}{topics}" if hours else f"{when}{topics}"
