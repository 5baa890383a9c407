"""The scan: from a text to the moments in it."""

from collections.abc import Callable, Iterator

from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.figures import DatePart
from scheduler.intake.moments.found import Context, Found
from scheduler.intake.moments.numeric_dates import read_numeric_dates
from scheduler.intake.moments.periods import read_period
from scheduler.intake.moments.resolving import resolve_dates
from scheduler.intake.moments.tokens import Kind, Page
from scheduler.intake.moments.worded_dates import read_worded_dates
from scheduler.intake.moments.years import share_years

Reader = Callable[[Page, int], list[Atom]]


def scan(text: str, context: Context) -> tuple[Found, ...]:
    """Return the dates, periods, times, zones and offsets of `text`, in order, not overlapping.

    Never raises on any text, and takes time linear in its length: every reader looks at a
    bounded number of tokens, and none is read again once something was found in it.
    """
    page = Page(text)
    atoms = share_years(page, list(_atoms(page)))
    dates = resolve_dates(page, atoms, context)
    return tuple(next(dates) if isinstance(atom.what, DatePart) else atom.what for atom in atoms)


def _atoms(page: Page) -> Iterator[Atom]:
    index = 0
    while index < len(page):
        found = _read(page, index)
        yield from found
        index = found[-1].stop if found else index + 1


def _read(page: Page, index: int) -> list[Atom]:
    if page.at(index).kind not in (Kind.NUMBER, Kind.WORD):
        return []
    return next((found for reader in _READERS if (found := reader(page, index))), [])


def _read_dates(page: Page, index: int) -> list[Atom]:
    found = read_numeric_dates(page, index) or read_worded_dates(page, index)
    return [Atom(part.begin, part.stop, part) for part in found[0]] if found else []


def _read_period(page: Page, index: int) -> list[Atom]:
    found = read_period(page, index)
    return [Atom(index, found[1], found[0])] if found else []


_READERS: tuple[Reader, ...] = (_read_dates, _read_period)
