"""Hours that one sentence gives several meetings: "each from 1300 to 1430 hours:"."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from scheduler.intake.moments import (
    Context,
    DateFound,
    Found,
    OffsetFound,
    TimeFound,
    ZoneFound,
    scan,
)
from scheduler.intake.reports.meetings.durations import duration_in, speaks_of_all
from scheduler.intake.reports.meetings.entry import Entry
from scheduler.intake.reports.words import CALLED_OFF, DEADLINE, LIMIT_BEFORE, MEET, MEETING, PAST

_ALL = re.compile(
    r"(?<!\w)(?:each|every|all|both|daily|times?|hours?|chaque|chacune?|tou(?:te)?s|horaires?"
    r"|heures?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHours:
    """The hours of several meetings, as one sentence gives them."""

    time: TimeFound
    conversions: tuple[TimeFound, ...] = ()
    zone: ZoneFound | None = None
    length: dt.timedelta | None = None


def with_shared_hours(
    entries: Iterable[Entry], spoken: Iterable[str], context: Context
) -> tuple[Entry, ...]:
    """Return entries with the hours that they lack and the text gives once for all of them.

    What leads up to a list says so, or any of the sentences that are `spoken`.
    """
    of_all = _of_all(spoken, context)
    shared: list[Entry] = []
    for entry in entries:
        above = shared[-1] if shared else None
        refers = above is not None and entry.same_hours and entry.time is None
        told = _with_those_of(entry, above) if above is not None and refers else entry
        shared.append(_with_hours(told, context, of_all))
    return tuple(shared)


def _with_those_of(entry: Entry, above: Entry) -> Entry:
    """Return an entry with the hours of the one before it, to which it refers."""
    return replace(
        entry,
        time=above.time,
        end=above.end,
        conversions=above.conversions,
        zone=entry.zone or above.zone,
        length=entry.length or above.length,
    )


def _with_hours(entry: Entry, context: Context, of_all: SharedHours | None) -> Entry:
    if entry.time is not None:
        return entry
    shared = (_told(entry.context, context) if entry.listed else None) or of_all
    if shared is None:
        return entry
    return replace(
        entry,
        time=shared.time,
        conversions=shared.conversions,
        zone=entry.zone or shared.zone,
        length=entry.length or shared.length,
    )


def _of_all(texts: Iterable[str], context: Context) -> SharedHours | None:
    """Return the hours that a text gives all meetings: "The meetings run from 09:00 to 17:00"."""
    spoken = (text for text in texts if speaks_of_all(text))
    return next((shared for text in spoken if (shared := _shared_in(text, context))), None)


@lru_cache(maxsize=256)
def _told(lines: str, context: Context) -> SharedHours | None:
    return next(
        (shared for line in lines.split("\n") if (shared := _shared_in(line, context))), None
    )


def _shared_in(text: str, context: Context) -> SharedHours | None:
    """Return the hours a sentence gives the meetings it speaks of; None where it dates them."""
    found = scan(text, context)
    times = [one for one in found if isinstance(one, TimeFound)]
    own = [one for one in times if one.conversion_of is None]
    if len(own) != 1 or own[0].start is None or not _is_for_meetings(text, found, own[0]):
        return None
    length = duration_in(text)
    return SharedHours(
        time=own[0],
        conversions=tuple(one for one in times if one.conversion_of == own[0].span),
        zone=own[0].stated_zone or next((z for z in found if isinstance(z, ZoneFound)), None),
        length=length[0] if length else None,
    )


def _is_for_meetings(text: str, found: tuple[Found, ...], time: TimeFound) -> bool:
    """Tell whether an hour is that of meetings to come, and of no single day."""
    dated = [one.span for one in found if isinstance(one, DateFound | OffsetFound)]
    if any(span.start > time.span.start for span in dated):
        return False
    begin = max((span.end for span in dated), default=0)
    clause = text[begin:]
    if any(words.search(clause) for words in (PAST, DEADLINE, CALLED_OFF)):
        return False
    if LIMIT_BEFORE.search(text[begin : time.span.start]):
        return False
    before = clause if begin == 0 else text[begin : time.span.start]
    return any(words.search(before) for words in (MEETING, MEET, _ALL))
