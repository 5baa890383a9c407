"""The XML of one part as a tree of plain names, built within limits.

No document type is accepted, so that no entity is ever expanded; depth and number of elements
are counted while they are read, so that a part which is too much is refused at once.
"""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from scheduler.intake.documents.refusals import HostileDocument, UnreadableDocument
from scheduler.intake.documents.word.package import Package

_DEEPEST = 150
_MOST_ELEMENTS = 600_000
_WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def part_tree(package: Package, path: str) -> Element | None:
    """Return the root of a part, None where there is none.

    Names of WordprocessingML stand bare ("p", "tbl"), those of markup compatibility as
    "mc:Choice", all others as ":name". Raises `UnreadableDocument` and `HostileDocument`.
    """
    data = package.read(path)
    if data is None:
        return None
    growing = _Growing(package.name, path)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = growing.refuse_doctype
    parser.StartElementHandler = growing.start
    parser.EndElementHandler = growing.end
    parser.CharacterDataHandler = growing.builder.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise UnreadableDocument(
            package.name,
            f"a damaged Word document (its part {path} is broken)",
            "open it in Word and save it again",
        ) from None
    return growing.builder.close()


class _Growing:
    """A tree on its way, with the limits it must not pass."""

    def __init__(self, name: str, path: str) -> None:
        self.builder = TreeBuilder()
        self._name = name
        self._path = path
        self._depth = 0
        self._count = 0
        self._plain: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST:
            raise HostileDocument(self._name, f"{self._path} in it is nested too deep")
        if self._count > _MOST_ELEMENTS:
            raise HostileDocument(self._name, f"{self._path} in it has too many elements")
        named = {self._bare(name): value for name, value in attributes.items()}
        self.builder.start(self._bare(tag), named)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self.builder.end(self._bare(tag))

    def refuse_doctype(self, *_: object) -> None:
        raise HostileDocument(self._name, f"{self._path} in it declares a document type")

    def _bare(self, name: str) -> str:
        if name not in self._plain:
            space, _, local = name.rpartition(" ")
            prefix = "mc:" if space == _COMPATIBILITY else ":"
            if not space or space in _WORD:
                prefix = ""
            self._plain[name] = prefix + local
        return self._plain[name]


def value(parent: Element | None, path: str) -> str | None:
    """Return the `val` of the element at `path` under `parent`, None where there is none."""
    found = None if parent is None else parent.find(path)
    return None if found is None else found.get("val")


def whole_number(text: str | None) -> int | None:
    """Return the number that an attribute holds, None where it holds none that Word writes."""
    if text is None or len(text) > 9 or not text.removeprefix("-").isascii():
        return None
    return int(text) if text.removeprefix("-").isdigit() else None


def switched_on(parent: Element | None, path: str) -> bool:
    """Tell whether a property such as `b` or `vanish` is set and not set to "off"."""
    found = None if parent is None else parent.find(path)
    return found is not None and found.get("val", "1") not in {"0", "false", "off", "none"}
