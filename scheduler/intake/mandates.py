"""Mandates as a rapporteur writes them: who permits a series, and how its dates are found."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from scheduler.intake.group_law import event, parent_meeting
from scheduler.intake.mandate_file import (
    FEWEST_DAYS_APART,
    AuthorizationFile,
    ChooseFile,
    DeadlineFile,
    MandateFile,
    RuleFile,
    SpacingFile,
    TimeFile,
)
from scheduler.intake.recurrences import parse_weekday
from scheduler.intake.yaml_files import Fault, InvalidFile, placed_file
from scheduler.intake.yaml_tree import Position
from scheduler.model.busy import BusyTime
from scheduler.model.deadline import DeadlineRule, TimeSource
from scheduler.model.group import Group, group_named
from scheduler.model.mandate import (
    Mandate,
    Membership,
    Preferences,
    RoomTime,
    Skip,
    Spacing,
    Weights,
)
from scheduler.model.moment import GENEVA, Instant, WallTime, candidates
from scheduler.model.recurrence import SeriesRule
from scheduler.model.report import Authorization, DocumentHeader, ParentMeeting

ONE_DAY = dt.timedelta(days=1)
LONGEST_WINDOW_DAYS = 1100
Refusal = Callable[[Position, str], InvalidFile]


def read_mandate(path: Path, groups: Mapping[str, Group]) -> Mandate:
    """Return the mandate in a file; what it leaves unsaid is as its group's file has it.

    Raises `InvalidFile` with every fault at its place, or `UnreadableFile`.
    """
    found = placed_file(path, MandateFile)
    if found is None:
        empty = "the mandate is empty; docs/series.md shows one"
        raise InvalidFile([Fault(file=str(path), line=1, column=1, message=empty)])
    file = found.value

    def refuse(position: Position, message: str) -> InvalidFile:
        return InvalidFile([found.fault(position, message)])

    group = group_named(file.group, groups)
    parents = tuple(parent_meeting(parent) for parent in file.parents) or group.parent_meetings
    zone = file.zone or (group.zone if file.group in groups else GENEVA)
    return Mandate(
        group=file.group,
        document=DocumentHeader(
            number=file.document or path.stem, title=file.title, date=file.date
        ),
        zone=zone,
        authorization=_authorization(file.authorization),
        parents=parents,
        mode=file.mode,
        place=file.place,
        link=file.link,
        topics=tuple(tuple(topics) for topics in file.topics),
        deadline_rules=tuple(_deadline_rule(rule, zone) for rule in file.deadlines),
        skips=tuple(Skip(date=skip.date, reason=skip.reason) for skip in file.skip),
        listed=tuple(file.dates),
        slots=tuple(file.hours),
        rules=tuple(_series_rule(rule, parents, at, refuse) for at, rule in enumerate(file.rules)),
        preferences=(
            _preferences(file.choose, zone, parents, group, refuse) if file.choose else None
        ),
    )


def _authorization(file: AuthorizationFile | None) -> Authorization:
    if file is None:
        return Authorization()
    return Authorization(
        required_from=file.required_from, state=file.state, count=file.count, decided=file.decided
    )


def _deadline_rule(file: DeadlineFile, zone: str) -> DeadlineRule:
    return DeadlineRule(
        kind=file.kind,
        offset=file.offset,
        unit=file.unit,
        anchor=file.anchor,
        clock=file.time,
        zone=file.zone or zone,
        time_source=TimeSource.STATED if file.time else TimeSource.CONVENTION,
    )


def _series_rule(
    file: RuleFile, parents: Sequence[ParentMeeting], at: int, refuse: Refusal
) -> SeriesRule:
    recurrence = replace(
        file.rule,
        until=file.until or file.rule.until,
        count=file.count or file.rule.count,
    )
    ends = recurrence.until or recurrence.count
    if not ends and not any(parent.date > file.first for parent in parents):
        raise refuse(
            ("rules", at),
            f"the rule from {file.first} has no end; give 'until', 'count', or the parent's next "
            "meeting under 'parents'",
        )
    return SeriesRule(first=file.first, recurrence=recurrence, slots=tuple(file.hours))


def _preferences(
    file: ChooseFile, zone: str, parents: Sequence[ParentMeeting], group: Group, refuse: Refusal
) -> Preferences:
    first, last = _window(file, parents, refuse)
    members = [Membership(zone=m.zone, count=m.count) for m in file.members]
    return Preferences(
        meetings=file.meetings,
        first=first,
        last=last,
        weekdays=tuple(sorted({parse_weekday(name) for name in file.weekdays})),
        slots=tuple(file.hours),
        spacing=_spacing(file.spacing, (last - first).days // file.meetings, refuse),
        members=tuple(members or (Membership(zone=zone) for zone in group.member_zones)),
        people=tuple(file.people) or group.people,
        busy=tuple(
            BusyTime(title=busy.title, hard=not busy.soft, **_span(busy, zone))
            for busy in file.busy
        ),
        rooms=tuple(RoomTime(name=room.name, **_span(room, zone)) for room in file.rooms),
        near=tuple(event(one) for one in file.near) or group.events,
        near_days=file.near_days,
        weights=Weights(**file.weights.model_dump()),
        seed=file.seed,
    )


def _window(
    file: ChooseFile, parents: Sequence[ParentMeeting], refuse: Refusal
) -> tuple[dt.date, dt.date]:
    """The days between which dates are chosen: those said, else those between the parents."""
    ordered = sorted(parents, key=lambda parent: parent.date)
    first = file.first or (ordered[0].end_date + ONE_DAY if ordered else None)
    ahead = [parent.date for parent in ordered if first and parent.date > first]
    last = file.until or (ahead[0] - ONE_DAY if ahead else None)
    if first is None or last is None:
        raise refuse(
            ("choose",),
            "choose has no window; give 'from' and 'until', or the parent's meetings before and "
            "after the series under 'parents'",
        )
    if not first <= last <= first + dt.timedelta(days=LONGEST_WINDOW_DAYS):
        raise refuse(
            ("choose", "until" if file.until else "from"),
            f"the window from {first} until {last} is no span of up to {LONGEST_WINDOW_DAYS} days; "
            "give 'until' after 'from'",
        )
    return first, last


def _spacing(file: SpacingFile, share_days: int, refuse: Refusal) -> Spacing:
    """The spacing that was said; what was not follows from a meeting's share of the window."""
    ideal = file.ideal or max(share_days, file.least or 0, FEWEST_DAYS_APART)
    least = file.least or max(FEWEST_DAYS_APART, ideal // 2)
    most = file.most or max(2 * ideal, least)
    if not least <= ideal <= most:
        raise refuse(
            ("choose", "spacing"),
            f"spacing: least {least}, ideal {ideal} and most {most} days are not in order",
        )
    return Spacing(ideal_days=ideal, least_days=least, most_days=most)


class _Span(TypedDict):
    """From when until when."""

    start: Instant
    end: Instant


def _span(file: TimeFile, zone: str) -> _Span:
    """From the first instant that the start may mean to the last that the end may."""
    start, end = (dt.datetime.fromisoformat(text) for text in (file.start, file.end))
    if " " not in file.end:
        end += ONE_DAY
    return {
        "start": candidates(WallTime(start.date(), start.time(), zone))[0],
        "end": candidates(WallTime(end.date(), end.time(), zone))[-1],
    }
