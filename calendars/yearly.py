"""A change of offset that comes at the same place of every year, such as the last Sunday."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from calendars.onsets import Onset

LAST = -1
_NTH = (LAST, 1, 2, 3, 4)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """The place of a change in every year; `nth` counts the weekdays of the month, or is LAST.

    `clock` is the wall time in the offset `before` the change, `name` what the time is called
    `after` it.
    """

    month: int
    weekday: int
    nth: int
    clock: time
    before: timedelta
    after: timedelta
    name: str

    def local(self, year: int) -> datetime:
        """Return the naive wall time of the change, in the offset before it."""
        if self.nth == LAST:
            last = monthrange(year, self.month)[1]
            day = last - (date(year, self.month, last).weekday() - self.weekday) % _WEEK
        else:
            first = 1 + (self.weekday - date(year, self.month, 1).weekday()) % _WEEK
            day = first + _WEEK * (self.nth - 1)
        return datetime.combine(date(year, self.month, day), self.clock)

    def onset(self, year: int) -> Onset:
        """Return the change of the year."""
        at = self.local(year).replace(tzinfo=UTC) - self.before
        return Onset(at, self.before, self.after, self.name)


def yearly_rule(seen: Sequence[Onset], around: Sequence[Onset]) -> YearlyRule | None:
    """Return the rule that gives every onset in `seen`, which are of one kind.

    Few onsets may fit several rules (a fourth Sunday can be the last one): the rule that also
    gives most of the onsets `around` is taken. None where there is no such rule.
    """
    fitting = [
        rule
        for rule in (_rule(seen[-1], nth) for nth in _NTH)
        if all(_gives(rule, onset) for onset in seen)
    ]
    return max(fitting, key=lambda rule: sum(_gives(rule, onset) for onset in around), default=None)


def _rule(onset: Onset, nth: int) -> YearlyRule:
    local = onset.local
    return YearlyRule(
        local.month,
        local.weekday(),
        nth,
        local.time(),
        onset.before,
        onset.after,
        onset.name,
    )


def _gives(rule: YearlyRule, onset: Onset) -> bool:
    return onset.kind == (rule.before, rule.after) and rule.local(onset.local.year) == onset.local
