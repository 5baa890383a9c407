"""The file of a mandate, key by key."""

import datetime as dt
import re
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from scheduler.errors import InterimError
from scheduler.intake.group_law import EventFile, ParentFile
from scheduler.intake.recurrences import parse_recurrence, parse_weekday
from scheduler.intake.settings_values import Day, Name, Strict, WebAddress, Zone, known_year
from scheduler.model.deadline import Anchor, Unit
from scheduler.model.meeting import Mode
from scheduler.model.recurrence import Recurrence, Slot
from scheduler.model.report import AuthorizationState

LONGEST_MINUTES = 12 * 60
DAY_MINUTES = 24 * 60
FEWEST_DAYS_APART = 2  # with meetings of up to half a day, two can then never overlap


def _slot(text: object) -> object:
    start, _, end = str(text).replace("–", "-").partition("-")
    try:
        first, last = (dt.time.fromisoformat(part.strip().zfill(5)) for part in (start, end))
    except ValueError:
        raise ValueError(f"{text!r} are no hours; give such as 13:00-14:30") from None
    length = (last.hour - first.hour) * 60 + last.minute - first.minute
    minutes = length if length > 0 else length + DAY_MINUTES
    if minutes > LONGEST_MINUTES:
        raise ValueError(f"{text!r} are {minutes // 60} hours; a meeting has up to 12")
    return Slot(first, minutes)


def _clock(text: object) -> object:
    try:
        return dt.time.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        raise ValueError(f"{text!r} is no clock time; give such as 16:00") from None


def _recurrence(text: object) -> object:
    try:
        return parse_recurrence(str(text))
    except InterimError as fault:
        raise ValueError(str(fault)) from fault


def _weekday(text: str) -> str:
    try:
        parse_weekday(text)
    except InterimError as fault:
        raise ValueError(str(fault)) from fault
    return text


def _moment(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", text):
        raise ValueError(f"{text!r} is no day or local time; give 2027-03-17 or 2027-03-17 14:00")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} cannot be; give a day and hour that exist") from None
    known_year(moment.year)
    return text


Hours = Annotated[Slot, BeforeValidator(_slot)]
Clock = Annotated[dt.time, BeforeValidator(_clock)]
Rule = Annotated[Recurrence, BeforeValidator(_recurrence)]
Weekday = Annotated[str, AfterValidator(_weekday)]
LocalMoment = Annotated[str, AfterValidator(_moment)]
Weight = Annotated[int, Field(ge=0, le=100)]
AnyHours = Annotated[list[Hours], Field(min_length=1, max_length=96)]


class AuthorizationFile(Strict):
    """The parent's permission."""

    required_from: Name | None = None
    state: AuthorizationState = Field(default=AuthorizationState.REQUESTED, strict=False)
    count: Annotated[int, Field(ge=1, le=999)] | None = None
    decided: Day | None = None


class DeadlineFile(Strict):
    """A rule that deadlines follow from."""

    kind: Name = "contribution"
    offset: Annotated[int, Field(ge=-9999, le=9999)]
    unit: Unit = Field(default=Unit.CALENDAR_DAY, strict=False)
    anchor: Anchor = Field(default=Anchor.MEETING_DATE, strict=False)
    time: Clock | None = None
    zone: Zone | None = None


class SkipFile(Strict):
    """A day that the series leaves out."""

    date: Day
    reason: Name


class RuleFile(Strict):
    """A rule, from its first day on."""

    rule: Rule
    first: Day = Field(alias="from")
    until: Day | None = None
    count: Annotated[int, Field(ge=1, le=999)] | None = None
    hours: AnyHours

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        for key, beside, within in (
            ("count", self.count, self.rule.count),
            ("until", self.until, self.rule.until),
        ):
            if beside and within:
                raise ValueError(f"{key!r} stands within the rule and beside it; give it once")
        last = self.until or self.rule.until
        if last and last < self.first:
            raise ValueError(f"it ends on {last}, before it begins on {self.first}")
        return self


class SpacingFile(Strict):
    """Days from one meeting to the next."""

    ideal: Annotated[int, Field(ge=FEWEST_DAYS_APART, le=1000)] | None = None
    least: Annotated[int, Field(ge=FEWEST_DAYS_APART, le=1000)] | None = None
    most: Annotated[int, Field(ge=FEWEST_DAYS_APART, le=1000)] | None = None


class MemberFile(Strict):
    """How many members sit in a zone."""

    zone: Zone
    count: Annotated[int, Field(ge=1, le=100_000)] = 1


class TimeFile(Strict):
    """From when until when, on the clock of the mandate's zone; whole days without an hour."""

    start: LocalMoment = Field(alias="from")
    end: LocalMoment = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("it ends before it begins; exchange 'from' and 'to'")
        return self


class BusyFile(TimeFile):
    """When somebody is elsewhere."""

    title: Name
    soft: bool = False


class RoomFile(TimeFile):
    """When a room can be had."""

    name: Name


class WeightsFile(Strict):
    """How much each part counts."""

    hours: Weight = 4
    spacing: Weight = 3
    sharing: Weight = 2
    balance: Weight = 2
    law: Weight = 2
    clashes: Weight = 2
    nearness: Weight = 1


class ChooseFile(Strict):
    """What dates are chosen by."""

    meetings: Annotated[int, Field(ge=1, le=100)]
    first: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    weekdays: list[Weekday] = Field(
        default=["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], min_length=1
    )
    hours: AnyHours
    spacing: SpacingFile = SpacingFile()
    members: list[MemberFile] = Field(default=[], max_length=60)
    people: list[Name] = Field(default=[], max_length=1000)
    busy: list[BusyFile] = Field(default=[], max_length=20_000)
    rooms: list[RoomFile] = Field(default=[], max_length=20_000)
    near: list[EventFile] = Field(default=[], max_length=500)
    near_days: Annotated[int, Field(ge=0, le=365)] = 7
    weights: WeightsFile = WeightsFile()
    seed: Annotated[int, Field(ge=0)] = 0


class MandateFile(Strict):
    """A mandate as it is written."""

    group: Name
    document: Name | None = None
    title: Name | None = None
    date: Day | None = None
    authorization: AuthorizationFile | None = None
    parents: list[ParentFile] = Field(default=[], max_length=100)
    zone: Zone | None = None
    mode: Mode | None = Field(default=None, strict=False)
    place: Name | None = None
    link: WebAddress | None = None
    topics: list[list[Name]] = Field(default=[], max_length=999)
    deadlines: list[DeadlineFile] = Field(default=[], max_length=50)
    skip: list[SkipFile] = Field(default=[], max_length=999)
    dates: list[Day] = Field(default=[], max_length=999)
    hours: list[Hours] = Field(default=[], max_length=96)
    rules: list[RuleFile] = Field(default=[], max_length=99)
    choose: ChooseFile | None = None

    @model_validator(mode="after")
    def _found_in_one_way(self) -> Self:
        if sum(map(bool, (self.dates, self.rules, self.choose))) != 1:
            raise ValueError("the dates are found in one way: give 'dates', 'rules' or 'choose'")
        if bool(self.dates) != bool(self.hours):
            raise ValueError("'dates' and 'hours' belong together; give both or neither")
        for one, following in pairwise(self.dates):
            if following <= one:
                raise ValueError(
                    f"{following} stands after {one}; give each date once, in order, for the hours"
                    " are taken in turn"
                )
        return self
