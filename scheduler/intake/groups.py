"""The files in `groups/`: each says who a group is and how it is told about."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from scheduler.errors import InterimError
from scheduler.intake.agenda_settings import (
    AgendaFile,
    Topics,
    agenda_law,
    agenda_misuses,
    topic_misuses,
    topics,
)
from scheduler.intake.group_law import (
    CalendarFile,
    EventFile,
    Members,
    OverrideFile,
    ParentFile,
    WaiverFile,
    event,
    law_misuses,
    nothing_changed,
    outside_calendar,
    override,
    own_misuses,
    parent_meeting,
    waiver,
)
from scheduler.intake.group_text import write_group
from scheduler.intake.holidays import KeptDays, each_day
from scheduler.intake.publishing_values import Color, DocumentAddress, WhoJoins
from scheduler.intake.reminder_settings import ReminderRules, reminder_misuses, reminder_rules
from scheduler.intake.rule_calls import CallFile, rule_call
from scheduler.intake.settings_values import (
    LONGEST_NAME,
    Language,
    Mail,
    Name,
    Strict,
    WebAddress,
    Zone,
)
from scheduler.intake.yaml_files import (
    Fault,
    InvalidFile,
    Placed,
    UnreadableFile,
    in_order,
    parse,
    placed_file,
)
from scheduler.model.group import Group, JoinLink
from scheduler.model.moment import GENEVA
from scheduler.model.pack import Pack
from scheduler.rules.agenda_law import effective_agenda

_Days = Annotated[int, Field(ge=0, le=365)]


class GroupFile(Strict):
    """One group's file."""

    acronym: Name
    name: Name | None = None
    parent: Name | None = None
    body: Name | None = None
    zone: Zone = GENEVA
    language: Language = "en"
    page: WebAddress | None = None
    mail: Mail = Mail()
    reminders: list[_Days] = Field(default=[1], max_length=20)
    reminder_rules: ReminderRules = Field(default={})
    keep_cancelled_days: Annotated[int, Field(ge=0, le=3650)] = 30
    kind: Name | None = None
    host: Name | None = None
    members: Members = Members()
    holidays: list[KeptDays] = Field(default=[], max_length=2000)
    parent_meetings: list[ParentFile] = Field(default=[], max_length=500)
    events: list[EventFile] = Field(default=[], max_length=500)
    clear_days: bool = False
    supply: bool = False
    rules: list[CallFile] = Field(default=[])
    overrides: list[OverrideFile] = Field(default=[])
    waivers: list[WaiverFile] = Field(default=[])
    people: list[Name] = Field(default=[], max_length=1000)
    rooms: list[Name] = Field(default=[], max_length=200)
    calendars: list[CalendarFile] = Field(default=[], max_length=20)
    topics: Topics = Field(default=[])
    agenda: AgendaFile = AgendaFile()
    color: Color | None = None
    documents: DocumentAddress | None = None
    join_link: WhoJoins = JoinLink.PUBLIC


class BadGroup(InterimError):
    """A group that cannot be had, for what it is called."""

    def __init__(self, acronym: str, reason: str) -> None:
        super().__init__(
            f"{acronym[:LONGEST_NAME]!a} cannot be the acronym of a group: {reason}; "
            "name the group with --group ACRONYM"
        )


class GroupFilesCollide(InterimError):
    """Two files speak of the same group, or of two whose feeds would have one name."""

    def __init__(self, first: Path, second: Path, acronym: str) -> None:
        super().__init__(
            f"{second}: the feeds of {acronym!r} would have the names that those of {first.name} "
            "have; give one of the two groups another acronym, or take one file away"
        )


def read_groups(folder: Path, packs: Iterable[Pack] = ()) -> tuple[Group, ...]:
    """Return the groups that have a file in the folder, by acronym; none without the folder.

    Files that hold only comments are passed over. `packs` are the law that their own is held
    against. Raises `InvalidFile` with the faults of all files at once, `UnreadableFile`, or
    `GroupFilesCollide`.
    """
    packs = tuple(packs)
    found: dict[Path, Group] = {}
    faults: list[Fault] = []
    for path in _files_of(folder):
        try:
            group = read_group(path, packs)
        except InvalidFile as invalid:
            faults.extend(invalid.found)
            continue
        if group is not None:
            found[path] = group
    if faults:
        raise InvalidFile(faults)
    _refuse_collisions(found)
    return tuple(sorted(found.values(), key=lambda group: group.acronym))


