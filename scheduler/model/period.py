"""Study periods: the years between two assemblies of a body, over which its work is counted."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPeriod:
    """A span of days with a name, such as "2022-2024"; both `start` and `end` belong to it."""

    name: str
    start: dt.date
    end: dt.date

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day <= self.end


def calendar_year(year: int) -> StudyPeriod:
    """Return a calendar year, for bodies that do not count otherwise."""
    return StudyPeriod(name=str(year), start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
