"""Numbers of documents as people type them, by the grammar that reads them in reports."""

import re
from dataclasses import replace

from scheduler.errors import InterimError
from scheduler.intake.reports.papers.references import Mention, mentions
from scheduler.model.report import DocumentReference

LONGEST_NUMBER = 120
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|txt|md|xml|html|zip|pptx?|xlsx?)$", re.IGNORECASE)
_DRAFT = re.compile(r"draft(?:-[a-z0-9]{1,30}){2,12}")
_LIAISON = re.compile(r"LS/[IO]")
# A group that stands for the one that is left out, so that one grammar reads "TD 382" too.
_SOME_GROUP = "TSAG"
_WIDTH_OF_C = 3  # the ITU writes C084


class NoNumber(InterimError):
    """A text that is the number of no document."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:LONGEST_NUMBER]!r} is no number of a document; give one such as TSAG-TD382, "
            "TD 382 Rev.1, C84, LS/i 45, draft-name-topic-03 or the name of its file"
        )


class NumberWithoutGroup(InterimError):
    """A number that several groups may have given."""

    def __init__(self, text: str, example: str) -> None:
        super().__init__(
            f"{text!r} does not say which group numbered it; write it as {example}, "
            "or name the group with --document-group"
        )


def read_number(text: str, group: str | None) -> DocumentReference:
    """Return the document that a typed number or the name of a file means.

    `group` is the one whose numbers stand without a group; None where nobody said, and it is
    never guessed. The id is that of the revision; `document_id` gives that of all of them.
    Raises `NoNumber` or `NumberWithoutGroup`.
    """
    found = _found(text)
    if _wants_group(found):
        if group is None:
            raise NumberWithoutGroup(text, f"{_SOME_GROUP}-{found.series}{found.number}")
        found = replace(found, group=group)
    reference = _reference(found, text)
    return replace(reference, id=f"{document_id(reference)}{_suffix(reference)}")


def is_meant(text: str, known: str, group: str | None, series: str, number: int | None) -> bool:
    """Tell whether a typed number means a known document, its group being typed or not.

    `known` is the document's id, and `group`, `series` and `number` are its parts. Raises
    `NoNumber`.
    """
    found = _found(text)
    if _wants_group(found):
        return (found.series, found.number) == (series, number)
    meant = _reference(found, text)
    return (meant.group, document_id(meant)) == (group, known)


def document_id(reference: DocumentReference) -> str:
    """Return the id of a document whatever its revision, in the one form it is kept in.

    A contribution of the ITU has three digits at least, other numbers have no zeros before them.
    """
    written = reference.id
    match reference.series:
        case "draft":
            return re.sub(r"-[0-9]{2}$", "", written)
        case "DCN" | "Tdoc":
            return re.sub(r"r[0-9]+$", "", written)
        case "N":
            return f"{reference.group} N{reference.number}"
        case "C":
            return f"{reference.group}-C{reference.number:0{_WIDTH_OF_C}}"
        case series:
            return f"{reference.group}-{series}{reference.number}"


def _suffix(reference: DocumentReference) -> str:
    if reference.series == "draft":
        return f"-{reference.revision:02}"
    letter = "r" if reference.series in ("DCN", "Tdoc") else "R"
    return f"{letter}{reference.revision}" if reference.revision else ""


def _whole(text: str) -> Mention | None:
    """Return what a text means that is a number and nothing else."""
    if len(text) > LONGEST_NUMBER:
        return None
    found = mentions(text)
    # Numbers begin at 1.
    if len(found) == 1 and found[0].as_written == text and found[0].number != 0:
        return found[0]
    return None


def _wants_group(mention: Mention) -> bool:
    return mention.group is None and mention.number is not None


def _found(text: str) -> Mention:
    """Return what a text means, without a group where it names none; raises `NoNumber`."""
    typed = _FILE_ENDING.sub("", text.strip())
    if _DRAFT.fullmatch(typed) and not _whole(typed):
        typed = f"{typed}-00"
    if found := _whole(typed) or _whole(_capitals(typed)):
        return found
    for form in (typed, _capitals(typed)):
        found = _whole(f"{_SOME_GROUP}-{form}")
        if found and found.group == _SOME_GROUP:
            return replace(found, group=None)
    raise NoNumber(text)


def _reference(found: Mention, text: str) -> DocumentReference:
    return DocumentReference(
        id=found.id,
        group=found.group,
        series=found.series,
        number=found.number,
        revision=found.revision,
        as_written=text.strip(),
        line=0,
    )


def _capitals(text: str) -> str:
    """Return a text in capitals, but for the letter that tells liaisons in from liaisons out."""
    return _LIAISON.sub(lambda match: f"LS/{match[0][-1].lower()}", text.upper())
