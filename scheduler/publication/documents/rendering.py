"""From a dossier to a document: one template a kind, and two formats of what it writes."""

import re
from collections.abc import Callable, Iterable, Mapping

from scheduler.publication.documents.ahead import future_meetings
from scheduler.publication.documents.dossier import DocumentFormat, DocumentKind, Dossier
from scheduler.publication.documents.draft_agenda import draft_agenda
from scheduler.publication.documents.escaping import escaped, shown
from scheduler.publication.documents.letters import circular_letter_request, convening_letter
from scheduler.publication.documents.papers import list_of_documents
from scheduler.publication.documents.progress import progress_report
from scheduler.publication.documents.structure import Block, Heading, structure_of
from scheduler.publication.documents.word import word_file
from scheduler.wording.languages import Speaker
from scheduler.wording.templates import environment

_SECTIONS: Mapping[DocumentKind, Callable[[Dossier, Speaker], object]] = {
    DocumentKind.DRAFT_AGENDA: draft_agenda,
    DocumentKind.LIST_OF_DOCUMENTS: list_of_documents,
    DocumentKind.CONVENING_LETTER: convening_letter,
    DocumentKind.CIRCULAR_LETTER_REQUEST: circular_letter_request,
    DocumentKind.PROGRESS_REPORT: progress_report,
    DocumentKind.FUTURE_MEETINGS: future_meetings,
}


def document(dossier: Dossier, kind: DocumentKind, form: DocumentFormat, speaker: Speaker) -> bytes:
    """Return a document as a file; the same dossier gives the same bytes."""
    text = markdown(dossier, kind, speaker)
    if form is DocumentFormat.MARKDOWN:
        return text.encode()
    made, blocks = dossier.plan.made, structure_of(text)
    return word_file(
        blocks,
        head=_head(dossier, kind, blocks),
        language=speaker.language,
        made=made.utc if made else None,
        right_to_left=speaker.direction == "rtl",
    )


def markdown(dossier: Dossier, kind: DocumentKind, speaker: Speaker) -> str:
    """Return a document as Markdown."""
    # Whatever a template prints is escaped here; only what stands in the template is markup.
    templates = environment(speaker).overlay(finalize=escaped)
    template = templates.get_template(f"documents/{kind.value}.md")
    text = template.render(section=_SECTIONS[kind](dossier, speaker))
    return _folded(text)


def _folded(text: str) -> str:
    """Return the lines with one blank line where there are several, and none in a table."""
    text = re.sub(r"\n{2,}", "\n\n", f"{text.strip()}\n")
    return re.sub(r"\|\n\n(?=\|)", "|\n", text)


def _head(dossier: Dossier, kind: DocumentKind, blocks: Iterable[Block]) -> str:
    """Return what stands on every page: the group, and the number or else the title.

    Only the section of a report has a number that the plan knows: that of the report.
    """
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    number = dossier.plan.document.number if kind is DocumentKind.FUTURE_MEETINGS else None
    return shown(f"{dossier.group.acronym} – {number or title}")
