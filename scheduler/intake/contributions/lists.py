"""Lists of contributions in YAML or CSV, held against one schema."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from scheduler.errors import InterimError
from scheduler.intake.contributions.submission import (
    Submission,
    in_order,
    read_document,
    read_receipt,
    read_source,
    with_lineage,
)
from scheduler.intake.contributions.table import read_table
from scheduler.intake.reports import read_number
from scheduler.intake.settings_values import MailAddress, Name, Strict, one_line
from scheduler.intake.yaml_files import Placed, octets_of, placed_as
from scheduler.intake.yaml_tree import Tree, read_tree
from scheduler.model.moment import Instant

LONGEST_TITLE = 500
LONGEST_LIST = 200
LONGEST_MINUTES = 24 * 60
KEY = "contributions"


class EmptyList(InterimError):
    """A list that names no contribution."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} lists no contribution; give each a row, or an entry under '{KEY}'"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a list leaves unsaid.

    `group` treats its contributions, `numbers_of` is the group whose numbers stand without one,
    `zone` that of local times, and `now` the present.
    """

    group: str
    numbers_of: str | None
    zone: str
    now: Instant


def _parted(value: object) -> object:
    """Take "a; b" for a list of two."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


def _checked(read: Callable[[str, Setting], object]) -> AfterValidator:
    """Return a check that a text can be read, in the setting that the list is read in."""

    def check(text: str, asked: ValidationInfo[Setting]) -> str:
        try:
            read(text, asked.context)
        except InterimError as refusal:
            raise ValueError(str(refusal)) from refusal
        return text

    return AfterValidator(check)


Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_TITLE, strip_whitespace=True),
    AfterValidator(one_line),
]
Number = Annotated[Name, _checked(lambda text, setting: read_number(text, setting.numbers_of))]
SourceText = Annotated[Name, _checked(lambda text, _: read_source(text))]
Receipt = Annotated[
    Name, _checked(lambda text, setting: read_receipt(text, setting.zone, setting.now))
]
_List = (BeforeValidator(_parted), Field(max_length=LONGEST_LIST))
Names = Annotated[list[Name], *_List]


class ContributionFile(Strict):
    """One contribution of a list."""

    number: Number
    title: Title | None = None
    sources: Annotated[list[SourceText], *_List] = Field(default=[])
    topic: Name | None = None
    meeting: Name | None = None
    received: Receipt | None = None
    announced: bool = False
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)] | None = None
    builds_on: Annotated[list[Number], *_List] = Field(default=[])
    forwarded: bool = False
    labels: Names = Field(default=[])
    stage: Annotated[int, Field(ge=0, le=9)] | None = None
    submitted_by: Annotated[list[MailAddress], *_List] = Field(default=[])

    @model_validator(mode="after")
    def _came_in_or_did_not(self) -> Self:
        if self.announced and self.received:
            raise ValueError("what is only announced was not received; leave one of the two out")
        return self


class ListFile(Strict):
    """A list of contributions."""

    contributions: list[ContributionFile] = Field(max_length=10_000)


def read_list(path: Path, setting: Setting) -> tuple[Submission, ...]:
    """Return the contributions of a list, `.csv` being a table and all else YAML.

    Raises `InvalidFile` with every fault at its place, `EmptyList` or `UnreadableFile`.
    """
    read = _table if path.suffix.lower() == ".csv" else read_tree
    file = placed_as(octets_of(path), str(path), ListFile, read, context=setting)
    if file is None or not file.value.contributions:
        raise EmptyList(path)
    rows = enumerate(file.value.contributions)
    return tuple(_submission(file, number, one, setting) for number, one in rows)


def _table(text: str) -> Tree:
    return read_table(text, KEY, numbers=("minutes", "stage"), flags=("announced", "forwarded"))


def _submission(
    file: Placed[ListFile], number: int, one: ContributionFile, setting: Setting
) -> Submission:
    places = {
        name: file.tree.place((KEY, number, name), of_key=False) for name in one.model_fields_set
    }
    said = read_document(one.number, setting.group, setting.numbers_of)
    received = read_receipt(one.received, setting.zone, setting.now) if one.received else None
    return Submission(
        contribution=replace(
            with_lineage(said, one.builds_on, setting.numbers_of),
            title=one.title,
            sources=tuple(map(read_source, one.sources)),
            topic=one.topic,
            meeting=one.meeting,
            received=received,
            minutes=one.minutes,
            forwarded=one.forwarded or said.forwarded,
            labels=tuple(one.labels),
            stage=one.stage,
            submitted_by=in_order(one.submitted_by),
            origin=file.name,
            line=places["number"].line,
        ),
        announced=one.announced,
        file=file.name,
        places={name: (place.line, place.column) for name, place in places.items()},
    )
