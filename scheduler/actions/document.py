"""`document`: makes a document of the trade from a group's plan and what is before the group."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.actions.edit import find_meeting
from scheduler.actions.plan import known_group
from scheduler.actions.table import table_of
from scheduler.errors import InterimError
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.publication.documents.dossier import DocumentFormat, DocumentKind, Dossier
from scheduler.publication.documents.rendering import document
from scheduler.publication.letting_in import public_plan
from scheduler.publication.names import slug
from scheduler.store.protocol import Memory, Store
from scheduler.wording.languages import speaker


class GroupNotNamed(InterimError):
    """A document that several groups, or none, could be meant by."""

    def __init__(self, known: Iterable[str]) -> None:
        names = ", ".join(known)
        super().__init__(
            f"a document is of one group, and none is named; give --group, one of {names}"
            if names
            else "no group has a plan to make a document of; import a report first"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which document is wanted; None is the only group, no meeting, the group's language."""

    kind: DocumentKind
    form: DocumentFormat
    group: str | None = None
    meeting: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document and the file name that tells what it is."""

    name: str
    data: bytes


def make_document(
    store: Store, wanted: Wanted, *, groups: Mapping[str, Group], now: Instant
) -> Made:
    """Return a document of the group's draft, or of its plan where there is no draft.

    A meeting is named as people name it. Raises `UnknownGroup`, `GroupNotNamed`,
    `UnknownMeeting`, `SeveralMeetings`, `UnknownLanguage`, or what the kind of document lacks.
    """
    with store.reading() as memory:
        dossier = _dossier(memory, wanted, groups, now)
    said_by = speaker(wanted.language or dossier.group.language)
    return Made(
        name=_name(wanted, dossier), data=document(dossier, wanted.kind, wanted.form, said_by)
    )


def _dossier(memory: Memory, wanted: Wanted, groups: Mapping[str, Group], now: Instant) -> Dossier:
    if wanted.group is not None:
        known_group(wanted.group, memory, groups)
    named = find_meeting(memory, wanted.meeting, wanted.group) if wanted.meeting else None
    acronym = named.group if named else wanted.group or _only_group(memory)
    table = table_of(memory, acronym, groups, now)
    # Who the links of a group without a file are for, nobody knows, nor who reads a document.
    plan = table.plan if acronym in groups else public_plan(table.plan, table.group)
    return Dossier(
        plan=plan,
        group=table.group,
        now=now,
        agendas=table.agendas,
        contributions=table.contributions,
        meeting=next((one for one in plan.meetings if named and one.uid == named.uid), None),
        since=wanted.since,
        until=wanted.until,
    )


def _only_group(memory: Memory) -> str:
    known = memory.groups()
    if len(known) != 1:
        raise GroupNotNamed(known)
    return known[0]


def _name(wanted: Wanted, dossier: Dossier) -> str:
    parts = [slug(dossier.group.acronym), wanted.kind.value]
    if dossier.meeting is not None:
        parts.append(dossier.meeting.date.isoformat())
    return f"{'-'.join(parts)}.{wanted.form.value}"
