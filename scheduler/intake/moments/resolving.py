"""From dates as written to days: which order, which year, which weekday, and what cannot be."""

import datetime as dt
from collections.abc import Iterator, Sequence

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.figures import (
    FIRST_YEAR,
    LAST_YEAR,
    DatePart,
    Figures,
    read_strange_year,
)
from scheduler.intake.moments.found import Context, DateFound, RejectedFound, Span
from scheduler.intake.moments.sentences import in_words
from scheduler.intake.moments.tokens import Page
from scheduler.intake.moments.years import Anchor, complete, day_of, infer_year
from scheduler.model.problem import Problem, Severity

_LEAP = 2000  # a year in which 29 February exists
_TWELVE = 12


def resolve_dates(
    page: Page, atoms: Sequence[Atom], context: Context
) -> Iterator[DateFound | RejectedFound]:
    """Yield a day, a range or a refusal for every date part among `atoms`, in order."""
    parts = [atom.what for atom in atoms if isinstance(atom.what, DatePart)]
    month_first = _month_first(parts)
    anchor = _given_anchor(context) or _first_stated(parts)
    for part in parts:
        ordered, rival = _ordered(part, month_first)
        found = _settle(page, ordered, rival, anchor, month_first)
        if isinstance(found, DateFound) and not found.year_inferred and not _given(context):
            anchor = Anchor(found.first)
        yield found


def _given(context: Context) -> bool:
    return context.speaks_on is not None or context.year is not None


def _given_anchor(context: Context) -> Anchor | None:
    if context.year is not None and dt.MINYEAR < context.year < dt.MAXYEAR:
        return Anchor(dt.date(context.year, 1, 1), fixed=True)
    return Anchor(context.speaks_on) if context.speaks_on else None


def _first_stated(parts: Sequence[DatePart]) -> Anchor | None:
    days = (day_of(complete(part).first) for part in parts)
    return next((Anchor(day) for day in days if day), None)


def _month_first(parts: Sequence[DatePart]) -> bool | None:
    """Return how the text itself orders figures; None where it does not show."""
    unsure = [figures for part in parts if part.unsure for figures in (part.first, part.last)]
    day_first = any(figures.day > _TWELVE >= figures.month for figures in unsure)
    month_first = any(figures.month > _TWELVE >= figures.day for figures in unsure)
    return None if day_first == month_first else month_first


def _swap(part: DatePart) -> DatePart:
    first, last = (
        figures._replace(day=figures.month, month=figures.day)
        for figures in (part.first, part.last)
    )
    return part._replace(first=first, last=last)


def _ordered(part: DatePart, month_first: bool | None) -> tuple[DatePart, DatePart | None]:
    """Return a part in its likely order of day and month, and in the other if that can be."""
    if not part.unsure:
        return part, None
    swapped = _swap(part)
    if not _exists(part):
        return (swapped, None) if _exists(swapped) else (part, None)
    if not _exists(swapped) or swapped == part:
        return part, None
    weekday = part.first.weekday
    if weekday is not None and _weekday(part.first) != _weekday(swapped.first):
        if _weekday(part.first) == weekday:
            return part, None
        if _weekday(swapped.first) == weekday:
            return swapped, None
    return (swapped, part) if month_first else (part, swapped)


def _weekday(figures: Figures) -> int | None:
    day = day_of(figures)
    return day.weekday() if day else None


def _exists(part: DatePart) -> bool:
    first, last = day_of(part.first), day_of(part.last)
    return first is not None and last is not None and first <= last


