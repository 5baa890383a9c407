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
    typed = _FILE_ENDING.sub("", text.strip())
    if _DRAFT.fullmatch(typed) and not _whole(typed):
        typed = f"{typed}-00"
    found = next(filter(None, map(_whole, (typed, _capitals(typed)))), None)
    if found is None or _wants_group(found):
        found = _with_group(typed, text, group)
    reference = DocumentReference(
        id=found.id,
        group=found.group,
        series=found.series,
        number=found.number,
        revision=found.revision,
        as_written=text.strip(),
        line=0,
    )
    return replace(reference, id=f"{document_id(reference)}{_suffix(reference)}")


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
    if len(found) == 1 and found[0].as_written == text:
        return found[0]
    return None


def _wants_group(mention: Mention) -> bool:
    return mention.group is None and mention.number is not None


def _with_group(typed: str, text: str, group: str | None) -> Mention:
    """Return what a number without its group means; raises where that is not one."""
    forms = (f"{_SOME_GROUP}-{typed}", f"{_SOME_GROUP}-{_capitals(typed)}", _capitals(typed))
    found = next(filter(None, map(_whole, forms)), None)
    if found is None or (found.group not in (_SOME_GROUP, None)):
        raise NoNumber(text)
    if group is None:
        named = replace(found, group=_SOME_GROUP)
        raise NumberWithoutGroup(text, f"{_SOME_GROUP}-{named.series}{named.number}")
    return replace(found, group=group)


def _capitals(text: str) -> str:
    """Return a text in capitals, but for the letter that tells liaisons in from liaisons out."""
    return _LIAISON.sub(lambda match: f"LS/{match[0][-1].lower()}", text.upper())
