import datetime as dt

import pytest

from scheduler.errors import BadInstant, UnknownZone, UnsettledTime
from scheduler.model.moment import (
    GENEVA,
    Instant,
    Reading,
    WallTime,
    candidates,
    exact,
    is_skipped,
    settled,
    zone_named,
)
from scheduler.zonedata import pin_zone_data

SKIPPED = WallTime(dt.date(2026, 3, 29), dt.time(2, 30), GENEVA)
REPEATED = WallTime(dt.date(2026, 10, 25), dt.time(2, 30), GENEVA)
PLAIN = WallTime(dt.date(2024, 2, 20), dt.time(13), GENEVA)


@pytest.mark.parametrize(
    ("wall", "instants", "skipped"),
    [
        (PLAIN, ["2024-02-20T12:00:00Z"], False),
        (SKIPPED, ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"], True),
        (REPEATED, ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"], False),
    ],
)
def test_a_wall_time_has_one_instant_or_two_candidates(wall, instants, skipped):
    assert [str(instant) for instant in candidates(wall)] == instants
    assert is_skipped(wall) == skipped


@pytest.mark.parametrize("wall", [SKIPPED, REPEATED])
def test_two_candidates_are_settled_by_a_named_reading_only(wall):
    assert settled(wall) is None
    chosen = WallTime(wall.day, wall.clock, wall.zone, Reading.LATER)
    assert settled(chosen) == candidates(wall)[1]
    with pytest.raises(UnsettledTime, match="choose with"):
        exact(wall)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2024-02-12",
        "2024-02-12T09:00:00",
        "2024-02-12 09:00:00Z",
        "20240212T090000Z",
        "2024-W07-1T09:00Z",
        "2024-02-12T09:00:00+99:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_an_instant_needs_date_time_and_offset(text):
    with pytest.raises(BadInstant):
        Instant.parse(text)


@pytest.mark.parametrize(
    "text", ["2024-02-12T09:00:00Z", "2024-02-12T10:00:00+01:00", "2024-02-12t09:00:00z"]
)
def test_an_instant_is_shown_in_utc(text):
    assert str(Instant.parse(text)) == "2024-02-12T09:00:00Z"


@pytest.mark.parametrize("zone", ["Foo/Bar", "", "../etc/passwd", "Europe/Zurich\n", "/etc/passwd"])
def test_an_unknown_zone_is_named(zone):
    with pytest.raises(UnknownZone):
        candidates(WallTime(dt.date(2024, 1, 1), dt.time(1), zone))


def test_pinning_the_zone_data_again_keeps_the_zones_in_use():
    zone = zone_named("Europe/Zurich")
    pin_zone_data()
    assert zone_named("Europe/Zurich") is zone
