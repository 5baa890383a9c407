"""The part of a group's file that rules read: its calendar, its people, its own law."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from scheduler.errors import InterimError
from scheduler.intake.national_days import Country
from scheduler.intake.outside.fetching.addresses import parse_calendar_url
from scheduler.intake.rule_calls import AnyLevel, CallFile, Misuse, Values, misuses, value_misuses
from scheduler.intake.settings_values import Day, Name, Strict, Zone
from scheduler.intake.yaml_tree import Position
from scheduler.model.busy import OutsideCalendar
from scheduler.model.group import Group
from scheduler.model.meeting import Event
from scheduler.model.pack import Override, Pack, RuleCall, Waiver
from scheduler.model.report import ParentMeeting
from scheduler.rules.law import UNWAIVABLE, law_of


class Members(Strict):
    """Where a group's members are."""

    zones: list[Zone] = Field(default=[])
    countries: list[Country] = Field(default=[], max_length=500)


class _Dated(Strict):
    """A thing of one day or several."""

    date: Day
    end_date: Day | None = None
    place: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end_date and self.end_date < self.date:
            raise ValueError(f"it ends on {self.end_date}, before it begins on {self.date}")
        return self


class ParentFile(_Dated):
    """A meeting of the parent group."""

    name: Name


class EventFile(_Dated):
    """A dated thing beside the meetings."""

    title: Name


def _calendar_url(text: str) -> str:
    try:
        parse_calendar_url(text)
    except InterimError as fault:
        raise ValueError(str(fault)) from None
    return text


def _calendar_file(text: str) -> str:
    if text.startswith(("/", "\\")) or ":" in text:
        raise ValueError(f"{text!r} is no file beside the group's; give a path from its folder")
    return text


class CalendarFile(Strict):
    """A calendar that others keep."""

    title: Name
    file: Annotated[Name, AfterValidator(_calendar_file)] | None = None
    url: Annotated[str, AfterValidator(_calendar_url)] | None = None
    hard: bool = True
    about: Name | None = None

    @model_validator(mode="after")
    def _from_one_place(self) -> Self:
        if (self.file is None) == (self.url is None):
            raise ValueError("a calendar comes from one place; give 'file' or 'url'")
        return self


class OverrideFile(Strict):
    """A rule of the body as the group has it."""

    rule: Name
    reason: Name
    level: AnyLevel | None = None
    values: Values = Field(default={}, alias="with")


class WaiverFile(Strict):
    """A rule that the group does without."""

    rule: Name
    reason: Name
    meetings: list[Name] = Field(default=[])


def parent_meeting(file: ParentFile) -> ParentMeeting:
    """Return a parent's meeting as the model has it."""
    end_date = file.end_date or file.date
    return ParentMeeting(name=file.name, date=file.date, end_date=end_date, place=file.place)


def event(file: EventFile) -> Event:
    """Return an event as the model has it."""
    end_date = file.end_date or file.date
    return Event(title=file.title, date=file.date, end_date=end_date, place=file.place)


def outside_calendar(file: CalendarFile) -> OutsideCalendar:
    """Return an outside calendar as the model has it."""
    return OutsideCalendar(
        title=file.title, file=file.file, url=file.url, hard=file.hard, about=file.about
    )


def override(file: OverrideFile) -> Override:
    """Return an override as the model has it."""
    values = tuple(sorted(file.values.items()))
    return Override(rule=file.rule, reason=file.reason, level=file.level, values=values)


def waiver(file: WaiverFile) -> Waiver:
    """Return a waiver as the model has it."""
    return Waiver(rule=file.rule, reason=file.reason, meetings=tuple(file.meetings))


def own_misuses(rules: Iterable[CallFile]) -> Iterator[Misuse]:
    """Yield what is wrong with a group's own rules."""
    seen: set[str] = set()
    for place, call in enumerate(rules):
        if call.name in seen:
            yield _taken(place, call, "a rule above already")
        seen.add(call.name)
        for position, message, of_key in misuses(call):
            yield ("rules", place, *position), message, of_key
        if call.reason is None:
            message = "the key 'reason' is missing; say why the group has this rule"
            yield ("rules", place), message, False


