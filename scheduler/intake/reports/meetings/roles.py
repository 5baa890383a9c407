"""What a date in running text is: a meeting to come, a limit, an event, something past."""

import re
from collections.abc import Iterator
from enum import StrEnum

from scheduler.intake.moments import DateFound, TimeFound
from scheduler.intake.reports.blocks import leads_with_date
from scheduler.intake.reports.meetings.contexts import Told, told_by
from scheduler.intake.reports.meetings.ownership import is_of_others
from scheduler.intake.reports.sentences import bracket_spans
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.words import (
    DATED_BEFORE,
    DEADLINE,
    EVENT,
    LIMIT_BEFORE,
    MEET,
    MEETING,
    NUMBER,
    PAST,
    WEEK_BEFORE,
)

_WINDOW = 240


class Role(StrEnum):
    """What a date stands for."""

    MEETING = "meeting"
    LIMIT = "limit"
    EVENT = "event"
    OTHER = "other"


# Words of planning that hold for a sentence; a heading may say less.
_COMING = re.compile(
    r"(?:(?<=\w['’])ll|(?<!\w)(?:will|shall|to be (?:held|organi[sz]ed|convened|scheduled)|(?:is"
    r"|are|was|were"
    r"|been|has|have|tentatively)"
    r" (?:\w+ )?(?:re)?(?:scheduled|planned|set|fixed|proposed|convened|called"
    r"|invited)|(?:re)?schedules?"
    r"|plans?|agree[ds]? (?:on|to|upon|that)"
    r"|agreed|to (?:hold|organi[sz]e|meet|convene|have|run)|meets|next|upcoming|forthcoming"
    r"|future|coming|follows|propos(?:e|es|ed|al)"
    r"|authori[sz]ed?|scheduled|planned|takes? place|invit(?:ation|ed|es|e)"
    r"|moves (?:from [\w ,]{1,40}? )?to|prochaine?s?|à"
    r" venir|prévue?s?|prévoit|conven(?:u|ue|us|ues)"
    r"|décidé|(?:se )?tiendra|(?:se )?tiendront|auront lieu|aura lieu|ser(?:a|ont) \w+|se réunira"
    r"|propos[ée]e?s?|organiser|tenir|(?:postponed|moved|shifted|changed"
    r"|re-?scheduled|brought forward|reportée?|déplacée?)(?: (?:from|du) [\w ,]{1,40}?)?"
    r" (?:to|until|au|à)))(?!\w)",
    re.IGNORECASE,
)
_HOLDING = re.compile(
    r"(?<!\w)(?:(?:be )?held|hold|meets?|convene[ds]?|scheduled?|takes? place|organi[sz]ed?"
    r"|tiendra|tiendront|lieu|réunira|tenir|organiser)(?!\w)",
    re.IGNORECASE,
)
_AFTER_BEFORE = re.compile(
    r"(?<!\w)(?:after|following|since|between|instead of|rather than|not|après|depuis"
    r"|entre)\s(?:the\s)?$",
    re.IGNORECASE,
)
_AT_MEETING = re.compile(
    r"(?<!\w)(?:at|during|lors de) (?:its|the|their|our|sa|la) (?:\w+ ){0,3}"
    r"(?:meeting|session|plenary|réunion)s? (?:of|on|du|des|held on)\s*$",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"(?<!\w)(?:agreed|decided|resolved|approved|authori[sz]ed|requested|asked|granted|convenu"
    r"|décidé|autorisé)\s(?:on|le)\s*$",
    re.IGNORECASE,
)
# A number of meetings is planned where it is dated with hours: "Two virtual interims, …".
_COUNTED = re.compile(
    rf"(?<!\w)(?:{NUMBER})\s(?:[\w-]+\s){{0,3}}?(?:interims|e-?meetings|meetings|calls|sessions"
    r"|tele\w+s|réunions|séances)(?!\w)",
    re.IGNORECASE,
)
# What is owed to a meeting, and then a date: "Contributions to the Oslo meeting: 4 May".
_OWED_BEFORE = re.compile(
    r"(?:^|[.;]\s)\W*(?:contributions?|documents?|papers?|slides?|inputs?|submissions?|registrations?"
    r"|(?:draft )?agendas?|inscriptions?)(?:\s(?:to|for|à|pour)\s[^.:;]{2,60})?\s?:\s*$",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\W*(?:it|this|these|they|both|elles?|celle-ci|(?:an?|the|une) (?:further|second|third|fourth"
    r"|last|next|other|new|deuxième|troisième|autre)(?: one)?|another(?: one)?)\s"
    r"(?:(?:will|shall) (?:then )?(?:be held|take|start|follow|run)|takes? place|is|are|follows?"
    r"|runs?|starts?|begins?|aura lieu|auront lieu|se tiendra|suivra)\b",
    re.IGNORECASE,
)
# Another meeting that only says when: "before IETF 126 (18-24 July 2026)".
_BESIDE = re.compile(
    r"(?<!\w)(?:before|after|ahead of|prior to|avant|après) (?:the |la |le )?[A-Z][\w-]*"
    r"(?: [0-9A-Z][\w-]*){0,3}"
)
_CLAUSE = re.compile(r"[;:]\s|,?\s(?:but|while|whereas|mais|tandis que)\s")


def roles(statement: Statement, own: frozenset[str]) -> Iterator[tuple[DateFound, Role]]:
    """Yield each date of a statement of running text with its role."""
    dates = statement.dates
    if not dates:
        return
    brackets = bracket_spans(statement.text)
    in_section = told_by(statement.place) is Told.MEETINGS
    previous: DateFound | None = None
    role = Role.OTHER
    for date in dates:
        if previous is not None and _continues(statement.text, previous, date):
            yield date, role
        else:
            role = _role(statement, date, previous, brackets, own, in_section)
            yield date, role
        previous = date


def _continues(text: str, previous: DateFound, date: DateFound) -> bool:
    between = text[previous.span.end : date.span.start]
    return re.fullmatch(r"[\s,;/&]*(?:and|et|or|on|le|then)?\s*(?:on |le )?", between) is not None


def _role(
    statement: Statement,
    date: DateFound,
    previous: DateFound | None,
    brackets: tuple[tuple[int, int], ...],
    own: frozenset[str],
    in_section: bool,
) -> Role:
    text = statement.text
    before = text[max(0, date.span.start - _WINDOW) : date.span.start]
    after = text[date.span.end : date.span.end + _WINDOW]
    if LIMIT_BEFORE.search(before[-80:]) or _is_due(before) or is_owed(before):
        return Role.LIMIT
    if DATED_BEFORE.search(before[-80:]) or _AFTER_BEFORE.search(before[-30:]):
        return Role.OTHER
    if WEEK_BEFORE.search(before[-40:]) or _is_of_decision(before[-80:], after):
        return Role.OTHER
    if _is_aside(statement, date, brackets):
        return Role.EVENT if _nearest(before, EVENT) > _nearest(before, MEETING) else Role.OTHER
    since = before if previous is None else before[-(date.span.start - previous.span.end) :]
    if _is_event(since, after, before):
        return Role.EVENT
    leading = in_section and leads_with_date(text, statement.found)
    leading = leading or _refers_to_meeting(statement)
    if is_of_others(_clause(before), own) or not _speaks_of_meeting(text, leading):
        return Role.OTHER
    return Role.MEETING if _is_coming(before, after, statement, in_section) else Role.OTHER


def is_owed(before: str) -> bool:
    """Tell whether what stands before a date names what is owed by then, and nothing else."""
    return _OWED_BEFORE.search(before[-120:]) is not None


def _is_of_decision(before: str, after: str) -> bool:
    """Tell whether a date is that of a decision: "At its meeting of 3 May, SG3 authorized …"."""
    if _AT_MEETING.search(before):
        return True
    decided = _DECIDED.search(before)
    return decided is not None and re.match(r"\s*(?:to|that|,|de|que)\s", after) is not None


def _is_due(before: str) -> bool:
    """Tell whether a deadline is what the sentence dates: none is held after it."""
    due = list(DEADLINE.finditer(before))
    return bool(due) and _HOLDING.search(before, due[-1].end()) is None


def _is_aside(statement: Statement, date: DateFound, brackets: tuple[tuple[int, int], ...]) -> bool:
    """Tell whether a date stands in brackets without an hour: "(Geneva, 22 - 26 January)"."""
    inside = [pair for pair in brackets if pair[0] < date.span.start < pair[1]]
    if not inside:
        return False
    begin, end = inside[0]
    timed = any(
        isinstance(one, TimeFound) and begin < one.span.start < end for one in statement.found
    )
    return not timed


def _is_event(since: str, after: str, before: str) -> bool:
    event = _nearest(since, EVENT)
    if event >= 0:
        return event > max(_nearest(since, MEETING), _nearest(since, MEET))
    follows = EVENT.search(after[:40])
    return follows is not None and not MEETING.search(before) and not MEETING.search(after)


def _refers_to_meeting(statement: Statement) -> bool:
    """Tell whether a sentence speaks of the meeting in the one before: "It takes place in …"."""
    above = statement.place.lead[0] if statement.place.lead else ""
    return _REFERS.match(statement.text) is not None and MEETING.search(above) is not None


def _speaks_of_meeting(text: str, leading: bool) -> bool:
    return leading or bool(MEETING.search(text) or MEET.search(text))


def _is_coming(before: str, after: str, statement: Statement, in_section: bool) -> bool:
    """Tell whether the nearest word of time before the date, or else after it, looks ahead."""
    past, coming = _nearest(before, PAST), _nearest(before, _COMING)
    if past != coming:
        return coming > past
    if PAST.search(after):
        return False
    timed = any(isinstance(one, TimeFound) for one in statement.found)
    planned = in_section or _COUNTED.search(before) is not None
    return _COMING.search(after) is not None or (planned and timed)


def _nearest(text: str, words: re.Pattern[str]) -> int:
    last = -1
    for match in words.finditer(text):
        last = match.end()
    return last


def _clause(before: str) -> str:
    before = _BESIDE.sub("", before)
    parts = _CLAUSE.split(before)
    return parts[-1] if MEETING.search(parts[-1]) else before
