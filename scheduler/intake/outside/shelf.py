"""The outside calendars of a workspace: files of its groups, and copies of what was fetched."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from scheduler.intake.outside.cache import Copy, copy_of, keep
from scheduler.intake.outside.doubts import (
    doubts_about_copy,
    doubts_about_events,
    unkept,
    unread,
)
from scheduler.intake.outside.faults import BadCalendarUrl, NoCalendar, NoFile, TooLarge
from scheduler.intake.outside.fetching.addresses import parse_calendar_url
from scheduler.intake.outside.fetching.fetcher import NO_VALIDATORS, Fetcher
from scheduler.intake.outside.fetching.unpacking import MOST_OCTETS, calendar_bytes
from scheduler.intake.outside.reading.events import Expanded
from scheduler.intake.outside.reading.reader import Reader
from scheduler.model.busy import BusyTime, OutsideCalendar, OutsideState, OutsideTimes
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.problem import Problem

AT_ONCE = 8
FETCHER, READER = Fetcher(), Reader()
_Question = tuple[bytes, str, date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where outside calendars come from in one run: `cache` holds the copies, `files` the files.

    What was read once in a run is not read again.
    """

    cache: Path
    files: Path
    now: Instant
    fetcher: Fetcher = FETCHER
    reader: Reader = READER
    answers: dict[_Question, Expanded] = field(default_factory=dict)

    def times(self, group: Group, first: date, last: date) -> OutsideTimes:
        """Return what the group's calendars hold between two days; a fault is a problem."""
        states = self.states(group, first, last)
        return OutsideTimes(
            busy=tuple(busy for state in states for busy in state.busy),
            problems=tuple(problem for state in states for problem in state.problems),
        )

    def states(self, group: Group, first: date, last: date) -> tuple[OutsideState, ...]:
        """Return how each of the group's calendars stands, in the order of its file."""
        return tuple(self._state(own, group.zone, first, last) for own in group.calendars)

    def refresh(self, groups: Iterable[Group], *, everything: bool) -> tuple[Problem, ...]:
        """Fetch the calendars that are due, or all; a failure is kept beside the earlier copy.

        Returns what kept copies from being written.
        """
        urls = sorted({own.url for group in groups for own in group.calendars if own.url})
        due = [url for url in urls if everything or self._is_due(url)]
        with ThreadPoolExecutor(max_workers=AT_ONCE) as hands:
            fetched = list(hands.map(self._fetched, due))
        try:
            for url, copy in zip(due, fetched, strict=True):
                keep(self.cache, url, copy)
        except OSError as fault:
            return (unkept(self.cache.name, fault.strerror or type(fault).__name__),)
        return ()

    def _is_due(self, url: str) -> bool:
        copy = copy_of(self.cache, url)
        return copy is None or copy.is_due(self.now)

    def _fetched(self, url: str) -> Copy:
        """Return the copy that stands after a try."""
        before = copy_of(self.cache, url) or Copy(tried=self.now)
        try:
            known = NO_VALIDATORS if before.data is None else before.validators
            found = self.fetcher.fetch(url, known)
        except NoCalendar as fault:
            return replace(before, tried=self.now, fault=str(fault))
        return Copy(
            tried=self.now,
            fetched=self.now,
            data=before.data if found.data is None else found.data,
            validators=found.validators,
        )

    def _state(self, own: OutsideCalendar, zone: str, first: date, last: date) -> OutsideState:
        copy = copy_of(self.cache, own.url) if own.url else None
        state = OutsideState(
            calendar=own, source=_source(own), fetched=copy.fetched if copy else None
        )
        try:
            data = self._data(own, copy)
            found = self._expanded((data, zone, first, last))
        except NoCalendar as fault:
            return replace(state, problems=(unread(own.title, str(fault)),))
        doubts = doubts_about_copy(own.title, copy, self.now) if copy else ()
        return replace(
            state,
            busy=tuple(_busy_times(own, found)),
            problems=(*doubts, *doubts_about_events(own.title, found, zone)),
        )

    def _data(self, own: OutsideCalendar, copy: Copy | None) -> bytes:
        if own.url is None:
            return _file(self.files, own.file or "")
        if copy is None:
            raise NoCalendar("it was not fetched yet; 'interim calendars --refresh' does")
        if copy.data is None:
            raise NoCalendar(copy.fault or "it was never fetched")
        return copy.data

    def _expanded(self, question: _Question) -> Expanded:
        if question not in self.answers:
            self.answers[question] = self.reader.read(*question)
        return self.answers[question]


def _file(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.is_file():  # a pipe or device might never end
        raise NoFile(name, "it is not there, or no plain file")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_OCTETS + 1)
    except OSError as fault:
        raise NoFile(name, fault.strerror or type(fault).__name__) from None
    if len(data) > MOST_OCTETS:
        raise TooLarge(name, MOST_OCTETS)
    return calendar_bytes(data, name)


def _source(own: OutsideCalendar) -> str:
    """What may be shown of where a calendar comes from: paths and queries may be secrets."""
    if own.url is None:
        return own.file or ""
    try:
        return parse_calendar_url(own.url).authority
    except BadCalendarUrl:
        return "https"


def _busy_times(own: OutsideCalendar, found: Expanded) -> Iterator[BusyTime]:
    for event in found.events:
        yield BusyTime(
            title=event.title or own.title,
            start=Instant(event.start),
            end=Instant(event.end),
            hard=own.hard,
            calendar=own.title,
        )