def _taken(place: int, call: CallFile, by: str) -> Misuse:
    message = f"{call.name!r} names {by}; give this one an 'id' of its own"
    return ("rules", place, "id" if call.id else "rule"), message, False


def _own_as_bound(group: Group, packs: Iterable[Pack]) -> Iterator[Misuse]:
    """Yield the group's own rules that are called what a rule of its body is."""
    theirs = replace(group, rules=(), overrides=(), waivers=())
    bound = {call.id for pack in law_of(theirs, packs) for call in pack.rules}
    for place, call in enumerate(group.rules):
        if call.id in bound:
            message = f"{call.id!r} names a rule that binds the group already"
            key = "rule" if call.id == call.rule else "id"
            yield ("rules", place, key), f"{message}; give this one an 'id' of its own", False


def _misspelt_body(group: Group, packs: Iterable[Pack]) -> Iterator[Misuse]:
    """Yield that a body is written otherwise than its pack has it, which would not bind."""
    known = {_letters(pack.body): pack.body for pack in packs}
    meant = known.get(_letters(group.body or ""))
    if group.body and meant and meant != group.body:
        yield ("body",), f"no rules bind {group.body!r}; did you mean {meant!r}?", False


def _letters(body: str) -> str:
    return "".join(filter(str.isalnum, body.lower()))


def law_misuses(group: Group, packs: Iterable[Pack]) -> Iterator[Misuse]:
    """Yield what a group's file says of rules or kinds that its body does not have.

    `group` is what the file says. Silent on groups whose body has no pack.
    """
    packs = tuple(packs)
    yield from _misspelt_body(group, packs)
    yield from _own_as_bound(group, packs)
    own = [pack for pack in packs if pack.body == group.body]
    kinds = {kind for pack in own for call in pack.rules for kind in call.kinds}
    kinds |= {pack.usual for pack in own if pack.usual}
    if group.kind and own and group.kind not in kinds:
        known = ", ".join(sorted(kinds)) or "none"
        yield ("kind",), f"{group.body} has no kind {group.kind!r}; its kinds are {known}", False
    plain = replace(group, overrides=(), waivers=())
    bound = {call.id: call for pack in law_of(plain, packs) for call in pack.rules}
    changed = [override.rule for override in group.overrides]
    waived = [waiver.rule for waiver in group.waivers]
    for key, rules in (("overrides", changed), ("waivers", waived)):
        for place, rule in enumerate(rules):
            if rule not in bound:
                known = ", ".join(sorted(bound))
                message = f"no rule {rule!r} binds the group; the rules are {known}"
                yield (key, place, "rule"), message, False
    for place, rule in enumerate(waived):
        if rule in bound and bound[rule].rule == UNWAIVABLE:
            message = f"rule {rule!r} cannot be waived, for calendars need an instant"
            yield ("waivers", place, "rule"), message, False
    for place, change in enumerate(group.overrides):
        for position, message, of_key in _override_misuses(change, bound.get(change.rule)):
            yield ("overrides", place, *position), message, of_key


def _override_misuses(change: Override, call: RuleCall | None) -> Iterator[Misuse]:
    if call is not None:
        together: Values = dict(call.values) | dict(change.values)
        yield from value_misuses(call.rule, together)


def nothing_changed(overrides: Iterable[OverrideFile]) -> Iterator[tuple[Position, str, bool]]:
    """Yield the overrides that change nothing, or what another one changes."""
    seen: set[str] = set()
    for place, change in enumerate(overrides):
        if change.rule in seen:
            message = f"{change.rule!r} is overridden above already; say it once"
            yield ("overrides", place, "rule"), message, False
        seen.add(change.rule)
        if change.level is None and not change.values:
            message = "nothing is overridden; give a 'level' or values under 'with'"
            yield ("overrides", place), message, False
