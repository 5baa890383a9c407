"""An offset and the hour beside it are one: "7 days before the meeting, at 16:00 UTC"."""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.figures import DatePart
from scheduler.intake.moments.found import OffsetFound, Span, TimeFound
from scheduler.intake.moments.lexicon import words
from scheduler.intake.moments.tokens import Gap, Page

_BEHIND = words(", at by ( a @ - no not later than latest the until before on that day local")
_AHEAD = words(", on ( at least no not later than exactly the le au plus tard")
_WIDEST = 6


def join_hours(page: Page, atoms: Sequence[Atom]) -> list[Atom]:
    """Give each offset the hour that stands right behind it, or else right before it."""
    joined: list[Atom] = []
    for position, atom in enumerate(atoms):
        before = joined[-1] if joined else None
        if before and _may_take(before, atom) and _linked(page, before.stop, atom.begin, _BEHIND):
            joined[-1] = _join(page, before, atom, before, atom)
        elif (
            before
            and _may_take(atom, before)
            and _linked(page, before.stop, atom.begin, _AHEAD)
            and not _belongs_to_date(page, joined)
        ):
            joined[-1] = _join(page, atom, before, before, atom)
        else:
            joined.append(atoms[position])
    return joined


def _may_take(offset: Atom, hour: Atom) -> bool:
    return (
        isinstance(offset.what, OffsetFound)
        and offset.what.clock is None
        and offset.what.convention is None
        and isinstance(hour.what, TimeFound)
        and hour.what.end is None
        and hour.what.conversion_of is None
    )


def _linked(page: Page, stop: int, begin: int, links: frozenset[str]) -> bool:
    """Tell whether only linking words stand between; nothing at all does within a line."""
    if begin == stop:
        return page.at(begin).gap < Gap.LINE
    return begin - stop <= _WIDEST and all(
        page.key(index) in links and page.at(index).near for index in range(stop, begin)
    )


def _belongs_to_date(page: Page, joined: Sequence[Atom]) -> bool:
    """Tell whether the last time stands behind a date of its own."""
    if len(joined) < 2 or not isinstance(joined[-2].what, DatePart):
        return False
    return _linked(page, joined[-2].stop, joined[-1].begin, _BEHIND)


def _join(page: Page, offset: Atom, hour: Atom, first: Atom, second: Atom) -> Atom:
    if not isinstance(offset.what, OffsetFound) or not isinstance(hour.what, TimeFound):
        return offset
    enclosed = page.key(hour.begin - 1) == "(" and page.key(hour.stop) == ")"
    stop = second.stop + (enclosed and hour is second)
    found = replace(
        offset.what,
        span=Span(page.at(first.begin).start, page.at(stop - 1).end),
        text=page.excerpt(first.begin, stop),
        clock=hour.what.start,
        clock_day_offset=hour.what.start_day_offset,
        stated_zone=hour.what.stated_zone,
        convention=hour.what.convention,
        problems=(*offset.what.problems, *hour.what.problems),
    )
    return Atom(first.begin, stop, found)
