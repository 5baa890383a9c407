"""Local to exact over all zones, 1990 to 2060, beside an oracle that steps through UTC.

The oracle never asks for an offset: it walks along the instants around a local time and looks
which of them a clock in the zone shows as that time.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import pytz
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.moment import Instant, Reading, WallTime, candidates, is_skipped, settled

ZONES = sorted(pytz.all_timezones)
STEP = timedelta(seconds=1)
WIDEST = timedelta(hours=26)
YEARS = range(1990, 2061)


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The UTC moments from which a clock in the zone goes otherwise, to the second."""
    place = ZoneInfo(zone)
    first, last = datetime(1989, 12, 30, tzinfo=UTC), datetime(2061, 1, 3, tzinfo=UTC)
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    ahead = [_ahead(day, place) for day in days]
    return tuple(
        _turn(day, day + timedelta(days=1), place)
        for day, (now, then) in zip(days, pairwise(ahead), strict=False)
        if now != then
    )


def _turn(low: datetime, high: datetime, place: ZoneInfo) -> datetime:
    """The first moment after `low` at which the clock no longer goes as it did then."""
    ahead = _ahead(low, place)
    while high - low > STEP:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        same = _ahead(middle, place) == ahead
        low, high = (middle, high) if same else (low, middle)
    return high


def _shown(moment: datetime, place: ZoneInfo) -> datetime:
    return moment.astimezone(place).replace(tzinfo=None)


def _ahead(moment: datetime, place: ZoneInfo) -> timedelta:
    return _shown(moment, place) - moment.replace(tzinfo=None)


def oracle(local: datetime, zone: str) -> list[Instant]:
    """The instants at which a clock in the zone shows `local`: none, one or two."""
    place, near = ZoneInfo(zone), local.replace(tzinfo=UTC)
    inside = [t for t in changes(zone) if abs(t - near) < WIDEST]
    walk = [near - WIDEST, *inside, near + WIDEST]
    found = []
    for start, end in pairwise(walk):
        moment = (local - _ahead(start, place)).replace(tzinfo=UTC)
        if start <= moment < end and _shown(moment, place) == local:
            found.append(Instant(moment))
    return sorted(found)


@st.composite
def moments(draw):
    """A local time anywhere, or within hours of a clock change of its zone."""
    zone = draw(st.sampled_from(ZONES))
    turns = [t for t in changes(zone) if t.year in YEARS]
    if turns and draw(st.booleans()):
        near = draw(st.sampled_from(turns)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return zone, near + timedelta(minutes=draw(st.integers(-200, 200)))
    whole = st.datetimes(datetime(1990, 1, 2), datetime(2060, 12, 30))
    return zone, draw(whole).replace(microsecond=0)


@given(moments())
def test_a_local_time_is_the_instants_at_which_the_clock_shows_it(moment):
    zone, local = moment
    wall = WallTime(local.date(), local.time(), zone)
    shown = oracle(local, zone)
    if shown:
        assert (list(candidates(wall)), is_skipped(wall)) == (shown, False)
    else:
        assert (len(candidates(wall)), is_skipped(wall)) == (2, True)
    assert settled(wall) == (shown[0] if len(shown) == 1 else None)


@given(moments())
def test_a_skipped_time_is_read_as_if_the_clock_had_changed_later_or_earlier(moment):
    zone, local = moment
    wall = WallTime(local.date(), local.time(), zone)
    if not is_skipped(wall):
        return
    earlier, later = (settled(WallTime(wall.day, wall.clock, zone, reading)) for reading in Reading)
    gap = later.utc - earlier.utc
    assert [_shown(i.utc, ZoneInfo(zone)) for i in (earlier, later)] == [local - gap, local + gap]


@pytest.mark.parametrize(
    ("zone", "local", "count"),
    [
        ("Europe/Zurich", datetime(2027, 3, 28, 2, 30), 0),
        ("Europe/Zurich", datetime(2027, 10, 31, 2, 30), 2),
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15), 0),
        ("Pacific/Apia", datetime(2011, 12, 30, 12, 0), 0),
        ("America/New_York", datetime(2055, 3, 14, 2, 30), 0),
    ],
)
def test_the_oracle_knows_what_clocks_skip_and_repeat(zone, local, count):
    assert len(oracle(local, zone)) == count


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("zone", ZONES)
def test_every_change_of_every_zone_is_read_as_the_clock_shows_it(zone):
    place = ZoneInfo(zone)
    for turn in changes(zone):
        for minutes in (-61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 61):
            local = _shown(turn, place) + timedelta(minutes=minutes)
            wall = WallTime(local.date(), local.time(), zone)
            shown = oracle(local, zone)
            assert list(candidates(wall)) == shown or (not shown and is_skipped(wall))


def test_a_fold_that_came_with_a_clock_time_chooses_nothing():
    clocks = [time(2, 30, fold=fold) for fold in (0, 1)]
    found = [candidates(WallTime(date(2027, 10, 31), clock, "Europe/Zurich")) for clock in clocks]
    assert [len(instants) for instants in found] == [2, 2]
