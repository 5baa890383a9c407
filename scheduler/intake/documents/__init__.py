"""Reports as files: text, Markdown, mail and Word, read into lines, paragraphs and tables."""

from scheduler.intake.documents.document import (
    Block,
    Document,
    Format,
    Line,
    Passage,
    Row,
    Table,
)
from scheduler.intake.documents.reading import load, read_document
from scheduler.intake.documents.refusals import (
    DocumentIsFolder,
    DocumentNotReadable,
    DocumentRefused,
    DocumentTooLarge,
    EmptyDocument,
    HostileDocument,
    MissingDocument,
    UnreadableDocument,
)

__all__ = [
    "Block",
    "Document",
    "DocumentIsFolder",
    "DocumentNotReadable",
    "DocumentRefused",
    "DocumentTooLarge",
    "EmptyDocument",
    "Format",
    "HostileDocument",
    "Line",
    "MissingDocument",
    "Passage",
    "Row",
    "Table",
    "UnreadableDocument",
    "load",
    "read_document",
]
