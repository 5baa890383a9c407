"""Parts of a sentence that a page keeps in one piece: a zone with its brackets, hours, acronyms.

A line that ends between them takes a comma or a bracket to the wrong side in a sentence that runs
from right to left, and reads as two names in any other. Pages alone have it: a mark that forbids
the break would be copied, and sought in vain, in feeds and letters.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup

LONGEST_COMPOUND = 14  # letters that fit a heading on the narrowest phone

_ZONE = r"[(（][^()（）]*UTC[+-]\d\d:\d\d[^()（）]*[)）]"
_COMPOUND = r"[^\W_]+(?:-[^\W_]+)+"
_HOURS = r"\d\d:\d\d(?::\d\d)?–\d\d:\d\d(?::\d\d)?"
_WHOLE = re.compile(f"{_ZONE}|{_HOURS}|{_COMPOUND}")


def unbroken(text: str) -> Markup:
    """Return `text` as HTML; what belongs together stands in an element that does not break."""
    return Markup("").join(_parts(text))


def _parts(text: str) -> Iterator[Markup]:
    done = 0
    for found in _WHOLE.finditer(text):
        yield Markup.escape(text[done : found.start()])
        yield _whole(found[0])
        done = found.end()
    yield Markup.escape(text[done:])


def _whole(words: str) -> Markup:
    if words[0] in "(（":
        return Markup('<bdi class="boxed">{}</bdi>').format(words)
    # A compound without a capital is a word as others are, and may end a line.
    if "–" not in words and (words == words.lower() or len(words) > LONGEST_COMPOUND):
        return Markup.escape(words)
    return Markup('<bdi class="unbroken">{}</bdi>').format(words)