def _settle(
    page: Page, part: DatePart, rival: DatePart | None, anchor: Anchor | None, order: bool | None
) -> DateFound | RejectedFound:
    part = complete(part)
    inferred = part.first.year is None
    strange = read_strange_year(page, part.stop) if inferred else None
    if strange is not None:
        return _reject(page, part._replace(stop=strange), "invalid_date", _STRANGE_YEAR)
    if not _exists_in_some_year(part):
        return _reject(page, part, "invalid_date", _NO_SUCH_DAY)
    if inferred and anchor is None:
        return _reject(page, part, "missing_year", _MISSING_YEAR)
    if inferred and anchor is not None:
        year = infer_year(page, part, anchor)
        part = complete(part._replace(first=part.first._replace(year=year)))
    first, last = day_of(part.first), day_of(part.last)
    if first is None or last is None:
        return _reject(page, part, "invalid_date", _NO_SUCH_DAY)
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR and first <= last:
        return _reject(page, part, "invalid_date", _STRANGE_YEAR)
    if last < first:
        return _reject(page, part, "invalid_date", f"it ends on {in_words(last)}, before it starts")
    alternatives = _alternatives(rival)
    problems = [
        *([_year_inferred(page, part, anchor)] if inferred or part.borrowed else []),
        *_weekday_problems(part),
        *(_ambiguous(page, part, first, other[0], order) for other in alternatives),
    ]
    return DateFound(
        span=_span(page, part),
        text=page.excerpt(part.begin, part.stop),
        first=first,
        last=last,
        weekday=part.first.weekday,
        year_inferred=inferred or part.borrowed,
        alternatives=alternatives,
        problems=tuple(problems),
    )


def _exists_in_some_year(part: DatePart) -> bool:
    ends = (part.first, part.last)
    return all(day_of(end._replace(year=end.year or _LEAP)) is not None for end in ends)


_NO_SUCH_DAY = "there is no such day; correct the date in the text"
_STRANGE_YEAR = (
    f"calendars know the years {FIRST_YEAR} to {LAST_YEAR}; correct the year in the text"
)
_MISSING_YEAR = (
    "the year is not stated, and the text has no date to infer it from; "
    "give the day the text speaks from"
)


def _alternatives(part: DatePart | None) -> tuple[tuple[dt.date, dt.date], ...]:
    first, last = (day_of(part.first), day_of(part.last)) if part else (None, None)
    return ((first, last),) if first and last else ()


def _span(page: Page, part: DatePart) -> Span:
    return Span(page.at(part.begin).start, page.at(part.stop - 1).end)


def _reject(page: Page, part: DatePart, code: str, message: str) -> RejectedFound:
    text = page.excerpt(part.begin, part.stop)
    problem = Problem(code, Severity.ERROR, f"{text!r}: {message}")
    return RejectedFound(span=_span(page, part), text=text, problem=problem)


def _year_inferred(page: Page, part: DatePart, anchor: Anchor | None) -> Problem:
    text = page.excerpt(part.begin, part.stop)
    if part.borrowed:
        reason = "from the date before it"
    elif anchor is None or anchor.fixed:
        reason = "from its heading"
    else:
        reason = f"as seen from {in_words(anchor.day)}"
    message = f"the year of {text!r} is not stated; {part.first.year} was inferred {reason}"
    return Problem("year_inferred", Severity.NOTICE, message)


def _weekday_problems(part: DatePart) -> Iterator[Problem]:
    ends = (part.first,) if part.first == part.last else (part.first, part.last)
    for figures in ends:
        day = day_of(figures)
        if day is None or figures.weekday in (None, day.weekday()):
            continue
        names = lexicon.WEEKDAYS_IN_ENGLISH
        message = (
            f"{in_words(day)} is a {names[day.weekday()]}, "
            f"but the text says {names[figures.weekday or 0]}"
        )
        yield Problem("weekday_mismatch", Severity.WARNING, message)


def _ambiguous(
    page: Page, part: DatePart, day: dt.date, rival: dt.date, month_first: bool | None
) -> Problem:
    text = page.excerpt(part.begin, part.stop)
    why = (
        "day before month, for want of a sign in the text"
        if month_first is None
        else "as the other dates of the text are written"
    )
    message = f"{text!r} was read as {in_words(day)} ({why}); it could be {in_words(rival)}"
    severity = Severity.WARNING if month_first is None else Severity.NOTICE
    return Problem("ambiguous_date", severity, message)
