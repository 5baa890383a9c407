"""The documents of a report, each once, with their groups where the text says them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.intake.documents.document import Document, Passage, Table
from scheduler.intake.reports.papers.references import Mention, mentions, named
from scheduler.model.report import DocumentReference

_LIAISON = re.compile(
    r"(?<!\w)(?:liaisons?|repl(?:y|ies)|réponses?)\b.{0,400}?\b(?:to|à la|au)\s"
    r"(?P<group>[A-Z]{2,}[0-9]*"
    r"|SG ?[0-9]+)(?![\w-])",
    re.DOTALL,
)
_SENDERS = re.compile(r"\s(?:from|by|de|du|des)\s[^.;]{0,200}$")
_REACH = 200
_LINK = re.compile(r"https?://\S+|[^\s@]{1,64}@\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    mention: Mention
    line: int
    addressed: str | None


def references_in(document: Document) -> tuple[DocumentReference, ...]:
    """Return the documents named in a text, each at its first place, in the order of lines.

    A number without its group gets one only where the text says it: the same number stands
    elsewhere with it, or its sentence tells whom a liaison was sent to.
    """
    placed = [one for block in document.blocks for one in _placed(block)]
    known = _known(placed)
    found: dict[tuple[object, ...], DocumentReference] = {}
    for one in placed:
        reference = _reference(_resolved(one, known), one)
        found.setdefault(
            (
                reference.group,
                reference.series,
                reference.number,
                reference.revision,
                reference.id if reference.number is None else "",
            ),
            reference,
        )
    return tuple(found.values())


def _placed(block: Passage | Table) -> Iterator[_Placed]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                for mention in mentions(_bare(cell)):
                    yield _Placed(mention=mention, line=row.number, addressed=None)
        return
    text = _bare(block.text)
    liaison = _LIAISON.search(text) if "iaison" in text or "épon" in text else None
    for mention in mentions(text):
        inside = liaison is not None and _is_within(liaison, mention.start)
        addressed = liaison["group"].replace(" ", "") if liaison and inside else None
        yield _Placed(mention=mention, line=block.line_at(mention.start), addressed=addressed)


def _is_within(liaison: re.Match[str], place: int) -> bool:
    """Tell whether a number is that of a liaison: "replies to SG5 from SG2 (TD7), SG3 (TD9)"."""
    if liaison.start() <= place < liaison.end():
        return True
    if not 0 <= place - liaison.end() <= _REACH:
        return False
    return _SENDERS.match(liaison.string, liaison.end(), place) is not None


def _bare(text: str) -> str:
    """Blank out addresses, in which numbers are no references."""
    return _LINK.sub(lambda match: " " * len(match[0]), text)


def _known(placed: Sequence[_Placed]) -> dict[tuple[str, int], str]:
    """Return the groups of numbers that stand with just one group anywhere."""
    groups: dict[tuple[str, int], set[str]] = {}
    for one in placed:
        mention = one.mention
        if mention.group is not None and mention.number is not None:
            groups.setdefault((mention.series, mention.number), set()).add(mention.group)
    return {key: next(iter(named)) for key, named in groups.items() if len(named) == 1}


def _resolved(one: _Placed, known: dict[tuple[str, int], str]) -> Mention:
    mention = one.mention
    if (
        mention.group is not None
        or mention.number is None
        or mention.series not in ("TD", "C", "R")
    ):
        return mention
    group = one.addressed or known.get((mention.series, mention.number))
    if group is None:
        return mention
    digits = re.search("[0-9]+", mention.id.removeprefix(mention.series))
    identity = named(group, mention.series, digits[0] if digits else "", mention.revision)
    return replace(mention, group=group, id=identity)


def _reference(mention: Mention, one: _Placed) -> DocumentReference:
    return DocumentReference(
        id=mention.id,
        group=mention.group,
        series=mention.series,
        number=mention.number,
        revision=mention.revision,
        as_written=mention.as_written,
        line=one.line,
    )
