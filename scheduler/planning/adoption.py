"""From a report to a draft: which meetings are known already, which are new, which are gone.

A meeting of the report is the known one of the same date and start; failing that, the known one
of the same label that was still ahead when the report was written, for labels such as "i" begin
anew with every series. A known meeting that the report leaves out is gone only if the same
document had named it before; another report says nothing about it.
"""

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting, Status
from scheduler.model.plan import Plan
from scheduler.model.report import Authorization, Report
from scheduler.planning.calling_off import called_off
from scheduler.planning.events import adopted_events
from scheduler.planning.identity import identified, with_deadline_uids


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The draft that a report makes, and the meetings it does not mention but leaves standing."""

    draft: Plan
    left_standing: tuple[Meeting, ...]


def adopt(
    report: Report,
    *,
    group: str,
    source: str,
    as_of: dt.date,
    base: Plan | None,
    published: Plan | None,
    own_labels: bool = False,
) -> Adoption:
    """Return the draft that a report makes of a group's plan.

    `base` is the draft or plan it builds on, `published` the plan that calendars show;
    `source` names the document, without its revision; `as_of` is the day it speaks from.
    With `own_labels` a label means only meetings of the same source, since it just counts them.
    """
    known = base.meetings if base else ()
    shown = {meeting.uid: meeting for meeting in published.meetings} if published else {}
    matches = match(report.meetings, known, as_of, labels_of=source if own_labels else None)
    named = _named(report.meetings, group, source, matches, {m.uid for m in known} | {*shown})
    matched = {meeting.uid for meeting in matches.values()}
    rest = [_kept(m, source, as_of, shown) for m in known if m.uid not in matched]
    standing = [meeting for meeting in rest if meeting is not None]
    whole = [_where_shown(meeting, shown) for meeting in (*named, *standing)]
    return Adoption(
        draft=_merged_plan(report, group, source, as_of, base, in_order(whole)),
        left_standing=tuple(meeting for meeting in standing if _is_ahead(meeting, as_of)),
    )


def match(
    meetings: Iterable[Meeting],
    known: Iterable[Meeting],
    as_of: dt.date,
    *,
    labels_of: str | None = None,
) -> Mapping[int, Meeting]:
    """Return, by position in `meetings`, the known meeting each of them is.

    `labels_of` is the only source whose labels count; None for those of any.
    """
    found: dict[int, Meeting] = {}
    free = list(known)
    meetings = tuple(meetings)
    for position, meeting in enumerate(meetings):
        same = [old for old in free if (old.date, old.start) == (meeting.date, meeting.start)]
        if same:
            found[position] = same[0]
            free.remove(same[0])
    for position, meeting in enumerate(meetings):
        if position in found or meeting.label is None:
            continue
        same = [
            old
            for old in free
            if old.label == meeting.label
            and _is_ahead(old, as_of)
            and labels_of in (None, old.source)
        ]
        if same:
            found[position] = same[0]
            free.remove(same[0])
    return found


def in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return meetings by date and hour; those without an hour open their day."""
    return tuple(
        sorted(meetings, key=lambda m: (m.date, m.start or dt.time.min, m.end_date, m.uid))
    )


def with_known_deadlines(
    deadlines: Iterable[Deadline], known: Iterable[Deadline]
) -> tuple[Deadline, ...]:
    """Return deadlines that keep what was settled of the known ones of their kind, in order.

    That is their UID, their stamp and, at the same hour of the same day, the reading of it.
    """
    free = [deadline for deadline in known if not deadline.withdrawn]
    result = []
    for deadline in deadlines:
        same = next((old for old in free if old.kind == deadline.kind), None)
        if same is None:
            result.append(deadline)
            continue
        free.remove(same)
        chosen = same.moment if _is_same_wall(same, deadline) else deadline.moment
        result.append(replace(deadline, uid=same.uid, stamp=same.stamp, moment=chosen))
    return tuple(result)


def _is_same_wall(one: Deadline, other: Deadline) -> bool:
    return replace(one.moment, reading=None) == replace(other.moment, reading=None)


def _named(
    meetings: Iterable[Meeting],
    group: str,
    source: str,
    matches: Mapping[int, Meeting],
    taken: set[str],
) -> list[Meeting]:
    """The report's meetings, each with its known UID or a new one."""
    named = []
    for position, meeting in enumerate(meetings):
        said = replace(meeting, group=group, source=source)
        old = matches.get(position)
        named.append(_renewed(said, old) if old else identified(said, taken))
        taken.add(named[-1].uid)
    return named


def _renewed(meeting: Meeting, old: Meeting) -> Meeting:
    """A known meeting as the report has it now; a confirmation outlives a second reading."""
    confirmed = old.status is Status.CONFIRMED and meeting.status is Status.TENTATIVE
    same_time = (meeting.date, meeting.start) == (old.date, old.start)
    renewed = replace(
        meeting,
        uid=old.uid,
        stamp=old.stamp,
        former=old.former,
        status=old.status if confirmed else meeting.status,
        deadlines=with_known_deadlines(meeting.deadlines, old.deadlines),
        link=meeting.link or old.link,
        reading=old.reading if same_time else meeting.reading,
        agenda=old.agenda,
    )
    return with_deadline_uids(renewed)


def _kept(meeting: Meeting, source: str, as_of: dt.date, shown: Container[str]) -> Meeting | None:
    """What becomes of a known meeting that the report does not name; None where it just goes."""
    if meeting.source != source or not _is_ahead(meeting, as_of):
        return meeting
    if meeting.uid not in shown:
        return None
    return replace(meeting, status=Status.CANCELLED, reason=f"no longer named in {source}")


def _where_shown(meeting: Meeting, shown: Mapping[str, Meeting]) -> Meeting:
    """A cancelled meeting at the time that calendars know; another one as it is."""
    if meeting.status is not Status.CANCELLED:
        return meeting
    return called_off(meeting, shown.get(meeting.uid))


def _is_ahead(meeting: Meeting, as_of: dt.date) -> bool:
    return meeting.end_date >= as_of and meeting.status is not Status.CANCELLED


def _merged_plan(
    report: Report,
    group: str,
    source: str,
    as_of: dt.date,
    base: Plan | None,
    meetings: tuple[Meeting, ...],
) -> Plan:
    """The report's plan; what it leaves unsaid stays as the known plan had it."""
    known = base or Plan(group=group)
    events = adopted_events(report.events, known, source=source, as_of=as_of)
    again = any(meeting.source == source for meeting in known.meetings)
    return replace(
        known,
        meetings=meetings,
        events=events.named,
        former_events=events.former,
        document=report.document,
        authorization=_authorization(report.authorization, known.authorization, again=again),
        parent_meeting=report.parent_meeting or known.parent_meeting,
        priority_rule=report.priority_rule or known.priority_rule,
        problems=report.problems,
    )


def _authorization(said: Authorization, known: Authorization, *, again: bool) -> Authorization:
    """The permission of the series that a report speaks of.

    A decision that somebody recorded outlives a second reading of the request (`again`), and
    says nothing about the series of another document.
    """
    silent = said.required_from is None and said.state is None
    if not again:
        return replace(known, state=None, decided=None, count=said.count) if silent else said
    if known.decided is None:
        return known if silent else said
    return replace(
        said,
        required_from=said.required_from or known.required_from,
        state=known.state,
        decided=known.decided,
    )
