"""Deadline rules ("7 days before the meeting"), and deadlines whose date a sentence states."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.intake.moments import Convention, DateFound, OffsetFound, TimeFound
from scheduler.intake.reports.meetings.entry import Entry, StatedDeadline
from scheduler.intake.reports.meetings.pairing import paired
from scheduler.intake.reports.meetings.roles import Role, is_owed, roles
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.terms.kinds import kinds_in, subject_kind
from scheduler.intake.reports.terms.meant import ALL, Meant, is_meant, meant_in
from scheduler.intake.reports.words import EVENT, LIMIT_BEFORE, MEET, MEETING
from scheduler.model.deadline import Anchor, DeadlineRule, TimeSource, Unit
from scheduler.model.meeting import Meeting

_OTHER_ANCHOR = re.compile(
    r"(?<!\w)(?:publication|vote|ballot|announcement|approval|consent|adoption|circulation|plenary|notification|receipt|posting)(?!\w)",
    re.IGNORECASE,
)
_ASSEMBLY = re.compile(r"(?<!\w)(?:member|general|parent) (?:meeting|session)", re.IGNORECASE)
# Where a clause turns to the meetings that a rule does not hold for.
_EXCEPTION = re.compile(
    r"(?<!\w)(?:except|but|however|save|apart from|with the exception|sauf|excepté"
    r"|à l['’]exception)(?!\w)",
    re.IGNORECASE,
)
_LIMIT_VERB = re.compile(
    r"(?<!\w)(?:dead-?line|due|cut-?off|no later than|not later than|at the latest|must|shall"
    r"|should|please|to be|have to"
    r"|need to|regist\w+|clos\w+|required|expected|will be (?:circulated|posted|sent|distributed"
    r"|available)|submitted|received|available|until"
    r"|inscri\w+|reach|arrive|date limite|au plus tard|doivent|parvenir)(?!\w)",
    re.IGNORECASE,
)
# An hour that the text gives by the meeting's own.
_SAME_HOUR = re.compile(
    r"(?<!\w)(?:at|by) the same (?:local |clock )?(?:time|hour)"
    r" (?:as|of) the (?:start|beginning|opening|meeting|call)(?!\w)",
    re.IGNORECASE,
)
_DEFAULT_KIND = "contribution"
_LONGEST_GAP = 40
_REACH = 80  # characters behind a distance that may still speak of it
_OWED_TO_ANYBODY = frozenset({"comment", "liaison", "ballot", "report", "proposal"})
_OWED_TO_MEETINGS = frozenset(
    {"registration", _DEFAULT_KIND, "tdoc", "internet_draft", "agenda", "agenda_item", "slides"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLimit:
    """A deadline with its date from a sentence, and the meetings it is for."""

    deadline: StatedDeadline
    meant: Meant = ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRule:
    """A rule with the meetings it is limited to."""

    rule: DeadlineRule
    meant: Meant = ALL
    stated_zone: bool = False
    offset: OffsetFound


def rules_in(statements: Sequence[Statement], zone: str) -> tuple[FoundRule, ...]:
    """Return the deadline rules of a document, each once, in its order."""
    found: dict[tuple[object, ...], FoundRule] = {}
    for statement in statements:
        for one in _rules_of(statement, zone):
            rule = one.rule
            key = (
                rule.kind,
                rule.offset,
                rule.unit,
                rule.anchor,
                rule.clock,
                rule.zone,
                one.meant,
            )
            found.setdefault(key, one)
    return tuple(found.values())


def rules_of(entries: Sequence[Entry], zone: str) -> tuple[FoundRule, ...]:
    """Return the rules that stand beside single meetings; one for all where they all agree."""
    stated = [(entry, one) for entry in entries for one in entry.offsets]
    distances = {
        (one.kind, one.offset.offset, one.offset.unit, one.offset.clock) for _, one in stated
    }
    shared = len(distances) == 1 and len(stated) == len(entries)
    return tuple(
        FoundRule(
            rule=rule_of(one.offset, one.kind, zone, one.line),
            meant=ALL if shared else Meant(days=(entry.date.first,)),
            stated_zone=one.offset.zone is not None,
            offset=one.offset,
        )
        for entry, one in (stated[:1] if shared else stated)
    )


def rule_of(offset: OffsetFound, kind: str, zone: str, line: int) -> DeadlineRule:
    """Return the rule that a distance states."""
    hours = offset.unit is Unit.HOUR
    return DeadlineRule(
        kind=kind,
        offset=offset.offset,
        unit=offset.unit,
        anchor=_anchor(offset, hours=hours),
        clock=offset.clock,
        zone=offset.zone or zone,
        time_source=TimeSource.STATED if hours else offset.time_source,
        line=line,
        weekday=None if hours else offset.weekday,
    )


def limits_in(statements: Sequence[Statement], own: frozenset[str]) -> tuple[StatedLimit, ...]:
    """Return the deadlines that sentences state by their date."""
    return tuple(limit for statement in statements for limit in _limits_of(statement, own))


def _anchor(offset: OffsetFound, *, hours: bool) -> Anchor:
    if not hours:
        return offset.anchor
    after_end = offset.anchor in (Anchor.MEETING_END, Anchor.MEETING_END_DATE) or offset.offset > 0
    return Anchor.MEETING_END if after_end else Anchor.MEETING_START


def _rules_of(statement: Statement, zone: str) -> Iterator[FoundRule]:
    begin = 0
    above: tuple[str, ...] = ()
    for found in statement.found:
        if not isinstance(found, OffsetFound):
            continue
        offset = _with_clock(found, statement)
        before = statement.text[begin : offset.span.start]
        after = statement.text[offset.span.end :]
        begin = offset.span.end
        if not _counts_from_meeting(offset, after):
            continue
        line = statement.line_at(offset.span.start)
        above = _kinds(before, after) or above
        clause = before + offset.text + _EXCEPTION.split(after[:_REACH])[0]
        meant = meant_in(clause, statement.dates, offset.span.start - len(before))
        for kind in above:
            yield FoundRule(
                rule=_at_its_hour(rule_of(offset, kind, zone, line), clause),
                meant=meant,
                stated_zone=offset.zone is not None,
                offset=offset,
            )


def _at_its_hour(rule: DeadlineRule, clause: str) -> DeadlineRule:
    """Return a rule with the meeting's own hour where that is what the text asks for."""
    if rule.clock is not None or rule.unit is Unit.HOUR or not _SAME_HOUR.search(clause):
        return rule
    return replace(rule, same_clock=True, time_source=TimeSource.STATED)


