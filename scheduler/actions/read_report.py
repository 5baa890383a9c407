"""`read`: what a report says; saves nothing."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from scheduler.errors import InterimError
from scheduler.intake.documents import Document, load, read_document
from scheduler.intake.reports import read_report
from scheduler.model.group import Group
from scheduler.model.moment import zone_named
from scheduler.model.report import Report

STANDARD_INPUT = "-"
OPEN_ZONES = frozenset({"zone_assumed", "ambiguous_zone_abbreviation"})
NO_GROUPS: Mapping[str, Group] = MappingProxyType({})


class NoMeetings(InterimError):
    """A report in which no meeting was found."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: no meeting was found in it; a meeting is a date, with its hours, in a list, "
            "table or sentence that says it is to be held"
        )


def open_report(report: str, standard_input: bytes | None) -> Document:
    """Return the document at a path, or what came by standard input for `-`.

    Raises the readers' own errors for what is missing, empty, too large or no text.
    """
    if report == STANDARD_INPUT:
        return read_document(standard_input or b"", "standard input")
    return load(Path(report))


def read(
    document: Document,
    *,
    speaks_on: date | None,
    zone: str | None,
    group: str | None = None,
    groups: Mapping[str, Group] = NO_GROUPS,
    usual_zone: str | None = None,
) -> Report:
    """Return what a document says.

    `speaks_on` is the day it speaks from, which decides missing years; `zone` the IANA zone
    where the text leaves it open, and without one that of its group, where `groups` knows it (by
    acronym; `group` names it where the text does not), or else `usual_zone`.
    Raises `UnknownZone`.
    """
    if zone is not None:
        zone_named(zone)
    report = read_report(document, speaks_on=speaks_on, zone=zone)
    known = groups.get(group or report.group.acronym or "")
    own_zone = known.zone if known else usual_zone
    if zone is None and own_zone is not None and _leaves_zone_open(report):
        return read_report(document, speaks_on=speaks_on, zone=own_zone)
    return report


def _leaves_zone_open(report: Report) -> bool:
    return any(problem.code in OPEN_ZONES for problem in report.problems)
