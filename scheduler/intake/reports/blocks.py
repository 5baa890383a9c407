"""The blocks of a document as they were meant: wrapped sentences joined, entries apart."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from scheduler.intake.documents.document import Document, Line, Passage, Table, joined
from scheduler.intake.moments import Context, DateFound, Found, RejectedFound, scan

# What may stand before the date of an entry: "Call 3:", "Interim meeting #2 –", "When:".
_LABEL = re.compile(
    r"^[\W_]*(?:(?:\w+[ -]){0,2}(?:interims?|calls?|meetings?|e-meetings?|sessions?|tele\w+"
    r"|réunion|séance|appel"
    r"|when|dates?|quand)?\s*(?:(?:no\.?|n°|#|nr\.?)\s*)?[0-9ivxIVX]{0,4}[\s:.)–—*_(-]*(?:on|le)?\s*)$",
    re.IGNORECASE,
)
_SHORT_LABEL = re.compile(r"^[\W_]*(?:[\w/#.-]+ ){0,2}[\w/#.-]+\s?:[\s*_]*$")
_LONGEST_LABEL = 40
_WRAPPED_WIDTH = 60
_WIDEST_WRAP = 80
# A line that says more of the entry above it.
_DETAIL = re.compile(
    r"^\W*(?:(?:main )?topics?|agenda|subject|venue|place|location|mode|format|link|url|zoom"
    r"|dial-?in"
    r"|time|duration|(?:[\w-]+ ){0,2}deadline|lieu|sujet|thème|ordre du jour|heure)\s?:",
    re.IGNORECASE,
)
_HEAD = 120
_ATTRIBUTION = re.compile(r"(?:wrote|writes|a écrit)\s?:\s*$", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^\W*(?:original message|forwarded message|begin forwarded message"
    r"|message (?:d['’]origine|transféré))\W*(?:From: |De : ?|$)",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?:(?<!\w)(?:to|on|at|and|from|of|is|are|by|than|least|for|du|de|le|à|et|est|sont"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di"
    r"|dimanche)|[0-9,–-])$",
    re.IGNORECASE,
)
_TIME_BEGINS = re.compile(
    r"(?:[0-9]|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)",
    re.IGNORECASE,
)
_ROW_DATE = re.compile(
    r"^\W*(?:[A-Za-zé]{3,9}\.?,? )?(?:[0-9]{1,4}[-./ ]|[A-Z][a-zé]{2,8}\.? [0-9]{1,2})"
)
_ROW_LABEL = re.compile(r"^\(?(?:[0-9]{1,3}|[ivxIVX]{1,5}|[A-Za-z])[.)]?$")
_FIRST_SIGNS = ("1", "a", "A", "i", "I")
_SENTENCE_ENDS = (".", ":", ";", "!", "?")


def blocks_of(document: Document, context: Context) -> Iterator[Passage | Table]:
    """Yield the blocks that are its author's own, each entry with the lines that belong to it."""
    yield from _nested(_own_words(document), context)


def leads_with_date(text: str, found: tuple[Found, ...]) -> bool:
    """Tell whether a text begins with a date, but for a label such as "Call 3:"."""
    first = next((one for one in found if isinstance(one, DateFound | RejectedFound)), None)
    if first is None or first.span.start > _LONGEST_LABEL:
        return False
    before = text[: first.span.start]
    others = [one.span for one in found if one.span.start < first.span.start]
    for span in reversed(others):
        before = before[: span.start] + before[span.end :]
    return bool(_LABEL.match(before) or _SHORT_LABEL.match(before))


def _own_words(document: Document) -> Iterator[Passage | Table]:
    """Yield the blocks without the mails that are answered; broken sentences are joined again."""
    held: Passage | None = None
    width = max((len(line.written) for line in document.lines), default=0)
    for block in takewhile(_is_unforwarded, document.blocks):
        if isinstance(block, Passage) and (block.quote_depth or _ATTRIBUTION.search(block.text)):
            continue
        if held is not None and isinstance(block, Passage) and _goes_on(held, block):
            held = joined((*held.lines, *block.lines))
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Passage) else None
        if isinstance(block, Table):
            yield from _listed_rows(block)
        elif len(block.lines) > 1 and (block.item is not None or _ROW_DATE.match(block.text)):
            *entries, held = _unwrapped(block, min(width, _WIDEST_WRAP))
            yield from entries
    if held is not None:
        yield held


def _is_unforwarded(block: Passage | Table) -> bool:
    """Tell whether a block is not the line below which an answered mail stands whole."""
    return not (isinstance(block, Passage) and _ORIGINAL.search(block.text))


