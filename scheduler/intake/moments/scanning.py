"""The scan: from a text to the moments in it."""

from collections.abc import Iterator

from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.figures import DatePart
from scheduler.intake.moments.found import Context, Found, OffsetFound
from scheduler.intake.moments.joining import join_hours
from scheduler.intake.moments.lexicon import words
from scheduler.intake.moments.numeric_dates import read_numeric_dates
from scheduler.intake.moments.offsets import read_offsets
from scheduler.intake.moments.periods import read_period
from scheduler.intake.moments.resolving import resolve_dates
from scheduler.intake.moments.times import read_times
from scheduler.intake.moments.tokens import Kind, Page
from scheduler.intake.moments.worded_dates import read_worded_dates
from scheduler.intake.moments.years import share_years
from scheduler.intake.moments.zones import read_zone_alone

_DATE_TO_TIME = words(", - : ( | / ; @ at from a de um between entre t * _ [ by to . des")
_WIDEST_JOINT = 5


def scan(text: str, context: Context) -> tuple[Found, ...]:
    """Return the dates, periods, times, zones and offsets of `text`, in order, not overlapping.

    Never raises on any text, and takes time linear in its length: every reader looks at a
    bounded number of tokens, and none is read again once something was found in it.
    """
    return scan_page(Page(text), context)


def scan_page(page: Page, context: Context) -> tuple[Found, ...]:
    """Scan a text that stands in tokens already."""
    atoms = join_hours(page, share_years(page, list(_atoms(page, context))))
    dates = resolve_dates(page, atoms, context)
    return tuple(next(dates) if isinstance(atom.what, DatePart) else atom.what for atom in atoms)


def _atoms(page: Page, context: Context) -> Iterator[Atom]:
    index, last = 0, None
    while index < len(page):
        found = _read(page, index, context, last)
        yield from found
        last = found[-1] if found else last
        index = last.stop if last and found else index + 1


def _read(page: Page, index: int, context: Context, last: Atom | None) -> list[Atom]:
    if page.at(index).kind not in (Kind.NUMBER, Kind.WORD):
        return []
    dated = last is not None and _leads_to(page, last, index)
    return (
        read_offsets(page, index)
        or _read_dates(page, index)
        or read_times(page, index, context, after_date=dated)
        or _read_period(page, index)
        or _read_zone(page, index, context)
    )


def _leads_to(page: Page, last: Atom, index: int) -> bool:
    """Tell whether a date stands right before token `index`, so that an hour may follow."""
    return (
        isinstance(last.what, DatePart | OffsetFound)
        and index - last.stop <= _WIDEST_JOINT
        and all(page.key(between) in _DATE_TO_TIME for between in range(last.stop, index))
        and all(page.at(between).near for between in range(last.stop, index + 1))
    )


def _read_dates(page: Page, index: int) -> list[Atom]:
    found = read_numeric_dates(page, index) or read_worded_dates(page, index)
    return [Atom(part.begin, part.stop, part) for part in found[0]] if found else []


def _read_period(page: Page, index: int) -> list[Atom]:
    found = read_period(page, index)
    return [Atom(index, found[1], found[0])] if found else []


def _read_zone(page: Page, index: int, context: Context) -> list[Atom]:
    found = read_zone_alone(page, index, context)
    return [Atom(index, found[1], found[0])] if found else []
