"""`import`: reads a report and saves its series as a draft revision of the group's plan."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from scheduler.actions.enter_carried import enter_carried
from scheduler.actions.read_report import NoMeetings
from scheduler.actions.table import record_moves
from scheduler.errors import InterimError
from scheduler.intake.group_text import write_group
from scheduler.intake.groups import check_group, group_file_name
from scheduler.intake.settings_values import LONGEST_NAME
from scheduler.model.change import Comparison
from scheduler.model.contribution import Contribution
from scheduler.model.group import Group, JoinLink
from scheduler.model.meeting import Meeting
from scheduler.model.moment import GENEVA, Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.report import Report
from scheduler.planning.adoption import Adoption, adopt
from scheduler.planning.comparison import compare
from scheduler.publication.exports import report_document
from scheduler.publication.names import slugs
from scheduler.rules.cutoffs import supplied
from scheduler.rules.law import law_of
from scheduler.store.protocol import Memory, Store
from scheduler.wording.lines import one_line

_REVISION = re.compile(r"[\s,(-]*R(?:ev)?\.?\s*\d+\)?$", re.IGNORECASE)


class NoGroup(InterimError):
    """A report that does not say whose meetings it speaks of."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: it does not say which group meets; name it with --group ACRONYM")


class GroupNotWritten(InterimError):
    """The file of a new group could not be written."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(
            f"cannot write {path}: {cause.strerror or cause}; nothing was imported, "
            "make the folder writable and import again"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did.

    `draft` is None where nothing changed; `known` is the plan as it is after it, `changes`
    compares it with what stood before;
    `left_standing` are meetings ahead that the report does not name; `entered` the documents that
    it carries forward and that are contributions now, `unsure` the numbers of those that are not,
    since it does not say whose they are.
    """

    report: Report
    group: Group
    known: Plan | None
    draft: Plan | None
    changes: Comparison
    left_standing: tuple[Meeting, ...] = ()
    new_group_file: Path | None = None
    entered: tuple[Contribution, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def file_was_lost(self) -> bool:
        """Tell whether the new file is of a group that had a plan already."""
        return self.new_group_file is not None and self.group.join_link is JoinLink.MEMBERS


def import_report(
    store: Store,
    report: Report,
    *,
    name: str,
    group: str | None,
    groups: Mapping[str, Group],
    group_folder: Path,
    language: str,
    now: Instant,
    own_labels: bool = False,
    packs: Iterable[Pack] = (),
) -> Imported:
    """Save the series of a report as a draft; the same report a second time changes nothing.

    `name` is the document's, `group` the acronym where the text does not say it,
    `language` that of a new group; for `own_labels` see `planning.adoption.adopt`. `packs`
    are the law that may supply deadlines which the report does not state. Raises
    `NoMeetings`, `NoGroup`, `BadGroup`, `FeedNameCollision` or `GroupNotWritten`, and has then
    changed nothing.
    """
    if not report.meetings:
        raise NoMeetings(name)
    acronym = group or report.group.acronym
    if acronym is None:
        raise NoGroup(name)
    known = groups.get(acronym)
    settings = known or _new_group(acronym, report, language)
    report = _with_supplied(report, settings, law_of(settings, packs))
    with store.writing() as memory:
        if known is None:
            settings = _as_written(settings, memory)
            check_group(settings)
            slugs({*groups, *memory.groups(), acronym})
        imported = _save(memory, report, settings, name, now, own_labels)
        if imported.draft is None or known:
            return imported
        return replace(imported, new_group_file=_write_group(group_folder, settings))


def _with_supplied(report: Report, group: Group, law: tuple[Pack, ...]) -> Report:
    """The report with the deadlines that the group's law supplies."""
    meetings = tuple(
        replace(meeting, deadlines=(*meeting.deadlines, *supplied(law, group, meeting)))
        for meeting in report.meetings
    )
    return replace(report, meetings=meetings)


def _save(
    memory: Memory, report: Report, group: Group, name: str, now: Instant, own_labels: bool
) -> Imported:
    digest, source = _digest(report), series_source(report, name)
    base = memory.draft(group.acronym) or memory.current(group.acronym)
    last = memory.last_import(group.acronym), memory.last_import(group.acronym, source)
    if digest in last:
        return Imported(report=report, group=group, known=base, draft=None, changes=Comparison())
    adoption = _adopted(memory, report, group.acronym, name, now, own_labels)
    imported = _imported(adoption.draft, source, last[1])
    draft = replace(adoption.draft, made=now, imported=imported)
    memory.record_import(group.acronym, digest, source, now)
    memory.save_draft(draft)
    entered, unsure = enter_carried(memory, report, group, source, now)
    record_moves(memory, group.acronym, {group.acronym: group}, now, None)
    return Imported(
        report=report,
        group=group,
        known=draft,
        draft=draft,
        changes=compare(base, draft),
        left_standing=adoption.left_standing,
        entered=entered,
        unsure=unsure,
    )


def _imported(draft: Plan, source: str, digest: str | None) -> tuple[tuple[str, str], ...]:
    """The reports a draft was read from; each keeps what was known before the first time."""
    names = [name for name, _ in draft.imported]
    return draft.imported if source in names else (*draft.imported, (source, digest or ""))


def series_source(report: Report, name: str) -> str:
    """Return the name of a report whatever its revision: its number, or its file's."""
    return _REVISION.sub("", report.document.number) if report.document.number else Path(name).stem


def _adopted(
    memory: Memory, report: Report, group: str, name: str, now: Instant, own_labels: bool
) -> Adoption:
    published = memory.current(group)
    as_of = report.document.date or (now.utc.date() if published else dt.date.min)
    return adopt(
        report,
        group=group,
        source=series_source(report, name),
        as_of=as_of,
        base=memory.draft(group) or published,
        published=published,
        own_labels=own_labels,
    )


def _new_group(acronym: str, report: Report, language: str) -> Group:
    zone = next((meeting.zone for meeting in report.meetings if _is_sure_of_zone(meeting)), GENEVA)
    said = report.group
    return Group(
        acronym=acronym,
        name=_name(said.name),
        parent=_name(said.parent),
        body=_name(said.body),
        zone=zone,
        language=language,
    )


def _as_written(group: Group, memory: Memory) -> Group:
    """Return a group as its new file has it, with links for members alone where one was lost."""
    if group.acronym not in memory.groups():
        return group
    return replace(group, join_link=JoinLink.MEMBERS)


def _name(text: str | None) -> str | None:
    """Return a name as a group's file takes it; None for what is longer than names are."""
    name = one_line(text or "")
    return name if 0 < len(name) <= LONGEST_NAME else None


def _is_sure_of_zone(meeting: Meeting) -> bool:
    """Tell whether a zone is more than the first that an abbreviation may mean."""
    return all(problem.code != "ambiguous_zone_abbreviation" for problem in meeting.problems)


def _digest(report: Report) -> str:
    text = json.dumps(report_document(report), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _write_group(folder: Path, group: Group) -> Path:
    first = folder / group_file_name(group.acronym)
    # A file of comments, such as the example, may have the name already.
    others = (first.with_name(f"{first.stem}-{number}.yaml") for number in count(2))
    path = first
    try:
        path = next(path for path in chain([first], others) if not path.exists())
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(write_group(group))
    except OSError as cause:
        raise GroupNotWritten(path, cause) from cause
    return path
