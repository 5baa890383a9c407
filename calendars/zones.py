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
_EARLIEST_YEAR = 1970
_YEARS_AHEAD = 6
_LEAST_YEARS_OF_LAW = 3  # fewer in a row are chance: the clocks of Morocco follow the moon
_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=1024)
def vtimezone(zone: str, first_year: int, last_year: int) -> tuple[str, ...] | None:
    """Return the content lines that declare an IANA zone for every instant of some years.

    They are right in all calendar years, by the zone's own clocks, from `first_year` to
    `last_year`, and begin with the law of these years: one law gives the same lines in every
    feed, for some readers remember the first declaration of a name for ever.
    None where the years have no form of yearly rules.
    Raises `zoneinfo.ZoneInfoNotFoundError`.
    """
    observances = _observances(ZoneInfo(zone), first_year, last_year)
    if observances is None:
        return None
    return ("BEGIN:VTIMEZONE", f"TZID:{zone}", *observances, "END:VTIMEZONE")


def _observances(home: ZoneInfo, first_year: int, last_year: int) -> tuple[str, ...] | None:
    earliest = min(_EARLIEST_YEAR, first_year - 1)
    around = onsets(home, _new_year(home, earliest), _new_year(home, last_year + 1 + _YEARS_AHEAD))
    changes = _within(around, range(first_year, last_year + 1))
    offset = _new_year(home, first_year).utcoffset() or timedelta(0)
    if any(span % _MINUTE for span in (offset, *(change.after for change in changes))):
        return None  # local mean time counts in seconds, which few readers expect
    if not changes:
        earlier = [change.local.year + 1 for change in around if change.local.year < first_year]
        return _lasting_observance(_new_year(home, max([earliest, *earlier])))
    rules = _rules(changes, around)
    law = _years_of_law(rules, around, first_year, last_year)
    if len(law) < _LEAST_YEARS_OF_LAW:
        return None
    # the changes of a year before the span lead to the offset that it begins with
    begin = min(law.start, first_year - 1)
    return tuple(line for rule in rules for line in _yearly_observance(rule, begin))


def _new_year(home: ZoneInfo, year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=home)


def _within(changes: Sequence[Onset], years: range) -> tuple[Onset, ...]:
    return tuple(change for change in changes if change.local.year in years)


def _years_of_law(
    rules: Sequence[YearlyRule], around: Sequence[Onset], first_year: int, last_year: int
) -> range:
    """Return the span with all years beside it that follow the rules too; empty if it does not."""

    def hold(years: range) -> bool:
        return _reproduce(rules, _within(around, years), years)

    if not hold(range(first_year, last_year + 1)):
        return range(0)
    since, until = first_year, last_year
    while since > _EARLIEST_YEAR and hold(range(since - 1, since)):
        since -= 1
    while until < last_year + _YEARS_AHEAD and hold(range(until + 1, until + 2)):
        until += 1
    return range(since, until + 1)


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


def _lasting_observance(begin: datetime) -> tuple[str, ...]:
    offset = begin.utcoffset() or timedelta(0)
    always = Onset(begin, offset, offset, begin.tzname() or "")
    return _observance("STANDARD", always, begin, ())


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
