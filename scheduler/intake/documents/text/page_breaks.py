"""What a page break leaves in a plain text: the number of the page, the head that runs on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.intake.documents.text.source import SourceLine

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—] ?\d{1,4} ?[-–—]|[Pp]age \d{1,4}(?: ?(?:of|/|sur) ?\d{1,4})?)\s*"
)


def without_page_breaks(lines: Iterable[SourceLine]) -> Iterator[SourceLine]:
    """Blank out page numbers, and below them a head that stood at the top of a page before.

    The lines keep their numbers, and a running head stays where it stands first.
    """
    heads: set[str] = set()
    at_top = True
    for line in lines:
        text = line.text.strip()
        if _PAGE_NUMBER.fullmatch(text):
            at_top = True
            yield replace(line, text="")
        elif at_top and text:
            at_top = False
            yield replace(line, text="") if text in heads else line
            heads.add(text)
        else:
            yield line
