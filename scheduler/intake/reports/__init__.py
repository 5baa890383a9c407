"""The grammar of meeting reports: from a document to what it says."""

from scheduler.intake.reports.reading import read_report

__all__ = ["read_report"]
