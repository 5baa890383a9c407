"""The grammar of meeting reports: from a document to what it says."""

from scheduler.intake.reports.papers.numbers import document_id, is_meant, read_number
from scheduler.intake.reports.reading import read_report

__all__ = ["document_id", "is_meant", "read_number", "read_report"]
