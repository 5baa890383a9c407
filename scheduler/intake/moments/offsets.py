"""Offsets of deadlines: "7 days before the meeting", "28, 14 and 7 days before", "J-7"."""

from dataclasses import replace
from typing import NamedTuple

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.anchors import Phrase, anchor_of, read_phrase
from scheduler.intake.moments.atoms import Atom
from scheduler.intake.moments.figures import read_joint, read_weekday
from scheduler.intake.moments.found import OffsetFound, Span
from scheduler.intake.moments.numbers import read_cardinal
from scheduler.intake.moments.tokens import Gap, Kind, Page
from scheduler.model.deadline import Unit
from scheduler.model.problem import Problem, Severity

_MOST = 12  # members of a list such as "28, 14 and 7 days before"
_LARGEST = 999
_FORTNIGHT_WEEKS, _FORTNIGHT_DAYS = 2, 15  # a French "quinzaine" counts fifteen days
_ADJECTIVES = lexicon.CALENDAR_WORDS | lexicon.WORKING_WORDS | lexicon.CLEAR_WORDS
_UNITS = frozenset(lexicon.UNITS) | lexicon.FORTNIGHTS
_REACH = 60  # tokens of the longest list of numbers
_BESIDE = frozenset({"before", "prior", "preceding", "after", "following"})
_SINGLE = frozenset({"day", "week", "month", "jour", "tag"})


class Distance(NamedTuple):
    """A unit as written: how many of it one counts for, and whether the days are clear ones."""

    stop: int
    unit: Unit
    times: int = 1
    clear: bool = False


class Direction(NamedTuple):
    """Before or after, and what."""

    before: bool
    phrase: Phrase


def read_offsets(page: Page, begin: int) -> list[Atom]:
    """Read one offset, or a list of them that share their unit, at token `begin`."""
    token = page.at(begin)
    if token.kind not in (Kind.NUMBER, Kind.WORD) or not page.alone(begin):
        return []
    weekday = read_weekday(page, begin)
    start = weekday[1] if weekday else begin
    found = _read_counted(page, start)
    if found and weekday:
        return [_with_weekday(page, found[0], begin, weekday[0]), *found[1:]]
    if weekday and not found:
        return _read_weekday_before(page, begin, *weekday)
    return found or _read_short(page, begin) or _read_eve(page, begin)


def _read_weekday_before(page: Page, begin: int, weekday: int, stop: int) -> list[Atom]:
    """Read "the Friday before the meeting": the last one that lies before its day."""
    direction = _read_direction(page, stop) if page.key(stop) in _BESIDE else None
    if direction is None or not direction.before or not direction.phrase.keys:
        return []
    distance = Distance(stop, Unit.CALENDAR_DAY)
    atom = _atom(page, begin, direction.phrase.stop, 1, distance, direction)
    return [_with_weekday(page, atom, begin, weekday)]


def _with_weekday(page: Page, atom: Atom, begin: int, weekday: int) -> Atom:
    if not isinstance(atom.what, OffsetFound):
        return atom
    span = Span(page.at(begin).start, atom.what.span.end)
    text = page.excerpt(begin, atom.stop)
    return Atom(begin, atom.stop, replace(atom.what, span=span, text=text, weekday=weekday))


def _read_counted(page: Page, begin: int) -> list[Atom]:
    if not page.foresees(begin, _UNITS, _REACH):
        return []
    counts = _read_counts(page, begin)
    distance = _read_distance(page, counts[-1][2]) if counts else None
    if distance is None or _is_tail(page, begin):
        return []
    direction = _read_direction(page, distance.stop) or _look_back(page, begin, distance.stop)
    if direction is None:
        return []
    atoms = [
        _atom(page, first, stop, number, distance, direction) for number, first, stop in counts[:-1]
    ]
    number, first, _ = counts[-1]
    stop = max(direction.phrase.stop, distance.stop)
    return [*atoms, _atom(page, first, stop, number, distance, direction)]


def _is_tail(page: Page, begin: int) -> bool:
    """Tell whether a number belongs to one before it ("2-3 weeks", "one or two weeks")."""
    before = page.at(begin - 2)
    counted = before.kind is Kind.NUMBER or before.key in lexicon.UNITS
    return page.key(begin - 1) in {"-", "to", "or", "ou", "."} and counted


def _read_counts(page: Page, begin: int) -> list[tuple[int, int, int]]:
    """Return the numbers of a list, each with its first token and the one after it."""
    counts: list[tuple[int, int, int]] = []
    index, closed = begin, False
    while len(counts) < _MOST:
        count = _read_count(page, index)
        if count is None:
            break
        counts.append((count[0], index, count[1]))
        joint = read_joint(page, count[1])
        if joint is None or joint[0] == "/":
            break
        index, closed = joint[1], joint[0] in lexicon.AND
    # in "Session 4, 7 days before" the first number belongs to something else
    return counts if len(counts) != 2 or closed else []


def _read_count(page: Page, begin: int) -> tuple[int, int] | None:
    token = page.at(begin)
    if token.kind is Kind.NUMBER:
        count = (token.value, begin + 1) if 0 <= token.value <= _LARGEST else None
    elif token.key in {"a", "an"}:
        count = (1, begin + 1)
    else:
        count = read_cardinal(page, begin)
    if count is None or not page.at(count[1]).near:
        return None
    stop = count[1]
    repeated = page.key(stop) == "(" and page.key(stop + 2) == ")"
    return (count[0], stop + 3) if repeated and page.at(stop + 1).value == count[0] else count


