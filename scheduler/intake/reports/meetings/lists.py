"""Meetings given as items of a list, or as lines that begin with a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.intake.moments import (
    DateFound,
    Found,
    OffsetFound,
    RejectedFound,
    TimeFound,
    ZoneFound,
)
from scheduler.intake.reports.blocks import leads_with_date
from scheduler.intake.reports.meetings.contexts import Told, told_by
from scheduler.intake.reports.meetings.details import details_in, label_in
from scheduler.intake.reports.meetings.durations import duration_in, says_same_hours
from scheduler.intake.reports.meetings.entry import Entry, StatedDeadline
from scheduler.intake.reports.meetings.ownership import body_in, is_of_others
from scheduler.intake.reports.meetings.pairing import Hours, spanned
from scheduler.intake.reports.sentences import bracket_spans
from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.terms.kinds import subject_kind
from scheduler.intake.reports.words import (
    CALLED_OFF,
    DATED_BEFORE,
    DEADLINE,
    EVENT,
    LIMIT_BEFORE,
    MEETING,
    PAST,
    PLENARY,
    WEEK_BEFORE,
)

_JOINT = re.compile(r"[\s,;/&+]*(?:and|et|or)?\s*(?:on |le )?")
_FIRST_LIMITS = 8
# An hour that no clock shows: the meeting stands, with its hour to be settled.
_VAGUE = re.compile(
    r"(?<!\w)(?:(?:at )?[0-9]{1,2}(?:\s?[-–]\s?[0-9]{1,2})?\s?ish|(?:time |hour )?tb[acd]"
    r"|(?:time |hour )?to be (?:announced|confirmed|decided|determined|fixed)"
    r"|(?:right )?(?:after|before) (?:lunch|dinner|breakfast)|(?:late |early )?(?:in the )?"
    r"(?:morning|afternoon|evening)|à (?:confirmer|fixer|déterminer)|matin|après-midi|soir)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Names that a text has to be read with: the group's own, and those with commas inside."""

    own: frozenset[str]
    protected: tuple[str, ...]


def entries_of_run(items: Sequence[Statement], series: int, naming: Naming) -> Iterator[Entry]:
    """Yield the meetings of one list; none where what leads up to it speaks of other things."""
    told = told_by(items[0].place)
    if told not in (None, Told.MEETINGS):
        return
    timed = 2 * sum(1 for item in items if _speaks_of_hours(item)) >= len(items)
    for item in items:
        if _is_meeting(item, told, timed, naming.own):
            yield from _entries(item, series, naming)


def _is_meeting(item: Statement, told: Told | None, timed: bool, own: frozenset[str]) -> bool:
    leading = leads_with_date(item.text, item.found)
    dates = item.dates
    if not dates or (told is None and not (leading and timed)):
        return False
    first = dates[0]
    before = item.text[: first.span.start][-80:]
    if LIMIT_BEFORE.search(before) or DATED_BEFORE.search(before) or PAST.search(item.text):
        return False
    if DEADLINE.search(before) or WEEK_BEFORE.search(before) or CALLED_OFF.search(item.text):
        return False
    if EVENT.search(before) or (not leading and PLENARY.search(before)):
        return False
    if _times(item.found) or (leading and _VAGUE.search(item.text)):
        return True
    if not leading and not MEETING.search(item.text):
        return False
    if not leading and is_of_others(item.text[: first.span.start], own):
        return False
    rest = item.text[first.span.end :]
    others = body_in(rest, own) or PLENARY.search(rest) or body_in(before, own)
    event = EVENT.search(item.text) and not MEETING.search(item.text)
    return not (others or (event and (timed or told is None)))


def _entries(item: Statement, series: int, naming: Naming) -> Iterator[Entry]:
    pairs = spanned(item.text, item.found)
    chosen = _leading_dates(item, pairs)
    limits = _limits(item, pairs, chosen)
    length = duration_in(item.text)
    named = _label_span(item.text, chosen[0][0].span.start)
    taken = [
        (0, named[1]),
        *_taken(item, pairs, chosen),
        *_asides(item, chosen),
        *(span for _, span in limits),
        *_offset_clauses(item),
    ]
    if length:
        taken.append(length[1])
    taken.extend(match.span() for match in _VAGUE.finditer(item.text))
    details = details_in(item.text, taken, naming.protected)
    label = item.passage.item if (item.passage.item or "")[:1].isalnum() else label_in(item.text)
    label = label or named[0]
    for date, hours in chosen:
        yield Entry(
            series=series,
            listed=True,
            line=item.line_at(date.span.start),
            date=date,
            time=hours.time,
            until=hours.until,
            conversions=hours.conversions,
            zone=hours.zone,
            length=length[0] if length else None,
            same_hours=says_same_hours(item.text),
            label=label or None,
            details=details,
            context=context_of(item),
            deadlines=tuple(limit for limit, _ in limits),
        )


