"""The meetings of a document, merged and with their states, before deadlines are derived."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.intake.reports.meetings.building import Setting, build
from scheduler.intake.reports.meetings.entry import Entry, StatedDeadline
from scheduler.intake.reports.meetings.merging import Read, merge
from scheduler.intake.reports.meetings.statuses import Called
from scheduler.intake.reports.meetings.topics import topics_in
from scheduler.intake.reports.problems import missing_topic
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.terms.stated import stated_deadline
from scheduler.model.meeting import Meeting, Status
from scheduler.model.problem import Problem

_TOPIC_LINE = re.compile(
    r"^\W*(?:main |proposed )?(?:topics?|subjects?|sujets?|thèmes?)(?: principa(?:l"
    r"|ux))?\s?:\s*(?P<topics>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Meetings in the order of their dates, and what is doubtful about them as a whole."""

    meetings: tuple[Meeting, ...]
    problems: tuple[Problem, ...]


def series_of(entries: Sequence[Entry], called: Sequence[Called], setting: Setting) -> Series:
    """Return the meetings that entries stand for, each once."""
    read = [
        Read(
            meeting=_with_stated(build(entry, setting), entry.deadlines),
            series=entry.series,
            listed=entry.listed,
        )
        for entry in entries
    ]
    merged = merge(read)
    meetings = _called_off(merged.meetings, called, setting)
    lists = {entry.line: entry.series for entry in entries}
    return Series(meetings=_with_missing_topics(meetings, lists), problems=merged.problems)


def with_told_topics(
    meetings: tuple[Meeting, ...], spoken: Sequence[Statement]
) -> tuple[Meeting, ...]:
    """Give a meeting that is alone the topics of a line of their own: "Main topic: …"."""
    if len(meetings) != 1 or meetings[0].topics:
        return meetings
    for one in spoken:
        if match := _TOPIC_LINE.match(one.text):
            return (replace(meetings[0], topics=topics_in(match["topics"])),)
    return meetings


def _with_stated(meeting: Meeting, stated: Sequence[StatedDeadline]) -> Meeting:
    for one in stated:
        meeting = stated_deadline(meeting, one)
    return meeting


def _called_off(
    meetings: tuple[Meeting, ...], called: Sequence[Called], setting: Setting
) -> tuple[Meeting, ...]:
    """Set the states that sentences give; a meeting known by that alone is added."""
    states: dict[dt.date, Called] = {one.date.first: one for one in called}
    known = {meeting.date for meeting in meetings}
    changed = [
        replace(meeting, status=states[meeting.date].status) if meeting.date in states else meeting
        for meeting in meetings
    ]
    for day, one in states.items():
        if day not in known:
            changed.append(_only_called(one, setting))
    return tuple(sorted(changed, key=lambda one: (one.date, one.start or dt.time.min)))


def _only_called(called: Called, setting: Setting) -> Meeting:
    return Meeting(
        group=setting.group,
        date=called.date.first,
        end_date=called.date.last,
        zone=setting.declared.zone,
        status=called.status,
        line=called.line,
        source=setting.source,
    )


def _with_missing_topics(
    meetings: tuple[Meeting, ...], lists: Mapping[int, int]
) -> tuple[Meeting, ...]:
    """Flag the meetings without a topic where most others of their list have one.

    `lists` gives the series that stands at a line.
    """
    siblings: dict[int, list[Meeting]] = {}
    for one in meetings:
        if (
            one.line is not None
            and one.line in lists
            and one.status not in (Status.CANCELLED, Status.POSTPONED)
        ):
            siblings.setdefault(lists[one.line], []).append(one)
    bare = {id(one) for group in siblings.values() for one in _bare_among(group)}
    return tuple(
        replace(one, problems=(*one.problems, missing_topic(one.line or 0, one.date)))
        if id(one) in bare
        else one
        for one in meetings
    )


def _bare_among(group: Sequence[Meeting]) -> list[Meeting]:
    topical = sum(1 for one in group if one.topics)
    return [one for one in group if not one.topics] if 2 * topical >= len(group) else []
