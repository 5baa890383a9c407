"""A grammar of its own for the moments in a text: dates, times, zones, offsets of deadlines."""

from scheduler.intake.moments.found import (
    Context,
    Convention,
    DateFound,
    Found,
    OffsetFound,
    PeriodFound,
    RejectedFound,
    Span,
    TimeFound,
    ZoneFound,
)
from scheduler.intake.moments.scanning import scan

__all__ = [
    "Context",
    "Convention",
    "DateFound",
    "Found",
    "OffsetFound",
    "PeriodFound",
    "RejectedFound",
    "Span",
    "TimeFound",
    "ZoneFound",
    "scan",
]
