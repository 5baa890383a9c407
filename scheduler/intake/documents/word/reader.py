"""Word documents as documents."""

from xml.etree.ElementTree import Element

from scheduler.intake.documents.document import Document, Format
from scheduler.intake.documents.refusals import EmptyDocument
from scheduler.intake.documents.text.assembling import assemble, lines_of
from scheduler.intake.documents.text.characters import folded, plain
from scheduler.intake.documents.word.body import Body
from scheduler.intake.documents.word.numbering import Numbering
from scheduler.intake.documents.word.package import Package, opened
from scheduler.intake.documents.word.relations import main_part, related
from scheduler.intake.documents.word.runs import content_of
from scheduler.intake.documents.word.styles import Styles
from scheduler.intake.documents.word.tree import part_tree

_MOST_HEADS = 12
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def read_word(data: bytes, name: str) -> Document:
    """Read a Word document: its text, then its notes.

    Raises `UnreadableDocument`, `HostileDocument`, `EmptyDocument`.
    """
    package = opened(data, name)
    main = main_part(package)
    parts = related(package, main)
    body = Body(
        Styles(_first(package, parts, "styles")), Numbering(_first(package, parts, "numbering"))
    )
    root = part_tree(package, main)
    if root is not None:
        body.read(root)
    for kind, tag in _NOTES:
        notes = _first(package, parts, kind)
        for note in [] if notes is None else notes.findall(tag):
            body.read(note)
    blocks = assemble(body.parts)
    if not blocks:
        raise EmptyDocument(name)
    return Document(
        name=name,
        format=Format.WORD,
        blocks=blocks,
        lines=lines_of(blocks),
        running_heads=_running_heads(package, parts.get("header", [])),
        notices=body.notices,
    )


def _first(package: Package, parts: dict[str, list[str]], kind: str) -> Element | None:
    paths = parts.get(kind, [])
    return part_tree(package, paths[0]) if paths else None


def _running_heads(package: Package, paths: list[str]) -> tuple[str, ...]:
    """Return each different text at the top of a page."""
    roots = [part_tree(package, path) for path in paths[:_MOST_HEADS]]
    texts = [
        folded(plain(content_of(paragraph).text.replace("\n", " ")))
        for root in roots
        if root is not None
        for paragraph in root.iter("p")
    ]
    return tuple(dict.fromkeys(text for text in texts if text))
