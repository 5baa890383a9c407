"""What holds for a whole document: its head, its group, its day, its zone."""

import datetime as dt
from dataclasses import dataclass, replace

from scheduler.intake.documents.document import Document
from scheduler.intake.moments import Context
from scheduler.intake.reports.meetings.lists import Naming
from scheduler.intake.reports.meetings.ownership import own_names
from scheduler.intake.reports.meetings.zones import Declared, declared_zone
from scheduler.intake.reports.opening.dating import first_date
from scheduler.intake.reports.opening.groups import group_in
from scheduler.intake.reports.opening.header import header_in, parent_meeting_in
from scheduler.model.report import DocumentHeader, GroupName, ParentMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What holds for the whole document.

    `context` is what its moments are read with, `speaks_of` the day that the text itself gives as
    its own: of a session, of a version.
    """

    header: DocumentHeader
    parent: ParentMeeting | None
    group: GroupName
    naming: Naming
    context: Context
    declared: Declared
    speaks_of: dt.date | None = None


def head_of(document: Document, speaks_on: dt.date | None, zone: str | None) -> Head:
    """Return the head of a document; day and zone as the caller gives them."""
    texts = [
        *document.running_heads,
        *([document.subject] if document.subject else []),
        *(line.written for line in document.lines[:4]),
        *(passage.text for passage in document.passages),
    ]
    group = group_in(texts)
    header = header_in(document, speaks_on)
    bare = Context(speaks_on=header.date, zone=zone)
    parent = parent_meeting_in(document, bare)
    if header.date is None and parent is not None:
        header = replace(header, date=parent.date)
    bare = replace(bare, speaks_on=header.date or first_date(document))
    declared = declared_zone([passage.text for passage in document.passages], bare, group.body)
    context = replace(bare, zone=declared.zone if declared.stated else None)
    return Head(
        parent=parent,
        header=header,
        group=group,
        naming=Naming(own=own_names(group), protected=_protected(group)),
        context=context,
        declared=declared,
        speaks_of=None if speaks_on or document.sent else header.date,
    )


def _protected(group: GroupName) -> tuple[str, ...]:
    """Return the names whose commas part no topics."""
    if group.name is None or "," not in group.name:
        return ()
    bare = group.name.split(" on ", 1)[-1]
    return (group.name, bare)
