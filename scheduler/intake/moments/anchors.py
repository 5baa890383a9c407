"""What an offset is counted from: "the start of the meeting", "the closing date", or unsaid."""

from typing import NamedTuple

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.tokens import Gap, Kind, Page
from scheduler.model.deadline import Anchor, Unit

_LONGEST = 16
_NOUNS = (
    lexicon.MEETING_NOUNS | lexicon.DAY_NOUNS | lexicon.STARTS | lexicon.OPENINGS | lexicon.ENDS
)
_LAST_DAY = frozenset({"last", "final", "closing", "end", "ending", "dernier", "cloture", "fin"})
_FIRST_DAY = frozenset({"first", "opening", "start", "starting", "premier", "ouverture", "debut"})


class Phrase(NamedTuple):
    """The noun phrase behind "before" or "after", as keys, and the token after it."""

    begin: int
    stop: int
    keys: tuple[str, ...]


def read_phrase(page: Page, begin: int) -> Phrase:
    """Read the noun phrase at `begin`; it is empty where none follows."""
    keys: list[str] = []
    stop = index = begin
    while index < begin + _LONGEST and page.at(index).gap <= Gap.LINE:
        token = page.at(index)
        if token.key in _NOUNS:
            keys.append(token.key)
            index = stop = index + 1
            continue
        named = token.kind is Kind.WORD and token.capital
        if not (named or token.key in lexicon.ANCHOR_ADJECTIVES or token.key in {"-", "/", "'"}):
            break
        keys.append(token.key)
        index += 1
    head = page.at(index)
    if begin == stop < index and head.kind is Kind.WORD and head.gap <= Gap.LINE:
        # some other thing, such as "the deadline"
        keys.append(head.key)
        stop = index + 1
    return Phrase(begin, stop, tuple(keys[: stop - begin]))


def anchor_of(phrase: Phrase, unit: Unit, *, before: bool) -> Anchor:
    """Return what is meant: the meeting's day, unless the phrase or hours ask for an instant.

    What comes after a meeting is counted from its end.
    """
    keys = set(phrase.keys)
    dated = bool(keys & lexicon.DAY_NOUNS)
    if keys & lexicon.ENDS or (dated and keys & _LAST_DAY):
        return Anchor.MEETING_END_DATE if dated else Anchor.MEETING_END
    if keys & lexicon.STARTS or (dated and keys & _FIRST_DAY):
        return Anchor.MEETING_DATE if dated and unit is not Unit.HOUR else Anchor.MEETING_START
    if unit is Unit.HOUR:
        return Anchor.MEETING_START if before else Anchor.MEETING_END
    opening = bool(keys & lexicon.OPENINGS)
    return Anchor.MEETING_DATE if before or dated or opening else Anchor.MEETING_END_DATE
