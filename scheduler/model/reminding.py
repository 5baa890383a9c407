"""When people are reminded: rungs before or after a deadline or a meeting, by rules per kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from scheduler.errors import InterimError

MEETING = "meeting"
"""The kind under which rules speak of meetings; all others are kinds of deadlines."""

ANY_DEADLINE = "deadline"
"""The kind under which rules speak of deadlines that no other rule names."""

ANSWER = "answer"
"""The kind under which rules say when who is invited to a meeting and has not answered is asked
again, before its start."""

MOST_DAYS = 365
MOST_HOURS = 720
_DAYS_PER_WEEK = 7
_WRITTEN = re.compile(
    r"(?P<count>[0-9]{1,3}) ?(?P<unit>hour|day|week)s?(?: (?P<side>before|after))?", re.ASCII
)


class RungUnit(StrEnum):
    """The unit a rung counts in."""

    HOUR = "hour"
    DAY = "day"


class BadRung(InterimError):
    """Words that are no time before or after a deadline."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:40]!a} is no time before or after a deadline; give one such as '7 days', "
            f"'2 hours' or '1 day after', at most {MOST_DAYS} days or {MOST_HOURS} hours"
        )


@dataclass(frozen=True, slots=True, order=True)
class Rung:
    """One time at which people are reminded.

    `offset` is signed, negative before, as that of a deadline's rule is. Days are days on the
    calendar of what is reminded of, hours elapsed time.
    """

    offset: int
    unit: RungUnit = RungUnit.DAY

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "7 days", "2 hours", "4 weeks" or "1 day after"; raises `BadRung`."""
        found = _WRITTEN.fullmatch(" ".join(text.lower().split()))
        if found is None:
            raise BadRung(text)
        unit = RungUnit.HOUR if found["unit"] == "hour" else RungUnit.DAY
        count = int(found["count"]) * (_DAYS_PER_WEEK if found["unit"] == "week" else 1)
        after = found["side"] == "after"
        most = MOST_DAYS if unit is RungUnit.DAY else MOST_HOURS
        if count > most or (count == 0 and (after or unit is RungUnit.HOUR)):
            raise BadRung(text)
        return cls(count if after else -count, unit)

    def __str__(self) -> str:
        """Return it as `parse` reads it: "7 days", "1 day after"."""
        count = abs(self.offset)
        plural = "" if count == 1 else "s"
        return f"{count} {self.unit}{plural}{' after' if self.is_after else ''}"

    @property
    def is_after(self) -> bool:
        """Whether it comes after what it reminds of."""
        return self.offset > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRule:
    """When people are reminded of deadlines of one kind, of `ANY_DEADLINE`, of a `MEETING`, or of
    their `ANSWER` to the invitation to one.

    `owed_by` holds the addresses of those who owe what such a deadline is for, and who alone are
    reminded of it; where there are none, everybody is.
    """

    kind: str
    rungs: tuple[Rung, ...]
    owed_by: tuple[str, ...] = ()


def days_before(days: Iterable[int]) -> tuple[Rung, ...]:
    """Return the rungs of so many days before."""
    return tuple(Rung(-count) for count in days)