def _label_span(text: str, date: int) -> tuple[str | None, int]:
    """Return the name an entry goes by, up to the colon before its date: "JWG X#15a:"."""
    before = text[:date].rstrip()
    numbered = before.endswith(":") and re.search(r"[0-9]", before) and len(before.split()) <= 5
    return (before[:-1].strip(), len(before)) if numbered else (None, 0)


def context_of(item: Statement) -> str:
    """Return what leads up to an item, nearest first."""
    return " \n".join((*item.place.lead, *item.place.headings))


def _leading_dates(
    item: Statement, pairs: Sequence[tuple[DateFound, Hours]]
) -> list[tuple[DateFound, Hours]]:
    """Return the first date, and those that go on from it ("4, 11 and 18 March")."""
    chosen = [pairs[0]]
    for pair in pairs[1:]:
        between = item.text[chosen[-1][0].span.end : pair[0].span.start]
        if not _JOINT.fullmatch(_without_moments(between, item, chosen[-1][0].span.end)):
            break
        chosen.append(pair)
    first = chosen[0][1]
    if len(chosen) == 1 and first.time and not _is_near(pairs, first.time):
        return [(chosen[0][0], Hours(zone=first.zone))]
    return chosen


def _is_near(pairs: Sequence[tuple[DateFound, Hours]], time: TimeFound) -> bool:
    """Tell whether no other date stands between the first date and its time."""
    return len(pairs) < 2 or not pairs[0][0].span.end < pairs[1][0].span.start < time.span.start


def _without_moments(between: str, item: Statement, offset: int) -> str:
    end = offset + len(between)
    for one in reversed(item.found):
        if (
            offset <= one.span.start
            and one.span.end <= end
            and isinstance(one, TimeFound | ZoneFound)
        ):
            between = between[: one.span.start - offset] + between[one.span.end - offset :]
    return between


def _limits(
    item: Statement,
    pairs: Sequence[tuple[DateFound, Hours]],
    chosen: Sequence[tuple[DateFound, Hours]],
) -> list[tuple[StatedDeadline, tuple[int, int]]]:
    """Return the deadlines an item states besides its own date, with the clauses that hold them."""
    limits: list[tuple[StatedDeadline, tuple[int, int]]] = []
    begin = chosen[-1][0].span.end
    for date, hours in pairs[len(chosen) :][:_FIRST_LIMITS]:
        before = item.text[begin : date.span.start]
        clause = max(before.rfind(sign) for sign in (",", ";", ".", "(", "–", "|")) + 1
        text = before[clause:]
        if LIMIT_BEFORE.search(before[-80:]) or DEADLINE.search(text):
            own = hours.time
            time = own if own and own.span.start >= date.span.end else None
            end = time.span.end if time else date.span.end
            limit = StatedDeadline(
                kind=subject_kind(text) or "contribution",
                date=date,
                time=time,
                line=item.line_at(date.span.start),
            )
            limits.append((limit, (begin + clause, end)))
        begin = date.span.end
    return limits


def _taken(
    item: Statement,
    pairs: Sequence[tuple[DateFound, Hours]],
    chosen: Sequence[tuple[DateFound, Hours]],
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the date, the hours that are its own, and zones beside them."""
    limit = pairs[len(chosen)][0].span.start if len(pairs) > len(chosen) else len(item.text)
    for date, hours in chosen:
        yield date.span.start, (hours.until[1].span.end if hours.until else date.span.end)
    for one in item.found:
        if isinstance(one, TimeFound | ZoneFound | RejectedFound) and one.span.start < limit:
            yield one.span.start, one.span.end


def _asides(
    item: Statement, chosen: Sequence[tuple[DateFound, Hours]]
) -> Iterator[tuple[int, int]]:
    """Yield brackets that restate the hour with a date of its own: "(06:00 Tokyo on 5 May)"."""
    own = {date.span for date, _ in chosen}
    for begin, end in bracket_spans(item.text):
        inside = [one for one in item.found if begin < one.span.start < end]
        times = any(isinstance(one, TimeFound) for one in inside)
        if times and any(isinstance(one, DateFound) and one.span not in own for one in inside):
            yield begin, end


def _offset_clauses(item: Statement) -> Iterator[tuple[int, int]]:
    """Yield the clauses that state a deadline by its distance: "slides 3 days before"."""
    for one in item.found:
        if isinstance(one, OffsetFound):
            before = item.text[: one.span.start]
            begin = max(before.rfind(sign) for sign in (",", ";", ".", "(", "–", "|")) + 1
            yield begin, one.span.end


def _speaks_of_hours(item: Statement) -> bool:
    return _times(item.found) or _VAGUE.search(item.text) is not None


def _times(found: Sequence[Found]) -> bool:
    return any(isinstance(one, TimeFound) for one in found)
