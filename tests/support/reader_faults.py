"""Readers of others that lose the clock changes of late years, and what they show instead.

They go by zone data of their own and never look at a feed's VTIMEZONE. What each of them shows is
worked out exactly, so that a test fails as soon as one of them is mended.
"""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tests.support.many_zones import PLANS, Moment, Shown

ZONES: Mapping[str, str] = {
    meeting.uid: meeting.zone for _, plan in PLANS for meeting in plan.meetings
} | {
    own.uid: own.moment.zone
    for _, plan in PLANS
    for meeting in plan.meetings
    for own in meeting.deadlines
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A reader that stops changing clocks: its last year that is right, and the offset it keeps."""

    last_year: int
    kept: Callable[[dt.datetime], dt.timedelta]

    def shows(self, told: Shown) -> Shown:
        """Return what the reader makes of what it was told."""
        zone = ZoneInfo(ZONES.get(told.uid, "UTC"))  # an event has days, and no zone
        starts, ends = (self._moment(moment, zone) for moment in (told.starts, told.ends))
        return told._replace(starts=starts, ends=ends)

    def _moment(self, moment: Moment, zone: ZoneInfo) -> Moment:
        if not isinstance(moment, dt.datetime) or moment.year <= self.last_year:
            return moment
        there = moment.astimezone(zone)
        return moment + (there.utcoffset() or dt.timedelta()) - self.kept(there)


def standard_time(there: dt.datetime) -> dt.timedelta:
    """The offset of a zone's standard time, which in Ireland is that of summer."""
    return (there.utcoffset() or dt.timedelta()) - (there.dst() or dt.timedelta())


def at_the_end_of(year: int) -> Callable[[dt.datetime], dt.timedelta]:
    """The offset of a zone at the end of a year."""

    def kept(there: dt.datetime) -> dt.timedelta:
        return dt.datetime(year, 12, 31, 23, tzinfo=there.tzinfo).utcoffset() or dt.timedelta()

    return kept


# dateutil 2.9.0.post0, of which ics.py 0.7.3 has its zones, reads the part of a zone's file that
# lists changes, up to 2037, and not the rule at its end; from then on it is standard time.
DATEUTIL = Fault(2037, standard_time)

# pytz 2026.6, of which khal 0.14.1 has its zones, reads that part alone too, and stays with the
# last change of the list.
PYTZ = Fault(2037, at_the_end_of(2037))

# temporal-polyfill 0.3.2, which node-ical 0.26.1 takes where Node has no Temporal of its own, looks
# for no change after the first day of the tenth year from today.
_TENTH_YEAR = time.gmtime().tm_year + 10
TEMPORAL_POLYFILL = Fault(_TENTH_YEAR - 1, at_the_end_of(_TENTH_YEAR - 1))
