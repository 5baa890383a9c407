"""Plain text and Markdown as documents."""

from scheduler.intake.documents.document import Document, Format
from scheduler.intake.documents.refusals import EmptyDocument
from scheduler.intake.documents.text.assembling import assemble, lines_of
from scheduler.intake.documents.text.markdown import (
    looks_like_markdown,
    with_underlined_headings,
    without_comments,
    without_markup,
)
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
    if markdown:
        lines = [without_markup(line) for line in source_lines(without_comments(text))]
    else:
        lines = list(source_lines(text))
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
