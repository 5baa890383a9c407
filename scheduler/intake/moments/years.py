"""Years that a text leaves out: from its lists, and from the day it speaks on."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.figures import DatePart, Figures
from scheduler.intake.moments.found import TimeFound, ZoneFound
from scheduler.intake.moments.tokens import Gap, Kind, Page

_JOINTS = frozenset({",", ";", "and", "&", "et", "und", "y", "|", "(", ")", "e"})
_WIDEST_JOINT = 6
_LOOK_BACK = 16
_LATE, _EARLY = 10, 3  # months between which a list passes over the turn of the year
_TOO_FAR = dt.timedelta(days=335)  # further ahead than this, the day just past is meant
_WEEKDAY_REACH = dt.timedelta(days=300)  # a weekday decides between days no further away


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that missing years are counted from; `fixed` where the year itself is given."""

    day: dt.date
    fixed: bool = False


def share_years(page: Page, atoms: Sequence[Atom]) -> list[Atom]:
    """Give the year in a list ("4 May, 6 June and 8 July 2024") to the members without one.

    A year at the end of a list counts for all of it; one at its beginning is borrowed.
    """
    chains = _chains(page, atoms)
    shared = list(atoms)
    for chain in chains:
        for position, follower in zip(chain[-2::-1], chain[:0:-1], strict=True):
            later = shared[follower].what
            shared[position] = _filled(shared[position], later, _year_before, borrowed=False)
        for position, leader in zip(chain[1:], chain[:-1], strict=True):
            earlier = shared[leader].what
            shared[position] = _filled(shared[position], earlier, _year_after, borrowed=True)
    return shared


def _chains(page: Page, atoms: Sequence[Atom]) -> list[list[int]]:
    """Return the positions of dates with nothing but joints, times and zones between them."""
    chains: list[list[int]] = []
    stop = None
    for position, atom in enumerate(atoms):
        linked = stop is not None and _joined(page, stop, atom.begin)
        if isinstance(atom.what, DatePart):
            if linked:
                chains[-1].append(position)
            else:
                chains.append([position])
            stop = atom.stop
        else:
            passes = linked and isinstance(atom.what, TimeFound | ZoneFound)
            stop = atom.stop if passes else None
    return chains


def _filled(
    atom: Atom, near: object, year_of: Callable[[Figures, DatePart], int | None], *, borrowed: bool
) -> Atom:
    part = atom.what
    if not isinstance(part, DatePart) or not isinstance(near, DatePart):
        return atom
    if part.first.year is not None or part.last.year is not None:
        return atom
    year = year_of(part.last, complete(near))
    single = part.first == part.last
    last = part.last._replace(year=year)
    part = complete(part._replace(last=last, first=last if single else part.first))
    return atom._replace(what=part._replace(borrowed=borrowed and year is not None))


def _joined(page: Page, stop: int, begin: int) -> bool:
    """Tell whether nothing but commas and conjunctions stands between two tokens."""
    return begin - stop <= _WIDEST_JOINT and all(
        page.key(index) in _JOINTS and page.at(index).gap < Gap.LINE for index in range(stop, begin)
    )


def _year_before(earlier: Figures, later: DatePart) -> int | None:
    """Return the year of a list's member before another: "30 December, 6 January 2025"."""
    year = later.first.year
    turns = earlier.month >= _LATE and later.first.month <= _EARLY
    return None if year is None else year - turns


def _year_after(later: Figures, earlier: DatePart) -> int | None:
    """Return the year of a list's member after another: "16 December 2024, 6 January"."""
    year = earlier.last.year
    turns = earlier.last.month >= _LATE and later.month <= _EARLY
    return None if year is None else year + turns


def complete(part: DatePart) -> DatePart:
    """Give a range's one year to both of its ends, over the turn of the year if need be."""
    first, last = part.first, part.last
    turns = (first.month, first.day) > (last.month, last.day) and first.month != last.month
    if first.year is None and last.year is not None:
        first = first._replace(year=last.year - turns)
    elif last.year is None and first.year is not None:
        last = last._replace(year=first.year + turns)
    return part._replace(first=first, last=last)


def infer_year(page: Page, part: DatePart, anchor: Anchor) -> int:
    """Return the most sensible year for a part that has none, whose day exists in some year.

    A coming day is the first on or after the anchor, one that was is the last before it; what
    would lie more than eleven months ahead is just past. A stated weekday that fits another
    year near by decides.
    """
    figures = part.first
    if anchor.fixed:
        return anchor.day.year
    this = (figures.month, figures.day) >= (anchor.day.month, anchor.day.day)
    coming = anchor.day.year + (not this)
    past = coming - 1
    best, other = (past, coming) if _is_past(page, part.begin) else (coming, past)
    coming_day = day_of(figures._replace(year=coming))
    if best == coming and coming_day and coming_day - anchor.day > _TOO_FAR:
        best, other = past, coming
    if best == past and day_of(figures._replace(year=coming)) == anchor.day:
        best, other = coming, past
    return other if _weekday_decides(figures, best, other, anchor.day) else best


def _weekday_decides(figures: Figures, best: int, other: int, anchor: dt.date) -> bool:
    if figures.weekday is None:
        return False
    day, rival = (day_of(figures._replace(year=year)) for year in (best, other))
    fits = day is not None and day.weekday() == figures.weekday
    return (
        not fits
        and rival is not None
        and rival.weekday() == figures.weekday
        and abs(rival - anchor) <= _WEEKDAY_REACH
    )


def day_of(figures: Figures) -> dt.date | None:
    """Return the day of complete figures, or None where there is no such day."""
    if figures.year is None:
        return None
    try:
        return dt.date(figures.year, figures.month, figures.day)
    except ValueError:
        return None


def _is_past(page: Page, begin: int) -> bool:
    """Tell by the words before it in its sentence whether a date is spoken of as past."""
    for index in range(begin - 1, max(begin - _LOOK_BACK, -1), -1):
        token = page.at(index)
        ends_sentence = token.key == "." and not page.at(index + 1).touches
        if ends_sentence or page.at(index + 1).gap is Gap.PARAGRAPH:
            return False
        if token.kind is Kind.WORD and token.key in lexicon.COMING:
            return False
        if token.kind is Kind.WORD and token.key in lexicon.PAST:
            return True
    return False
