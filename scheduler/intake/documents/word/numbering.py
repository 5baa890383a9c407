"""Automatic numbers: Word stores no "iv.", only that a paragraph is the next of its list."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from scheduler.intake.documents.text.characters import plain
from scheduler.intake.documents.word.styles import Style
from scheduler.intake.documents.word.tree import switched_on, value, whole_number

_LEVELS = 9
_HIGHEST_ROMAN = 3999
_HIGHEST_LETTER = 26 * 4  # Word writes 27 as "aa" and 53 as "aaa"
_LONGEST_PATTERN = 60
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts, and what it shows ("%1.%2)")."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restarts: bool = True
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list as paragraphs name it: the count it shares with others, and its levels."""

    shared: str
    levels: tuple[Level, ...]
    starts: tuple[tuple[int, int], ...]  # level and number at which this list begins anew


class Numbering:
    """The lists of a document, and where each of them stands while it is read once through."""

    def __init__(self, root: Element | None) -> None:
        self._kinds = {} if root is None else _kinds(root)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def mark(self, properties: Element | None, chain: list[tuple[str, Style]]) -> tuple[str, int]:
        """Count a paragraph; return its mark, empty where it has none, and its level from 0."""
        identifier, level = _numbered_by(properties, chain)
        kind = self._kinds.get(identifier or "")
        if identifier is None or kind is None:
            return "", 0
        if level is None:
            level = _level_of_style(kind, chain)
        if not 0 <= level < len(kind.levels):
            return "", 0
        return self._shown(kind, self._count(identifier, kind, level), level), level

    def _count(self, identifier: str, kind: ListKind, level: int) -> list[int]:
        counts = self._counts.setdefault(kind.shared, [None] * _LEVELS)
        if identifier not in self._begun:
            self._begun.add(identifier)
            for begun, number in kind.starts:
                counts[begun] = number - 1
        before = counts[level]
        counts[level] = kind.levels[level].start if before is None else before + 1
        for deeper in range(level + 1, len(kind.levels)):
            if kind.levels[deeper].restarts:
                counts[deeper] = None
        return [
            kind.levels[index].start if number is None else number
            for index, number in enumerate(counts[: len(kind.levels)])
        ]

    def _shown(self, kind: ListKind, counts: list[int], level: int) -> str:
        shown = kind.levels[level]
        if shown.form == "none":
            return ""
        text = shown.pattern
        if shown.form != "bullet":
            for index in range(level + 1):
                form = "decimal" if shown.legal else kind.levels[index].form
                text = text.replace(f"%{index + 1}", _formed(counts[index], form))
        return plain(text).strip()


def _numbered_by(
    properties: Element | None, chain: list[tuple[str, Style]]
) -> tuple[str | None, int | None]:
    """Return the list a paragraph belongs to and its level, its own or of its styles."""
    level = whole_number(value(properties, "numPr/ilvl"))
    identifier = value(properties, "numPr/numId")
    for _, style in chain:
        identifier = style.list_id if identifier is None else identifier
        level = style.list_level if level is None else level
    return (None if identifier == "0" else identifier), level


def _level_of_style(kind: ListKind, chain: list[tuple[str, Style]]) -> int:
    names = [identifier for identifier, _ in chain]
    for index, level in enumerate(kind.levels):
        if level.style in names:
            return index
    return 0


def _kinds(root: Element) -> dict[str, ListKind]:
    abstract = {found.get("abstractNumId", ""): found for found in root.findall("abstractNum")}
    numbers = {found.get("numId", ""): found for found in root.findall("num")}
    by_style = {value(found, "styleLink"): key for key, found in abstract.items()}
    kinds: dict[str, ListKind] = {}
    for identifier, number in numbers.items():
        shared = value(number, "abstractNumId") or ""
        linked = value(abstract.get(shared), "numStyleLink")
        shared = by_style.get(linked, shared) if linked else shared
        if shared in abstract:
            kinds[identifier] = _kind(shared, abstract[shared], number)
    return kinds


def _kind(shared: str, abstract: Element, number: Element) -> ListKind:
    levels = [Level()] * _LEVELS
    for found in abstract.findall("lvl"):
        _put(levels, found)
    starts: list[tuple[int, int]] = []
    for override in number.findall("lvlOverride"):
        index = whole_number(override.get("ilvl"))
        start = whole_number(value(override, "startOverride"))
        replaced = override.find("lvl")
        if replaced is not None:
            _put(levels, replaced)
        if index is not None and start is not None and 0 <= index < _LEVELS:
            starts.append((index, start))
    return ListKind(shared, tuple(levels), tuple(starts))


def _put(levels: list[Level], found: Element) -> None:
    index = whole_number(found.get("ilvl"))
    if index is None or not 0 <= index < _LEVELS:
        return
    start = whole_number(value(found, "start"))
    levels[index] = Level(
        start=0 if start is None else start,
        form=value(found, "numFmt") or "decimal",
        pattern=(value(found, "lvlText") or "")[:_LONGEST_PATTERN],
        restarts=value(found, "lvlRestart") != "0",
        legal=switched_on(found, "isLgl"),
        style=value(found, "pStyle"),
    )


def _formed(number: int, form: str) -> str:
    if form in {"lowerRoman", "upperRoman"} and 0 < number <= _HIGHEST_ROMAN:
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= _HIGHEST_LETTER:
        letter = chr((number - 1) % 26 + ord("a")) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    signs = ""
    for worth, sign in _ROMAN:
        signs += sign * (number // worth)
        number %= worth
    return signs
