"""A grammar of its own for the moments in a text: dates, times, zones, offsets of deadlines."""

from scheduler.intake.moments.checks import check_conversion, check_zone
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
from scheduler.intake.moments.numbers import cardinal, roman
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
    "cardinal",
    "check_conversion",
    "check_zone",
    "roman",
    "scan",
]
