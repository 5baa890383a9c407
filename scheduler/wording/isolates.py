"""Marks that keep foreign words in place in sentences that run from right to left (UAX 9).

A name, a time or an address in Latin letters would else take the brackets and the numbers beside
it with it, and be shown in another order than it was written in.
"""

import re

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
MARKS = FIRST_STRONG_ISOLATE + POP_ISOLATE + RIGHT_TO_LEFT_MARK

_PLACE = re.compile(r"%\((?!(?:count|num)\))\w+\)s")  # bare numbers keep their place by themselves


def isolated(text: str) -> str:
    """Return `text` so that it is shown on its own, in the direction of its first letter."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def isolating(sentence: str) -> str:
    """Return a right-to-left `sentence` whose `%(name)s` are each shown on their own.

    One that opens with such a place has a mark before it: programs take the direction of a line
    from its first letter, and that would be a foreign one.
    """
    places = _PLACE.sub(rf"{FIRST_STRONG_ISOLATE}\g<0>{POP_ISOLATE}", sentence)
    return RIGHT_TO_LEFT_MARK + places if places.startswith(FIRST_STRONG_ISOLATE) else places


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
