"""Marks that keep foreign words in place in sentences that run from right to left (UAX 9).

A name, a time or an address in Latin letters would else take the brackets and the numbers beside
it with it, and be shown in another order than it was written in.
"""

import re
from unicodedata import bidirectional

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
MARKS = FIRST_STRONG_ISOLATE + POP_ISOLATE + RIGHT_TO_LEFT_MARK

_RIGHT_TO_LEFT = ("R", "AL")  # Hebrew and its like, Arabic and its like

# Bare numbers keep their place by themselves; an address that has a mark behind it is followed
# by programs with the mark in it, and leads nowhere.
_PLACE = re.compile(r"%\((?!(?:count|num|link|page|address)\))\w+\)s")


def isolated(text: str) -> str:
    """Return `text` so that it is shown on its own, in the direction of its first letter."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def isolating(sentence: str) -> str:
    """Return a right-to-left `sentence` whose `%(name)s` are each shown on their own.

    One that has no letter before its first place has a mark there: programs take the direction of
    a line from its first letter, and that would be a foreign one.
    """
    shown = _PLACE.sub(rf"{FIRST_STRONG_ISOLATE}\g<0>{POP_ISOLATE}", sentence)
    opening, place, _ = shown.partition(FIRST_STRONG_ISOLATE)
    opened = not place or any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in opening)
    return shown if opened else RIGHT_TO_LEFT_MARK + shown


def closed(text: str) -> str:
    """Return `text` without isolates that nothing closes, and closings of nothing.

    Those that are closed turn nothing around but what they hold, whoever wrote them.
    """
    if FIRST_STRONG_ISOLATE not in text and POP_ISOLATE not in text:
        return text
    alone: list[int] = []
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign == FIRST_STRONG_ISOLATE:
            opened.append(place)
        elif sign == POP_ISOLATE:
            if opened:
                opened.pop()
            else:
                alone.append(place)
    left = {*alone, *opened}
    return "".join(sign for place, sign in enumerate(text) if place not in left)