def _with_clock(offset: OffsetFound, statement: Statement) -> OffsetFound:
    """Return a distance with the hour before it: "by 24:00 on the day five days before"."""
    hours = [one for one in statement.found if isinstance(one, TimeFound) and one.start is not None]
    before = [one for one in hours if one.span.end <= offset.span.start]
    if offset.clock is not None or offset.unit is Unit.HOUR or not before or statement.dates:
        return offset
    between = statement.text[before[-1].span.end : offset.span.start]
    if len(between) > _LONGEST_GAP or re.search(r"[.;]", between):
        return offset
    time = before[-1]
    return replace(
        offset,
        clock=time.start,
        clock_day_offset=time.start_day_offset,
        stated_zone=time.stated_zone,
    )


def _counts_from_meeting(offset: OffsetFound, after: str) -> bool:
    anchor = offset.anchor_text
    if _ASSEMBLY.search(f"{anchor}{after[:30]}"):
        return False
    if not anchor or MEETING.search(anchor) or MEET.search(anchor):
        return True
    return not (EVENT.search(anchor) or _OTHER_ANCHOR.search(anchor))


def _kinds(before: str, after: str) -> tuple[str, ...]:
    """Return what a distance limits; "Contributions and slides are due …" limits both."""
    clause = re.split(r"[;,](?=\s)", before)[-1]
    kinds = kinds_in(clause) or kinds_in(before)[-1:]
    if not kinds:
        kind = subject_kind(before, after)
        return (kind,) if kind else ()
    return kinds[:3] if re.search(r"(?<!\w)(?:and|et|or|ou)(?!\w)", clause) else kinds[:1]


def _limits_of(statement: Statement, own: frozenset[str]) -> Iterator[StatedLimit]:
    limits = [date for date, role in roles(statement, own) if role is Role.LIMIT]
    if not limits or (statement.run is not None and _is_action(statement.text)):
        return
    hours = {date.span: times for date, times in paired(statement.found)}
    for date in limits:
        before = statement.text[: date.span.start][-200:]
        after = statement.text[date.span.end :][:80]
        kind = subject_kind(before) or (subject_kind("", after) if _starts(before) else None)
        if kind is None or not _is_asked(before, after):
            continue
        if not _is_about_meetings(statement, kind):
            continue
        time = hours[date.span].time
        yield StatedLimit(
            deadline=StatedDeadline(
                kind=kind,
                date=date,
                time=time
                if time and time.span.start >= date.span.end
                else _just_before(time, date),
                line=statement.line_at(date.span.start),
            ),
            meant=meant_in(statement.text, statement.dates),
        )


def _is_asked(before: str, after: str) -> bool:
    """Tell whether words beside a date ask for something by then."""
    return bool(_LIMIT_VERB.search(before) or _LIMIT_VERB.search(after)) or is_owed(before)


def _starts(before: str) -> bool:
    return LIMIT_BEFORE.fullmatch(before.strip() + " ") is not None


def _just_before(time: TimeFound | None, date: DateFound) -> TimeFound | None:
    near = time is not None and 0 <= date.span.start - time.span.end <= 12
    return time if near else None


def _is_about_meetings(statement: Statement, kind: str) -> bool:
    """Tell whether a limit is owed to a meeting, and not by somebody to somebody."""
    named = re.search(
        r"(?<!\w)(?:dead-?line|due|cut-?off|date limite|clos\w+|received|submitted|regist\w+"
        r"|submission|reach|arrive|parvenir)(?!\w)",
        statement.text,
        re.IGNORECASE,
    )
    if kind in _OWED_TO_MEETINGS:
        return True
    general = kind in _OWED_TO_ANYBODY and not MEETING.search(statement.text)
    return named is not None and not general


def _is_action(text: str) -> bool:
    return re.match(r"\W*(?:action|ap|ai)\b", text, re.IGNORECASE) is not None


def is_close_of_business(time: TimeFound | None) -> bool:
    """Tell whether an hour is the word "COB" and no figure."""
    return (
        time is not None and time.convention is Convention.CLOSE_OF_BUSINESS and time.start is None
    )


def limited(found: FoundRule, meetings: Sequence[Meeting]) -> DeadlineRule:
    """Return a rule with the labels of the meetings it is limited to."""
    named = tuple(
        meeting.label
        for place, meeting in enumerate(meetings)
        if meeting.label is not None and is_meant(found.meant, place, meetings)
    )
    return replace(found.rule, only_for=named) if named else found.rule
