"""Reads packs of law: YAML in, checked calls of the vocabulary out."""

from collections.abc import Iterable, Iterator

from pydantic import Field

from scheduler.intake.agenda_settings import AgendaFile, agenda_law, agenda_misuses
from scheduler.intake.rule_calls import CallFile, Year, misuses, rule_call
from scheduler.intake.settings_values import Day, Name, Strict
from scheduler.intake.yaml_files import Fault, InvalidFile, Placed, in_order, placed
from scheduler.model.pack import LAST_YEAR, Pack, names
from scheduler.model.period import StudyPeriod
from scheduler.packs import installed_pack_files, pack_files
from scheduler.rules.law import EVERY_BODY


class _Period(Strict):
    """A study period, from its first to its last day."""

    name: Name
    start: Day
    end: Day


class _File(Strict):
    """A pack as it is written."""

    body: Name
    title: Name
    since: Year
    until: Year = LAST_YEAR
    usual: Name | None = None
    agenda: AgendaFile = AgendaFile()
    study_periods: list[_Period] = Field(default_factory=list)
    rules: list[CallFile]


def read_packs() -> tuple[Pack, ...]:
    """Return the packs that come with the product, then those that others have installed.

    Raises `InvalidFile` with the faults of all packs, each with its place.
    """
    found: list[Pack] = []
    faults: list[Fault] = []
    for folder, file in (*pack_files(), *installed_pack_files()):
        try:
            pack = read_pack(file.read_bytes(), f"{folder}/pack.yaml")
            faults.extend(taken(pack, found, f"{folder}/pack.yaml"))
            found.append(pack)
        except InvalidFile as invalid:
            faults.extend(invalid.found)
        except OSError as cause:
            message = f"cannot be read: {cause.strerror or cause}; a pack holds a pack.yaml"
            faults.append(Fault(file=f"{folder}/pack.yaml", line=1, column=1, message=message))
    if faults:
        raise InvalidFile(faults)
    return tuple(found)


def taken(pack: Pack, others: Iterable[Pack], name: str) -> Iterator[Fault]:
    """Yield the rules of a pack that are called what another's are that holds for a group of it.

    `name` is that of the pack's file, for messages.
    """
    for other in others:
        of_one = pack.body == other.body or EVERY_BODY in (pack.body, other.body)
        at_once = pack.since <= other.until and other.since <= pack.until
        for rule in set(names(pack.rules)) & set(names(other.rules)) if of_one and at_once else ():
            message = f"{rule!r} names a rule of {other.title!r} too; give this one another 'id'"
            yield Fault(file=name, line=1, column=1, message=message)


def read_pack(data: bytes, name: str) -> Pack:
    """Return a pack from its YAML; `name` is for messages.

    Raises `InvalidFile`, also for a rule that the vocabulary does not know or that is called
    with other parameters than it takes; every fault has its line and column.
    """
    file = placed(data, name, _File)
    if file is None:
        raise InvalidFile([Fault(file=name, line=1, column=1, message="the pack is empty")])
    faults = in_order(_faults(file))
    if faults:
        raise InvalidFile(faults)
    said = file.value
    rules = tuple(rule_call(call, said.since, said.until) for call in said.rules)
    return Pack(
        body=said.body,
        title=said.title,
        since=said.since,
        until=said.until,
        usual=said.usual,
        agenda=agenda_law(said.agenda),
        study_periods=tuple(
            StudyPeriod(name=period.name, start=period.start, end=period.end)
            for period in said.study_periods
        ),
        rules=rules,
    )


def _faults(file: Placed[_File]) -> Iterator[Fault]:
    said = file.value
    if said.until < said.since:
        yield file.fault(("until",), f"the last year, {said.until}, lies before the first")
    for position, message, of_key in agenda_misuses(said.agenda):
        yield file.fault(position, message, of_key=of_key)
    for place, period in enumerate(said.study_periods):
        if period.end < period.start:
            message = f"the study period ends on {period.end}, before it starts"
            yield file.fault(("study_periods", place, "end"), message)
    seen: set[str] = set()
    for place, call in enumerate(said.rules):
        for position, message, of_key in misuses(call):
            yield file.fault(("rules", place, *position), message, of_key=of_key)
        if call.name in seen:
            message = f"{call.name!r} names a rule above already; give this one an 'id' of its own"
            yield file.fault(("rules", place, "id" if call.id else "rule"), message)
        seen.add(call.name)
        if call.reason:
            message = "a reason is for the file of a group; a pack cites a source"
            yield file.fault(("rules", place, "reason"), message, of_key=True)
