"""What a report carries forward, entered as contributions to its group's calls."""

import datetime as dt
from dataclasses import replace

from scheduler.errors import InterimError
from scheduler.intake.contributions.submission import read_document
from scheduler.model.contribution import Contribution, Source
from scheduler.model.group import Group
from scheduler.model.moment import Instant, WallTime, candidates
from scheduler.model.report import CarryForward, Report
from scheduler.store.protocol import Memory


def enter_carried(
    memory: Memory, report: Report, group: Group, source: str, now: Instant
) -> tuple[tuple[Contribution, ...], tuple[str, ...]]:
    """Enter the documents that a report carries forward, received on its day.

    Returns those that are new or known better now, and the numbers that were not entered since
    the report does not say whose they are. What a person said of a document stays; `source`
    names the report.
    """
    entered, unsure = {}, []
    for item in report.carry_forward:
        if item.document is None:
            continue
        try:
            said = read_document(item.document, group.acronym, None)
        except InterimError:
            unsure.append(item.document)
            continue
        said = _as_told(said, item, source, _received(report, group.zone, now))
        known = memory.contribution(group.acronym, said.id)
        after = said if known is None else _completed(known, said)
        if after != known:
            memory.save_contribution(after)
            entered[after.id] = after
    return tuple(entered.values()), tuple(dict.fromkeys(unsure))


def _as_told(
    said: Contribution, item: CarryForward, source: str, received: Instant
) -> Contribution:
    return replace(
        said,
        title=item.subject,
        title_inferred=item.subject is not None,
        sources=(Source(name=item.source),) if item.source else (),
        section=item.section,
        forwarded=item.liaison or said.forwarded,
        received=received,
        origin=source,
        line=item.line,
    )


def _completed(known: Contribution, said: Contribution) -> Contribution:
    """Return what is known with what it lacks; a later revision is taken over."""
    return replace(
        known,
        revision=max(known.revision, said.revision),
        title=known.title or said.title,
        title_inferred=known.title_inferred if known.title else said.title_inferred,
        sources=known.sources or said.sources,
        section=known.section or said.section,
        received=known.received or said.received,
    )


def _received(report: Report, zone: str, now: Instant) -> Instant:
    """The beginning of the report's day, no later than the last day of the parent's meeting."""
    parent = report.parent_meeting
    days = [report.document.date, parent.end_date if parent else None]
    known = [day for day in days if day]
    if not known:
        return now
    return candidates(WallTime(min(known), dt.time(), zone))[0]
