"""Sentences of a text, with the offsets they begin at."""

import re
from collections.abc import Iterator

# A full stop that ends no sentence: titles, abbreviations, months, initials.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:Mr|Mrs|Ms|Dr|Prof|MM|Mme|M|No|Nos|Nr|n°|Rev|Rév|Res|Rec|Vol|Art|Sec|Fig|Doc|doc|Ref|Tel|vs|cf|etc"
    r"|e\.g|i\.e|p\.ex|incl|approx|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|janv|févr|avr|juil|déc"
    r"|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun|[A-Z]|h|min|hrs?)$"
)
_MERIDIEM = re.compile(r"\b[ap]\.m$", re.IGNORECASE)
_AFTER_MERIDIEM = re.compile(
    r"(?:[A-Z]{2,5}\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Eastern|Pacific|Central|\d)"
)
_END = re.compile(r"[.!?](?:[\"'”’»)]{0,2})(?=\s)")
LONGEST = 2000
_LONGEST_BRACKETS = 400
_BRACKETS = re.compile(r"[()\[\]]|" + _END.pattern)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with the offset it begins at.

    None ends inside brackets, unless they are left open, or after an abbreviation. One longer
    than any that people write is cut between words: what reads sentences may then compare
    everything in one with everything else in it, and the whole still takes linear time.
    """
    for begin, sentence in _sentences(text):
        yield from _pieces(begin, sentence)


def _pieces(begin: int, sentence: str) -> Iterator[tuple[int, str]]:
    while len(sentence) > LONGEST:
        cut = sentence.rfind(" ", LONGEST // 2, LONGEST)
        cut = cut if cut > 0 else LONGEST
        yield from _stripped(sentence, 0, cut, begin)
        begin, sentence = begin + cut, sentence[cut:]
    yield from _stripped(sentence, 0, len(sentence), begin)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    begin = depth = opened = 0
    for match in _BRACKETS.finditer(text):
        sign = match[0][0]
        if depth and match.start() - opened > _LONGEST_BRACKETS:
            depth = 0
        if sign in "([":
            opened = match.start()
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and _ends(text, match):
            yield from _stripped(text, begin, match.end())
            begin = match.end()
    yield from _stripped(text, begin, len(text))


def bracket_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where round brackets stand, outermost only, as (start, end)."""
    spans: list[tuple[int, int]] = []
    depth = begin = 0
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            begin = match.start() if depth == 0 else begin
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((begin, match.end()))
    return tuple(spans)


def _ends(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    following = text[match.end() : match.end() + 12].lstrip()
    if _MERIDIEM.search(before):
        return bool(following) and following[0].isupper() and not _AFTER_MERIDIEM.match(following)
    return match[0][0] != "." or (not _ABBREVIATION.search(before) and not following[:1].islower())


def _stripped(text: str, begin: int, end: int, base: int = 0) -> Iterator[tuple[int, str]]:
    part = text[begin:end]
    stripped = part.strip()
    if stripped:
        yield base + begin + len(part) - len(part.lstrip()), stripped
