"""What a line is: a heading, a list item or plain text, told by its own look and its neighbours."""

import re
from dataclasses import dataclass, replace

from scheduler.intake.documents.document import Line, Table
from scheduler.intake.documents.text.characters import folded
from scheduler.intake.documents.text.marks import (
    HeadingNumber,
    Mark,
    automatic,
    bullet_or_order,
    heading_number,
    set_off_number,
)
from scheduler.intake.documents.text.source import SourceLine

_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+(?=[^\s#])")
_CLOSING_HASHES = re.compile(r"[ \t]#+$")
# "13. March 2024" and "20. 2. 2024" are dates, in many languages, and no list items.
_DOTTED_DATE = re.compile(r"(?:[^\W\d_]+\.?|\d{1,2}\.)\s*\d{4}\b")
_DATED = re.compile(r"\b\d{4}\b.*\d{3}|\d[:.h]\d\d|\b\d{1,2} [^\W\d]+ \d{4}\b")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_LONGEST_TITLE = 100
_SHORTEST_CAPITALS = 8
_DEEPEST_LIST = 12
_MARK_DRIFT = 4  # columns by which right-aligned numbers of one list stand apart


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list that may go on: how far it is indented, and its last mark."""

    indent: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Outline:
    """What has been read so far: open lists, outermost first, and the last heading's number.

    `fresh` says that the next line begins a paragraph, `ended` that the last one ended a sentence.
    """

    lists: tuple[OpenList, ...] = ()
    heading: str | None = None
    fresh: bool = True
    ended: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A line between its neighbours; `markdown` settles what a number and a dot mean."""

    line: SourceLine
    following: SourceLine | Table | None
    markdown: bool


def classify(setting: Setting, outline: Outline) -> tuple[Line, Outline]:
    """Return the line as it is to be understood, and what is known after it."""
    found = (
        _marked_heading(setting.line)
        or _automatic_item(setting.line, outline)
        or _numbered_heading(setting, outline)
        or _written_item(setting, outline)
        or _capital_heading(setting, outline)
        or (_plain(setting.line), _after_plain(setting.line, outline))
    )
    line, after = found
    ended = line.text.endswith((".", ":", ";", "!", "?"))
    fresh = setting.line.ends or line.heading_level is not None or line.text.endswith(":")
    return line, replace(after, fresh=fresh, ended=ended)


def _plain(line: SourceLine) -> Line:
    text = folded(line.text)
    return Line(number=line.number, text=text, written=text, quote_depth=line.quote_depth)


def _after_plain(line: SourceLine, outline: Outline) -> Outline:
    closes = outline.fresh and outline.lists and line.indent <= outline.lists[0].indent
    return replace(outline, lists=()) if closes else outline


def _heading(line: SourceLine, level: int, number: str | None, title: str) -> tuple[Line, Outline]:
    written = folded(f"{line.mark or ''} {line.text}")
    heading = replace(
        _plain(line),
        text=folded(title),
        written=written,
        heading_level=level,
        heading_number=number,
    )
    return heading, Outline(heading=number)


def _marked_heading(line: SourceLine) -> tuple[Line, Outline] | None:
    """Read a heading that the format itself shows: a Word style, `#`, an underlining."""
    text = line.text.strip()
    hashes = _MARKDOWN_HEADING.match(text)
    level = line.heading_level or (len(hashes[1]) if hashes else None)
    if level is None:
        return None
    title = _CLOSING_HASHES.sub("", text[hashes.end() :]) if hashes else text
    line = replace(line, text=title)
    if line.mark:
        return _heading(line, level, line.mark.strip().strip("().") or None, title)
    number = heading_number(title)
    if number and not title[number.length].isdigit() and (number.dotted or not _is_date(title)):
        return _heading(line, level, number.number, title[number.length :])
    return _heading(line, level, None, title)


def _is_date(text: str) -> bool:
    """Tell whether a text that starts with a number looks like "20 February 2024"."""
    number = heading_number(text)
    return bool(number and _DOTTED_DATE.match(text[number.length :]))


def _automatic_item(line: SourceLine, outline: Outline) -> tuple[Line, Outline] | None:
    if line.mark is None:
        return None
    return _item(line, automatic(line.mark), outline, f"{line.mark} {line.text}")


def _written_item(setting: Setting, outline: Outline) -> tuple[Line, Outline] | None:
    text = setting.line.text.strip()
    mark = bullet_or_order(text) or set_off_number(text)
    if mark is None or not _is_item(mark, text[mark.length :], setting.line, outline):
        return None
    return _item(setting.line, mark, outline, text)


def _is_item(mark: Mark, rest: str, line: SourceLine, outline: Outline) -> bool:
    continues = any(mark.follows(open_list.mark) for open_list in outline.lists)
    if continues:
        return True
    if mark.is_bullet:
        begins = outline.fresh or outline.ended or mark.sign not in "-–—+*"
        return begins or (bool(outline.lists) and line.indent > outline.lists[-1].indent)
    if mark.sign.isdigit() and _DOTTED_DATE.match(rest):
        return False
    initial_of_a_name = len(mark.sign) == 1 and mark.sign.isupper()
    return mark.is_first or (outline.fresh and not initial_of_a_name)


def _item(line: SourceLine, mark: Mark, outline: Outline, text: str) -> tuple[Line, Outline]:
    lists = _with_item(outline.lists, OpenList(line.indent, mark))
    item = replace(
        _plain(line),
        text=folded(text[mark.length :] if mark.length else line.text),
        written=folded(text),
        item=mark.sign,
        item_level=len(lists) - 1,
    )
    return item, replace(outline, lists=lists)


def _with_item(lists: tuple[OpenList, ...], new: OpenList) -> tuple[OpenList, ...]:
    """Put an item where it belongs: it continues an open list, or opens one inside the last."""
    for depth in reversed(range(len(lists))):
        drift = abs(new.indent - lists[depth].indent)
        allowed = 1 if new.mark.is_bullet else _MARK_DRIFT
        if drift <= allowed and new.mark.follows(lists[depth].mark):
            return (*lists[:depth], new)
    around = tuple(known for known in lists if known.indent <= new.indent + 1)
    if around and _starts_again(around[-1], new):
        around = around[:-1]
    return (*around[: _DEEPEST_LIST - 1], new)


def _starts_again(last: OpenList, new: OpenList) -> bool:
    return last.mark.style == new.mark.style and abs(last.indent - new.indent) <= 1


def _numbered_heading(setting: Setting, outline: Outline) -> tuple[Line, Outline] | None:
    text = setting.line.text.strip()
    number = heading_number(text)
    if number is not None:
        title = text[number.length :]
        if _is_title(title) and _numbers_a_heading(number, title, setting, outline):
            return _heading(setting.line, number.depth, number.number, title)
        return None
    mark = bullet_or_order(text)
    if mark and mark.sign.isupper() and _is_title(text[mark.length :]):
        title = text[mark.length :]
        if _is_dotted_heading(mark, title, setting, outline):
            return _heading(setting.line, 1, mark.sign, title)
    return None


def _is_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and text[0].isalpha()
        and not text[0].islower()
        and text[-1] not in ".;,:"
        and "\t" not in text
    )


def _numbers_a_heading(
    number: HeadingNumber, title: str, setting: Setting, outline: Outline
) -> bool:
    if _DATED.search(title):
        return False
    if number.set_off and not number.dotted:
        return "\t" in number.gap or outline.fresh
    if number.depth > 1:
        return outline.fresh and not _CLOCK.fullmatch(number.number)
    if number.dotted:
        mark = bullet_or_order(setting.line.text.strip())
        return mark is not None and _is_dotted_heading(mark, title, setting, outline)
    expected = {"0", "1"} if outline.heading is None else {_next(outline.heading)}
    begins = outline.fresh or outline.ended
    return begins and not _has_digit(title) and number.number in expected


def _is_dotted_heading(mark: Mark, title: str, setting: Setting, outline: Outline) -> bool:
    """Tell "3. Metrics" above its section from the third of a list of short items."""
    following = setting.following
    if setting.markdown or following is None or not outline.fresh or _DATED.search(title):
        return False
    next_mark = None if isinstance(following, Table) else bullet_or_order(following.text.strip())
    goes_on = any(mark.follows(open_list.mark) for open_list in outline.lists)
    counted = mark.is_first or _may_follow(mark, outline.heading)
    return counted and not goes_on and not (next_mark and next_mark.follows(mark))


def _may_follow(mark: Mark, heading: str | None) -> bool:
    """Tell whether a heading may have this mark; a letter only right after the one before."""
    if heading is None:
        return False
    return mark.sign.isdigit() or mark.follows(replace(mark, sign=heading))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _next(heading: str) -> str:
    first = heading.partition(".")[0]
    return str(int(first) + 1) if first.isdigit() else ""


def _capital_heading(setting: Setting, outline: Outline) -> tuple[Line, Outline] | None:
    text = folded(setting.line.text)
    alone = outline.fresh and setting.following is not None
    if not (alone and text.isupper() and _is_title(text) and not _has_digit(text)):
        return None
    if len(text) < _SHORTEST_CAPITALS:
        return None
    return _heading(setting.line, 1, None, text)