def _read_distance(page: Page, begin: int) -> Distance | None:
    """Read a unit with the words around it: "calendar days", "jours ouvrables", "clear days"."""
    index, seen = begin, set[str]()
    while page.key(index) in _ADJECTIVES | {"-"} and index < begin + 5:
        seen.add(page.key(index))
        index += 1
    if page.key(index) in lexicon.FORTNIGHTS:
        return _read_fortnight(page, index)
    unit = lexicon.UNITS.get(page.key(index))
    if unit is None or page.at(index).gap > Gap.LINE:
        return None
    index += 1
    while page.key(index) in _ADJECTIVES and index < begin + 7:
        seen.add(page.key(index))
        index += 1
    if unit is Unit.CALENDAR_DAY and seen & lexicon.WORKING_WORDS:
        unit = Unit.WORKING_DAY
    return Distance(index, unit, clear=bool(seen & lexicon.CLEAR_WORDS))


def _read_fortnight(page: Page, index: int) -> Distance:
    if page.key(index) != "quinzaine":
        return Distance(index + 1, Unit.WEEK, _FORTNIGHT_WEEKS)
    days = page.key(index + 1) in lexicon.OF and page.key(index + 2) == "jours"
    return Distance(index + 3 if days else index + 1, Unit.CALENDAR_DAY, _FORTNIGHT_DAYS)


def _read_direction(page: Page, begin: int) -> Direction | None:
    """Read "before", "prior to", "in advance of", "after" and the phrase behind it."""
    index = begin
    index += page.key(index) in {"in", "'"} or page.says(index, "at", "least")
    word = page.key(index)
    if not page.at(index).near:
        return None
    if word in lexicon.BEFORE:
        before = True
    elif word in lexicon.AFTER and (word not in {"of", "from"} or _is_within(page, begin)):
        before = False
    else:
        return None
    index += 1
    index += page.key(index) in {"to", "of", "than", "de"} and page.at(index).near
    phrase = read_phrase(page, index)
    return Direction(before, phrase if phrase.keys else Phrase(index, index, ()))


def _is_within(page: Page, stop: int) -> bool:
    """Tell whether "within" opens "within four weeks of the meeting"."""
    return any(page.key(index) == "within" for index in range(stop - 6, stop))


def _look_back(page: Page, begin: int, stop: int) -> Direction | None:
    """Read the other order: "the deadline precedes each meeting by 7 days"."""
    if page.key(begin - 1) != "by":
        return None
    for index in range(begin - 2, begin - 12, -1):
        if page.key(index) in {"precede", "precedes", "preceding", "before"}:
            return Direction(True, Phrase(stop, stop, ()))
        if page.key(index) in {"follow", "follows", "after"}:
            return Direction(False, Phrase(stop, stop, ()))
        if page.key(index) in {".", ";"}:
            return None
    return None


def _read_short(page: Page, begin: int) -> list[Atom]:
    """Read "J-7", "D-7", "J+10"."""
    letter, sign, number = (page.at(begin + n) for n in range(3))
    if letter.key not in {"j", "d"} or not letter.capital or sign.key not in {"-", "+"}:
        return []
    if (
        number.kind is not Kind.NUMBER
        or len(number.key) > 2
        or page.key(begin - 1) in lexicon.NUMBERED
    ):
        return []
    tight = sign.touches and number.touches
    after = page.at(begin + 3)
    if not (tight or letter.key == "j") or (after.touches and after.kind is not Kind.MARK):
        return []
    empty = Direction(sign.key == "-", Phrase(begin + 3, begin + 3, ()))
    distance = Distance(begin + 3, Unit.CALENDAR_DAY)
    return [_atom(page, begin, begin + 3, number.value, distance, empty)]


def _read_eve(page: Page, begin: int) -> list[Atom]:
    """Read "the day before the meeting", "the week after", "la veille de la réunion"."""
    if page.key(begin) in lexicon.EVE:
        index = begin + 1
        index += page.key(index) in lexicon.OF
        direction: Direction | None = Direction(True, read_phrase(page, index))
        distance = Distance(index, Unit.CALENDAR_DAY)
    elif page.key(begin) in _SINGLE and page.key(begin - 1) in lexicon.ARTICLES:
        distance = Distance(begin + 1, lexicon.UNITS[page.key(begin)])
        followed = page.key(begin + 1) in _BESIDE and not _is_of_weekday(page, begin - 2)
        direction = _read_direction(page, begin + 1) if followed else None
    else:
        return []
    if direction is None or not direction.phrase.keys or page.key(distance.stop + 1) == "yesterday":
        return []
    return [_atom(page, begin, direction.phrase.stop, 1, distance, direction)]


def _is_of_weekday(page: Page, of: int) -> bool:
    """Tell whether "the week before" ends "the Thursday of the week before", which is no week."""
    return page.key(of) in lexicon.OF and read_weekday(page, of - 1) is not None


def _atom(
    page: Page, begin: int, stop: int, number: int, distance: Distance, direction: Direction
) -> Atom:
    phrase = direction.phrase
    # both ends of clear days are excluded, so that twelve of them are thirteen days away
    count = number * distance.times + distance.clear
    return Atom(
        begin,
        stop,
        OffsetFound(
            span=Span(page.at(begin).start, page.at(stop - 1).end),
            text=page.excerpt(begin, stop),
            offset=-count if direction.before else count,
            unit=distance.unit,
            anchor=anchor_of(phrase, distance.unit, before=direction.before),
            anchor_text=page.excerpt(phrase.begin, phrase.stop) if phrase.keys else "",
            problems=(_clear_days(number, count),) if distance.clear else (),
        ),
    )


def _clear_days(number: int, count: int) -> Problem:
    message = f"{number} clear days leave out both ends; the deadline is {count} days away"
    return Problem("clear_days", Severity.NOTICE, message)