def _unwrapped(block: Passage, width: int) -> list[Passage]:
    """Part an item from a sentence below it, whose first word would have fitted on its line."""
    parts: list[list[Line]] = [[block.lines[0]]]
    for above, line in pairwise(block.lines):
        if _stands_apart(above, line, width):
            parts.append([])
        parts[-1].append(line)
    return [joined(tuple(part)) for part in parts]


def _stands_apart(above: Line, line: Line, width: int) -> bool:
    """Tell whether a line is a sentence of its own: its first word had room on the one above."""
    word = line.text.split(" ", 1)[0]
    fitted = len(above.written) + 1 + len(word) <= width and line.text.endswith(".")
    return fitted and word[:1].isupper() and above.text[-1:] not in (",", "-", "–")


def _goes_on(above: Passage, below: Passage) -> bool:
    """Tell whether a line break parted a date or a time of one sentence."""
    plain = above.item is None and above.heading_level is None and below.heading_level is None
    adjacent = below.number == above.lines[-1].number + 1 and below.item is None
    timed = _OPEN_END.search(above.text) and _TIME_BEGINS.match(below.text)
    long = len(above.lines[-1].written) >= _WRAPPED_WIDTH and below.text[:1].islower()
    return plain and adjacent and bool(timed or (long and above.text[-1:] not in _SENTENCE_ENDS))


def _listed_rows(table: Table) -> Iterator[Passage | Table]:
    """Yield a table as it is, or as a list where it has no heading and every row is a date's."""
    rows = [row.cells for row in table.rows]
    labelled = all(len(row) > 1 and _ROW_LABEL.match(row[0]) for row in rows)
    leading = all(_ROW_DATE.match(row[labelled]) for row in rows if row)
    if not leading or any(row.header for row in table.rows):
        yield table
        return
    for row in table.rows:
        text = ", ".join(cell for cell in row.cells[labelled:] if cell)
        item = row.cells[0].strip("(). ") if labelled else ""
        yield joined((Line(number=row.number, text=text, written=text, item=item),))


def numbered(block: Passage) -> Passage:
    """Return a numbered line that was taken for a heading as the list item it is."""
    line = replace(block.lines[0], item=block.heading_number, heading_level=None)
    return joined((line, *block.lines[1:]))


def _nested(blocks: Iterable[Passage | Table], context: Context) -> Iterator[Passage | Table]:
    """Yield the blocks, items below a dated item joined to it."""
    held: Passage | None = None
    for block in blocks:
        if held is not None and isinstance(block, Passage) and _belongs(block, held, context):
            held = joined((*_ended(held.lines), *block.lines))
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(block, Passage) and block.heading_level is None and is_dated(block, context):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def _belongs(block: Passage, above: Passage, context: Context) -> bool:
    deeper = block.item is not None and above.item is not None
    deeper = deeper and block.item_level > above.item_level and _is_of_list(block, above)
    below = block.number == above.lines[-1].number + 1 and block.heading_level is None
    labelled = below and _DETAIL.match(block.text) is not None
    return (deeper or labelled) and not is_dated(block, context)


def _is_of_list(block: Passage, above: Passage) -> bool:
    """Tell whether an item begins a list below another item, or goes on with one there."""
    sign = block.item or ""
    within = {line.item for line in above.lines[1:]}
    return not sign.isalnum() or sign in _FIRST_SIGNS or any(within)


def is_dated(block: Passage, context: Context) -> bool:
    """Tell whether a passage begins with a date."""
    return _begins_with_date(block.text, context)


def _begins_with_date(text: str, context: Context) -> bool:
    head = text[:_HEAD]
    return leads_with_date(head, scan(head, context))


def _ended(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Close the last line with a semicolon, so that what follows stands apart from it."""
    last = lines[-1]
    text = last.text.rstrip(" ;:,") + ";"
    return (*lines[:-1], replace(last, text=text))


def paragraphs(block: Passage, context: Context) -> Iterator[Passage]:
    """Yield a passage whole, or apart where its lines are entries that begin with a date."""
    if len(block.lines) == 1 and not is_dated(block, context):
        yield block
        return
    gathered: list[Line] = []
    listing = False
    width = max(len(line.written) for line in block.lines)
    for line in block.lines:
        dated = _begins_with_date(line.text, context)
        begins = dated and (
            listing or not gathered or gathered[-1].text.rstrip().endswith(_SENTENCE_ENDS)
        )
        if begins and gathered:
            yield joined(tuple(gathered))
            gathered = []
        elif listing and not dated and _stands_apart(gathered[-1], line, width):
            yield joined(tuple(gathered))
            gathered, listing = [], False
        listing = listing or begins
        gathered.append(replace(line, item="") if begins else line)
    yield joined(tuple(gathered))
