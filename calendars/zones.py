"""VTIMEZONE (RFC 5545, 3.6.5) in the one form that every reader gets right: yearly RRULEs.

A component is made only where one rule for each direction gives every change of the years that
are covered. Where the law changed, or cannot be said as "the nth weekday of a month", there is
none: readers with older zone data would be wrong there as well, and UTC is safe.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendars.content import local_text
from calendars.onsets import Onset, onsets
from calendars.yearly import YearlyRule, yearly_rule

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS_AROUND = 6
_YEARS_OF_LAW = 3  # what holds in fewer years running is chance: Morocco's clocks follow the moon
_MINUTE = timedelta(minutes=1)


def vtimezone(zone: str, first: datetime, last: datetime) -> tuple[str, ...] | None:
    """Return the content lines that declare an IANA zone for every instant of a span.

    They are right in all calendar years, by the zone's own clocks, from that of the aware
    `first` to that of `last`. None where these years have no form of yearly rules.
    Raises `zoneinfo.ZoneInfoNotFoundError`.
    """
    home = ZoneInfo(zone)
    return _declaration(zone, first.astimezone(home).year, last.astimezone(home).year)


@lru_cache(maxsize=1024)
def _declaration(zone: str, first_year: int, last_year: int) -> tuple[str, ...] | None:
    observances = _observances(ZoneInfo(zone), first_year, last_year)
    if observances is None:
        return None
    return ("BEGIN:VTIMEZONE", f"TZID:{zone}", *observances, "END:VTIMEZONE")


def _observances(home: ZoneInfo, first_year: int, last_year: int) -> tuple[str, ...] | None:
    start = _new_year(home, first_year)
    around = onsets(
        home,
        _new_year(home, first_year - _YEARS_AROUND),
        _new_year(home, last_year + 1 + _YEARS_AROUND),
    )
    changes = _within(around, range(first_year, last_year + 1))
    offset = start.utcoffset() or timedelta(0)
    if any(span % _MINUTE for span in (offset, *(change.after for change in changes))):
        return None  # local mean time counts in seconds, which few readers expect
    if not changes:
        always = Onset(start, offset, offset, start.tzname() or "")
        return _observance("STANDARD", always, start.replace(tzinfo=None), ())
    rules = _rules(changes, around)
    spans = _spans_of_law(first_year, last_year)
    if not any(_reproduce(rules, _within(around, years), years) for years in spans):
        return None
    return tuple(line for rule in rules for line in _yearly_observance(rule, first_year - 1))


def _new_year(home: ZoneInfo, year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=home)


def _within(changes: Sequence[Onset], years: range) -> tuple[Onset, ...]:
    return tuple(change for change in changes if change.local.year in years)


def _spans_of_law(first_year: int, last_year: int) -> tuple[range, ...]:
    """Return the spans around the years of which one has to follow a rule to make it law."""
    missing = max(0, _YEARS_OF_LAW - (last_year - first_year + 1))
    return tuple(
        range(first_year - earlier, last_year + 1 + missing - earlier)
        for earlier in range(missing + 1)
    )


def _rules(changes: Sequence[Onset], around: Sequence[Onset]) -> tuple[YearlyRule, ...]:
    """Return a rule for each kind of change that has one, in the order they come."""
    kinds = dict.fromkeys(change.kind for change in changes)
    found = (
        yearly_rule([change for change in changes if change.kind == kind], around) for kind in kinds
    )
    return tuple(rule for rule in found if rule is not None)


def _reproduce(rules: Sequence[YearlyRule], changes: Sequence[Onset], years: range) -> bool:
    """Tell whether one rule there and one back give exactly the changes of the years.

    The offset at their start is right then as well: it is the one before the first change, and
    the other rule's change of the year before leads to it.
    """
    if [rule.after for rule in rules] != [rule.before for rule in reversed(rules)]:
        return False
    given = sorted((onset.at, onset.kind) for rule in rules for onset in map(rule.onset, years))
    return len(rules) == 2 and given == [(change.at, change.kind) for change in changes]


def _yearly_observance(rule: YearlyRule, year: int) -> tuple[str, ...]:
    name = "DAYLIGHT" if rule.after > rule.before else "STANDARD"
    place = f"BYMONTH={rule.month};BYDAY={rule.nth}{_WEEKDAYS[rule.weekday]}"
    onset = rule.onset(year)
    return _observance(name, onset, rule.local(year), (f"RRULE:FREQ=YEARLY;{place}",))


def _observance(
    name: str, onset: Onset, starts: datetime, rule: tuple[str, ...]
) -> tuple[str, ...]:
    return (
        f"BEGIN:{name}",
        f"DTSTART:{local_text(starts)}",
        *rule,
        f"TZNAME:{onset.name}",
        f"TZOFFSETFROM:{_offset_text(onset.before)}",
        f"TZOFFSETTO:{_offset_text(onset.after)}",
        f"END:{name}",
    )


def _offset_text(offset: timedelta) -> str:
    minutes = abs(offset) // _MINUTE
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}"
