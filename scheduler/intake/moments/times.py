"""Times and ranges of times, what restates them in other zones, and times that cannot be."""

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.belief import is_believable
from scheduler.intake.moments.clocks import Style
from scheduler.intake.moments.found import (
    Context,
    Convention,
    RejectedFound,
    Span,
    TimeFound,
)
from scheduler.intake.moments.hours import (
    Hours,
    hours_between,
    is_midnight,
    lasting,
    seconds_of,
    split,
)
from scheduler.intake.moments.tokens import Kind, Page
from scheduler.intake.moments.written_times import Written, read_written
from scheduler.intake.moments.zones import read_zone_after
from scheduler.model.moment import ANYWHERE_ON_EARTH
from scheduler.model.problem import Problem, Severity

_MOST_CONVERSIONS = 8
_BEFORE_CONVERSION = frozenset({"(", "/", "=", ",", ";", "i", ".", "e", "or", "and", "that", "is"})
_LAST_HOUR_TRIED = 29  # "25:00" is a mistaken time, "50:50" a ratio
_DAY = 24 * 3600


def read_times(page: Page, begin: int, context: Context, *, after_date: bool) -> list[Atom]:
    """Read a time at token `begin`, and behind it the same time in other zones.

    `after_date` tells that a date or an offset stands right before it.
    """
    if not _stands_free(page, begin):
        return []
    anywhere = _read_anywhere(page, begin, context) if after_date else None
    written = anywhere or read_written(page, begin, context)
    if written is None or not is_believable(page, written, after_date=after_date):
        return []
    found = _judge(page, written, None, after_date=after_date)
    if not isinstance(found, TimeFound):
        return [Atom(begin, written.stop, found)] if found else []
    return [Atom(begin, written.stop, found), *_read_conversions(page, written, found, context)]


def _stands_free(page: Page, begin: int) -> bool:
    after_stamp = page.key(begin - 1) == "t" and page.at(begin - 2).kind is Kind.NUMBER
    return page.alone(begin) or after_stamp


def _read_anywhere(page: Page, begin: int, context: Context) -> Written | None:
    """Read "AoE" right after a date: the end of that day, anywhere on Earth."""
    zone = read_zone_after(page, begin, context) if page.at(begin).kind is Kind.WORD else None
    if zone is None or zone[0].zone != ANYWHERE_ON_EARTH:
        return None
    return Written(begin, zone[1], None, zone=zone[0], convention=Convention.END_OF_DAY)


def _judge(
    page: Page, written: Written, conversion_of: Span | None, *, after_date: bool
) -> TimeFound | RejectedFound | None:
    span = Span(page.at(written.begin).start, page.at(written.stop - 1).end)
    text = page.excerpt(written.begin, written.stop)
    hours = _hours(page, written)
    if hours is None and written.first is not None:
        if not _is_serious(page, written, after_date=after_date):
            return None
        problem = Problem("invalid_time", Severity.ERROR, f"{text!r} {_why_not(written)}")
        return RejectedFound(span=span, text=text, problem=problem)
    start, start_days = split(hours.start) if hours else (None, 0)
    end, end_days = split(hours.end) if hours and hours.end is not None else (None, 0)
    return TimeFound(
        span=span,
        text=text,
        start=start,
        end=end,
        start_day_offset=start_days,
        end_day_offset=end_days,
        stated_zone=written.zone,
        convention=written.convention,
        conversion_of=conversion_of,
        problems=written.zone.problems if written.zone else (),
    )


def _hours(page: Page, written: Written) -> Hours | None:
    first = written.first
    if first is None:
        return None
    if written.last is not None:
        return hours_between(first, written.last)
    if written.minutes is not None:
        return lasting(first, written.minutes)
    start = seconds_of(first)
    if start is None:
        return None
    # "by midnight" is the end of the day that is spoken of, "at midnight" its beginning
    by = page.key(written.begin - 1) in lexicon.BY
    return Hours(start + _DAY * (by and is_midnight(first) and start == 0), None)


def _is_serious(page: Page, written: Written, *, after_date: bool) -> bool:
    """Tell a mistaken time, which is worth a refusal, from figures that are none."""
    first = written.first
    if first is None:
        return False
    clocks = [clock for clock in (first, written.last) if clock]
    cued = after_date or written.zone is not None
    cued = cued or any(clock.marked or clock.half for clock in clocks)
    cued = cued or page.key(written.begin - 1) in lexicon.TIME_CUES
    return cued or (first.style is Style.COLON and first.hour <= _LAST_HOUR_TRIED)


def _why_not(written: Written) -> str:
    ends = [clock for clock in (written.first, written.last) if clock]
    if len(ends) == 2 and all(seconds_of(clock) is not None for clock in ends):
        return "ends before it starts; correct one of the two hours"
    return "is no time of day; correct it in the text"


def _read_conversions(
    page: Page, statement: Written, found: TimeFound, context: Context
) -> list[Atom]:
    """Read "(14:00-15:30 UTC)" or "/ 5pm PT" behind a time."""
    atoms: list[Atom] = []
    index = statement.stop
    enclosed = page.key(index) == "(" and page.at(index).near
    if not enclosed and page.key(index) not in {"/", "="}:
        return []
    while len(atoms) < _MOST_CONVERSIONS:
        begin = _skip(page, index)
        written = read_written(page, begin, context, bare=True) if begin > index else None
        if written is None or written.zone is None or _same_zone(written, statement):
            break
        converted = _judge(page, written, found.span, after_date=True)
        if converted is None:
            break
        atoms.append(Atom(begin, written.stop, converted))
        index = written.stop
        if not enclosed and page.key(index) not in {"/", "="}:
            break
    return atoms


def _skip(page: Page, index: int) -> int:
    stop = index
    while stop < index + 5 and page.at(stop).near and page.key(stop) in _BEFORE_CONVERSION:
        stop += 1
    return stop


def _same_zone(written: Written, statement: Written) -> bool:
    return bool(
        written.zone and statement.zone and written.zone.zone == statement.zone.zone is not None
    )
