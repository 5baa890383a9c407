"""The text of one paragraph: what a person sees when all changes are accepted."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from scheduler.intake.documents.word.tree import switched_on

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DELETED = {"del", "moveFrom"}
_INSERTED = {"ins", "moveTo"}
_UNREAD = {"pPr", "rPr", "sdtPr", "instrText", "delText", "rt", "tbl"}


@dataclass(slots=True)
class Content:
    """What a paragraph holds; `boxes` are the text boxes that are anchored in it."""

    pieces: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    tracked: bool = False
    _fields: list[bool] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, with tabs, and with newlines for line breaks."""
        return "".join(self.pieces)

    def collect(self, node: Element) -> None:
        """Take up what stands in `node`, in order."""
        for child in node:
            tag = child.tag
            if tag == "r":
                self._collect_run(child)
            elif tag in _DELETED:
                self.tracked = True
            elif tag == "txbxContent":
                self.boxes.append(child)
            elif tag == "mc:AlternateContent":
                self.collect(chosen(child))
            elif tag not in _UNREAD and not is_placeholder(child):
                self.tracked = self.tracked or tag in _INSERTED
                self.collect(child)

    def _collect_run(self, run: Element) -> None:
        properties = run.find("rPr")
        if switched_on(properties, "vanish"):
            return
        is_struck = switched_on(properties, "strike") or switched_on(properties, "dstrike")
        into = self.struck if is_struck else self.pieces
        for child in run:
            if child.tag == "fldChar":
                self._mark_field(child.get("fldCharType"))
            elif child.tag == "mc:AlternateContent":
                self.collect(chosen(child))
            elif not any(self._fields):
                into.append(_shown(child))
                if len(child) and child.tag not in _UNREAD:
                    self.collect(child)

    def _mark_field(self, kind: str | None) -> None:
        """Follow a field: what stands before its `separate` is its instruction, not its text."""
        if kind == "begin":
            self._fields = [*self._fields[-8:], True]
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def content_of(paragraph: Element) -> Content:
    """Return what a paragraph holds."""
    content = Content()
    content.collect(paragraph)
    return content


def chosen(alternatives: Element) -> Element:
    """Return the first of several forms of the same thing, as Word itself would show it."""
    return next(iter(alternatives), alternatives)


def is_placeholder(node: Element) -> bool:
    """Tell whether a form field still shows what one should fill in."""
    properties = node.find("sdtPr") if node.tag == "sdt" else None
    return switched_on(properties, "showingPlcHdr")


def _shown(node: Element) -> str:
    if node.tag == "t":
        return node.text or ""
    if node.tag == "sym":
        return _symbol(node.get("char", ""))
    return _CHARACTERS.get(node.tag, "")


def _symbol(code: str) -> str:
    try:
        return chr(int(code[:6], 16))
    except (ValueError, OverflowError):
        return ""
