"""The months in which something happens, as tables of weeks for readers without a script."""

import datetime as dt
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel.dates import format_skeleton, get_day_names

from scheduler.publication.pages.hours import Hours
from scheduler.wording.languages import Speaker
from scheduler.wording.moments import day_in_words, time_in_words

MOST_DAYS = 31  # of one thing that are shown; whoever wrote a wrong year fills no library


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that stands in a calendar: its time, what it is called there, and its address."""

    hours: Hours
    text: str
    address: str
    struck: bool = False


@dataclass(frozen=True, slots=True)
class DayLine:
    """One thing on one day; `clock` is empty on whole days and after the first."""

    clock: str
    dated: Dated


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A square of a month; `words` name the day where something stands on it."""

    day: dt.date
    words: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month in words, and its weeks with seven squares each, None for those of other months."""

    title: str
    weeks: tuple[tuple[MonthDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class MonthTables:
    """The months of a page in one zone, with the names of the days of a week, short and whole.

    `first_day` is the day a week begins with, 0 for Sunday as browsers count.
    """

    zone: str
    first_day: int
    weekdays: tuple[tuple[str, str], ...]
    months: tuple[Month, ...]


def month_tables(dated: Iterable[Dated], zone: str, speaker: Speaker) -> MonthTables:
    """Return the months in which something happens, by the days of `zone`, an IANA name."""
    found: defaultdict[dt.date, list[tuple[dt.time, DayLine]]] = defaultdict(list)
    for one in dated:
        for day, clock, line in _lines(one, zone):
            found[day].append((clock, line))
    lines = {
        day: tuple(line for _, line in sorted(held, key=lambda pair: pair[0]))
        for day, held in found.items()
    }
    weeks = Calendar(speaker.locale.first_week_day)
    months = sorted({(day.year, day.month) for day in lines})
    return MonthTables(
        zone=zone,
        first_day=(speaker.locale.first_week_day + 1) % 7,
        weekdays=tuple(_weekdays(weeks, speaker)),
        months=tuple(_month(*month, weeks, lines, speaker) for month in months),
    )


def _lines(one: Dated, zone: str) -> Iterator[tuple[dt.date, dt.time, DayLine]]:
    local = one.hours.in_zone(zone)
    clock = time_in_words(local.clock) if local.clock else ""
    yield local.first, local.clock or dt.time(), DayLine(clock, one)
    for number in range(1, min((local.last - local.first).days + 1, MOST_DAYS)):
        yield local.first + dt.timedelta(days=number), dt.time(), DayLine("", one)


def _month(
    year: int,
    month: int,
    weeks: Calendar,
    lines: Mapping[dt.date, tuple[DayLine, ...]],
    speaker: Speaker,
) -> Month:
    def square(number: int) -> MonthDay | None:
        if not number:
            return None
        day = dt.date(year, month, number)
        held = lines.get(day, ())
        return MonthDay(day, day_in_words(day, speaker) if held else "", held)

    return Month(
        title=format_skeleton(
            "yMMMM", dt.datetime(year, month, 1, tzinfo=dt.UTC), locale=speaker.locale
        ),
        weeks=tuple(tuple(map(square, week)) for week in weeks.monthdayscalendar(year, month)),
    )


def _weekdays(weeks: Calendar, speaker: Speaker) -> Iterator[tuple[str, str]]:
    short, whole = (
        get_day_names(width, "stand-alone", speaker.locale) for width in ("abbreviated", "wide")
    )
    for day in weeks.iterweekdays():
        yield short[day], whole[day]
