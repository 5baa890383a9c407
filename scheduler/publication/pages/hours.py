"""When something is, as pages show it: in words, for machines, and as days of any zone."""

import datetime as dt
from dataclasses import dataclass

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import Instant, exact
from scheduler.publication.descriptions import hours
from scheduler.wording.languages import Speaker
from scheduler.wording.moments import day_in_words, moment_in_words, utc_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A time in words, line by line; `first` and `last` are its days in the agreed zone.

    `start` and `end` are None where no hour is stated, and of a deadline there is no end.
    """

    lines: tuple[str, ...]
    first: dt.date
    last: dt.date
    start: Instant | None = None
    end: Instant | None = None

    @property
    def timed(self) -> bool:
        """Whether an hour is stated."""
        return self.start is not None

    @property
    def starts(self) -> str:
        """When it begins, for machines: an instant in UTC, or a date."""
        return str(self.start or self.first)

    @property
    def ends(self) -> str | None:
        """When it ends, in the same form; None where that is when it begins, or not stated."""
        if self.start is not None:
            return str(self.end) if self.end else None
        return str(self.last) if self.last != self.first else None

    def in_zone(self, zone: str) -> "LocalHours":
        """Return its days in `zone`, an IANA name, and the clock time at which it begins there."""
        if self.start is None:
            return LocalHours(self.first, self.last)
        begins = self.start.in_zone(zone)
        ends = (self.end or self.start).in_zone(zone)
        # What ends with the day does not touch the next one.
        last = (ends - dt.timedelta(microseconds=1)).date() if ends > begins else ends.date()
        return LocalHours(begins.date(), last, begins.time())


@dataclass(frozen=True, slots=True)
class LocalHours:
    """The first and last day of something in one zone, and its hour on the first where it has."""

    first: dt.date
    last: dt.date
    clock: dt.time | None = None


def meeting_hours(meeting: Meeting, speaker: Speaker) -> Hours:
    """Return when a meeting is, as its page shows it."""
    return Hours(
        lines=hours(meeting, speaker),
        first=meeting.date,
        last=meeting.end_date,
        start=meeting.start_instant,
        end=meeting.end_instant,
    )


def deadline_hours(deadline: Deadline, speaker: Speaker) -> Hours:
    """Return the instant of a deadline, in its declared zone and in UTC with its date."""
    instant = exact(deadline.moment)
    lines = (
        moment_in_words(instant, deadline.moment.zone, speaker),
        utc_in_words(instant, speaker),
    )
    return Hours(lines=lines, first=deadline.moment.day, last=deadline.moment.day, start=instant)


def event_hours(event: Event, speaker: Speaker) -> Hours:
    """Return the days of something beside the meetings."""
    first, last = day_in_words(event.date, speaker), day_in_words(event.end_date, speaker)
    days = first if first == last else speaker.say("%(first)s to %(last)s", first=first, last=last)
    return Hours(lines=(days,), first=event.date, last=event.end_date)
