"""Which part of a Word document is which; their names are Word's own affair."""

from scheduler.intake.documents.refusals import UnreadableDocument
from scheduler.intake.documents.word.package import Package, resolved
from scheduler.intake.documents.word.tree import part_tree

_MOST_RELATIONS = 5_000


def main_part(package: Package) -> str:
    """Return the path of the document itself; raises `UnreadableDocument` where there is none."""
    found = related(package, "").get("officeDocument", ["word/document.xml"])
    if found[0] not in package.parts:
        raise UnreadableDocument(package.name, "a Word document without its text")
    return found[0]


def related(package: Package, path: str) -> dict[str, list[str]]:
    """Return the parts that `path` (empty: the whole) refers to, by kind, in order."""
    folder, _, file = path.rpartition("/")
    root = part_tree(package, f"{folder}/_rels/{file}.rels".lstrip("/"))
    found: dict[str, list[str]] = {}
    for relation in [] if root is None else list(root)[:_MOST_RELATIONS]:
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            found.setdefault(kind, []).append(resolved(path, relation.get("Target", "")))
    return found
