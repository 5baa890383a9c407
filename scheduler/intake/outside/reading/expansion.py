"""From the text of a foreign calendar to the times of its events; run in a child process alone.

icalendar and recurring-ical-events do as a calendar bids them: some never end. So what asks for
too much is left out beforehand, and the process that this runs in has limits of its own.
"""

import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]  # it ships no types

from calendars.limits import UnreadableCalendar, check_limits
from scheduler.intake.outside.reading.events import LONGEST_TITLE, MOST_EVENTS, Expanded, FoundEvent

ONE_DAY = timedelta(days=1)
MOST_DATES = 5_000  # that one event names one by one
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_NOT_HELD = ("CANCELLED", "CANCELED")


def expand(data: bytes, zone: str, first: date, last: date) -> Expanded:
    """Return the events of a calendar that take time between two days, in order.

    All-day events and times without a zone are those of the IANA zone `zone`. Cancelled events
    and those that take no time (TRANSPARENT) are no obstacle. Raises `UnreadableCalendar`.
    """
    text = check_limits(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = _parsed(text)
        asked = len(calendar.subcomponents)
        calendar.subcomponents = [part for part in calendar.subcomponents if _is_modest(part)]
        left_out = asked - len(calendar.subcomponents)
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        found = query.between(first - ONE_DAY, last + 2 * ONE_DAY)
    home = ZoneInfo(zone)
    times = [_event(event, home) for event in found if _takes_time(event)]
    held = sorted({e for e, _ in times if e}, key=lambda e: (e.start, e.end, e.title))
    return Expanded(
        events=held[:MOST_EVENTS],
        left_out=left_out,
        beyond=max(0, len(held) - MOST_EVENTS),
        floating=sum(floats for _, floats in times),
    )


def _parsed(text: str) -> icalendar.Calendar:
    try:
        return icalendar.Calendar.from_ical(text)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as fault:
        raise UnreadableCalendar(str(fault)[:LONGEST_TITLE], "as a whole") from fault


def _is_modest(part: icalendar.Component) -> bool:
    """Tell whether something recurs no oftener than events of people do."""
    listed = [dates for name in ("RDATE", "EXDATE") for dates in _all(part, name)]
    dates = sum(len(getattr(row, "dts", ())) for row in listed)
    return dates <= MOST_DATES and all(_is_modest_rule(rule) for rule in _all(part, "RRULE"))


def _is_modest_rule(rule: object) -> bool:
    if not isinstance(rule, icalendar.vRecur):
        return False
    frequency, interval = rule.get("FREQ", []), rule.get("INTERVAL", [1])
    return {str(word).upper() for word in frequency} <= _FREQUENCIES and all(
        isinstance(number, int) and number > 0 for number in interval
    )


def _all(part: icalendar.Component, name: str) -> Iterator[object]:
    found = part.get(name, [])
    yield from found if isinstance(found, list) else [found]


def _takes_time(event: icalendar.Component) -> bool:
    status, transparency = str(event.get("STATUS", "")), str(event.get("TRANSP", ""))
    return status.upper() not in _NOT_HELD and transparency.upper() != "TRANSPARENT"


def _event(event: icalendar.Event, home: ZoneInfo) -> tuple[FoundEvent | None, bool]:
    """An event that takes time, and whether its hour is in no zone."""
    try:
        start, end = event.start, event.end
        floats = isinstance(start, datetime) and start.tzinfo is None
        first, behind = _instant(start, home), _instant(end, home)
    except (ValueError, OverflowError, icalendar.InvalidCalendar, icalendar.IncompleteComponent):
        return None, False
    if behind <= first:
        return None, floats
    return FoundEvent(title=_title(event), start=first, end=behind), floats


def _instant(moment: date, home: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    return (moment if moment.tzinfo else moment.replace(tzinfo=home)).astimezone(UTC)


def _title(event: icalendar.Component) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in str(event.get("SUMMARY", "")))
    return " ".join(text.split())[:LONGEST_TITLE]
