"""Plain text and Markdown as documents."""

from scheduler.intake.documents.document import Document, Format
from scheduler.intake.documents.refusals import EmptyDocument
from scheduler.intake.documents.text.assembling import assemble, lines_of
from scheduler.intake.documents.text.left_out import struck_text
from scheduler.intake.documents.text.markdown import (
    looks_like_markdown,
    struck_texts,
    with_underlined_headings,
    without_comments,
    without_markup,
)
from scheduler.intake.documents.text.page_breaks import without_page_breaks
from scheduler.intake.documents.text.source import source_lines, without_blanks
from scheduler.model.problem import Problem


def read_text(
    text: str, name: str, *, markdown: bool | None = None, notices: tuple[Problem, ...] = ()
) -> Document:
    """Read plain text, or Markdown; `markdown` None lets the text itself tell which.

    Raises `EmptyDocument`.
    """
    if markdown is None:
        markdown = looks_like_markdown(text)
    source = without_comments(text) if markdown else text
    lines = list(without_page_breaks(source_lines(source)))
    if markdown:
        struck = [(line.number, found) for line in lines for found in struck_texts(line)]
        notices = (*notices, *(struck_text(found, number) for number, found in struck))
        lines = [without_markup(line) for line in lines]
    blocks = assemble(with_underlined_headings(without_blanks(iter(lines))), markdown=markdown)
    if not blocks:
        raise EmptyDocument(name)
    return Document(
        name=name,
        format=Format.MARKDOWN if markdown else Format.TEXT,
        blocks=blocks,
        lines=lines_of(blocks),
        notices=notices,
    )