def _files_of(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _is_group_file(path))
    except FileNotFoundError:
        return []
    except OSError as cause:
        raise UnreadableFile(folder, cause) from cause


def _is_group_file(path: Path) -> bool:
    # What an editor keeps beside the file it has open, such as `.#rg-nav.yaml`, is no group's.
    return path.suffix in (".yaml", ".yml") and not path.name.startswith(".")


def read_group(path: Path, packs: Iterable[Pack] = ()) -> Group | None:
    """Return the group a file speaks of, None for comments only; raises `InvalidFile`."""
    file = placed_file(path, GroupFile)
    if file is None:
        return None
    packs = tuple(packs)
    group = _group(file.value, packs)
    faults = in_order(_faults(file, group, packs))
    if faults:
        raise InvalidFile(faults)
    return group


def check_group(group: Group) -> None:
    """Raise `BadGroup` where the file that would be written for a group could not be read again."""
    try:
        file = parse(write_group(group).encode(errors="replace"), "", GroupFile)
    except InvalidFile as invalid:
        raise BadGroup(group.acronym, invalid.found[0].message) from invalid
    if not feed_slug(group.acronym).strip("-"):
        raise BadGroup(group.acronym, _nameless(group.acronym))
    if file is None or file.acronym != group.acronym:
        raise BadGroup(group.acronym, "it could not be written down and read again")


def _nameless(acronym: str) -> str:
    return f"acronym: {acronym!r} holds no letter a-z or digit to name its feeds by"


def _faults(file: Placed[GroupFile], group: Group, packs: tuple[Pack, ...]) -> Iterator[Fault]:
    said = file.value
    if not feed_slug(said.acronym).strip("-"):
        yield file.fault(("acronym",), _nameless(said.acronym))
    own = [*own_misuses(said.rules), *nothing_changed(said.overrides)]
    law = law_misuses(group, packs) if packs and not own else ()
    others = (
        *agenda_misuses(said.agenda),
        *topic_misuses(said.topics),
        *reminder_misuses(said.reminder_rules),
    )
    for position, message, of_key in (*own, *law, *others):
        yield file.fault(position, message, of_key=of_key)


def _group(file: GroupFile, packs: tuple[Pack, ...]) -> Group:
    """A file's group, before its own law is checked."""
    return Group(
        acronym=file.acronym,
        name=file.name,
        parent=file.parent,
        body=file.body,
        zone=file.zone,
        language=file.language,
        page=file.page,
        sender=file.mail.sender,
        reply_to=file.mail.reply_to,
        coalesce_minutes=file.mail.coalesce_minutes,
        reminder_days=tuple(sorted(set(file.reminders), reverse=True)),
        reminder_rules=reminder_rules(file.reminder_rules),
        keep_cancelled_days=file.keep_cancelled_days,
        kind=file.kind,
        host=file.host,
        member_zones=tuple(file.members.zones),
        member_countries=tuple(file.members.countries),
        holidays=tuple(
            day for days in file.holidays for day in each_day(days, days.host, days.countries)
        ),
        parent_meetings=tuple(parent_meeting(parent) for parent in file.parent_meetings),
        events=tuple(event(one) for one in file.events),
        clear_days=file.clear_days,
        supply=file.supply,
        rules=tuple(rule_call(call) for call in file.rules),
        overrides=tuple(override(change) for change in file.overrides),
        waivers=tuple(waiver(one) for one in file.waivers),
        people=tuple(file.people),
        rooms=tuple(file.rooms),
        calendars=tuple(outside_calendar(one) for one in file.calendars),
        topics=topics(file.topics),
        agenda=effective_agenda(agenda_law(file.agenda), file.body, packs),
        color=file.color,
        documents=file.documents,
        join_link=file.join_link,
    )


def group_file_name(acronym: str) -> str:
    """Return the name of a new group's file, such as `rg-nav.yaml`."""
    return f"{feed_slug(acronym).strip('-') or 'group'}.yaml"


def feed_slug(acronym: str) -> str:
    """Return an acronym as names of files have it."""
    return re.sub(r"[^a-z0-9]+", "-", acronym.lower())


def _refuse_collisions(found: dict[Path, Group]) -> None:
    owners: dict[str, Path] = {}
    for path, group in found.items():
        slug = feed_slug(group.acronym)
        if slug in owners:
            raise GroupFilesCollide(owners[slug], path, group.acronym)
        owners[slug] = path
