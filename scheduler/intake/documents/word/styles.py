"""Paragraph styles: which are headings, which count, and what they are based on."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from scheduler.intake.documents.word.tree import value, whole_number

_DEEPEST_OUTLINE = 8  # 9 is Word's level of body text
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style's own properties; None where it leaves one to the style it is based on."""

    name: str
    based_on: str | None
    outline: int | None
    list_id: str | None
    list_level: int | None


class Styles:
    """The styles of a document by their identifiers."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall("style")
        self._styles = {style.get("styleId", ""): _style(style) for style in found}
        defaults = [style for style in found if style.get("default") in {"1", "true", "on"}]
        paragraph = [style for style in defaults if style.get("type") == "paragraph"]
        self._default = paragraph[0].get("styleId") if paragraph else None

    def chain(self, identifier: str | None) -> list[tuple[str, Style]]:
        """Return a style and those it is based on, nearest first; a circle ends it."""
        chain: list[tuple[str, Style]] = []
        current = identifier or self._default
        while current in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append((current, self._styles[current]))
            current = self._styles[current].based_on
        return chain


def _style(style: Element) -> Style:
    properties = style.find("pPr")
    return Style(
        name=(value(style, "name") or "").lower(),
        based_on=value(style, "basedOn"),
        outline=whole_number(value(properties, "outlineLvl")),
        list_id=value(properties, "numPr/numId"),
        list_level=whole_number(value(properties, "numPr/ilvl")),
    )


def heading_level(properties: Element | None, chain: list[tuple[str, Style]]) -> int | None:
    """Return the level of a heading, from 1, by the paragraph's own outline or its styles'."""
    own = whole_number(value(properties, "outlineLvl"))
    if own is not None:
        return own + 1 if 0 <= own <= _DEEPEST_OUTLINE else None
    for _, style in chain:
        if style.outline is not None:
            return style.outline + 1 if 0 <= style.outline <= _DEEPEST_OUTLINE else None
        if style.name == "title":
            return 1
        number = whole_number(style.name.removeprefix("heading ").strip())
        if number is not None and style.name.startswith("heading ") and 1 <= number <= 9:
            return number
    return None


def is_contents(chain: list[tuple[str, Style]]) -> bool:
    """Tell whether a paragraph is a line of a table of contents, which repeats the headings."""
    names = [style.name for _, style in chain]
    return any(name.startswith("toc ") or name == "table of figures" for name in names)
