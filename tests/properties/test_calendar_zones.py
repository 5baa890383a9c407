"""The law of declared zones: by RFC 5545 they say what the zone data say, at every instant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import pytz
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.zones import vtimezone


def declared(zone: str, first: datetime, last: datetime) -> tuple[str, ...] | None:
    """The declaration for the years, by the zone's own clocks, from one instant to another."""
    home = ZoneInfo(zone)
    return vtimezone(zone, first.astimezone(home).year, last.astimezone(home).year)


zones = st.sampled_from(pytz.common_timezones)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2060, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
SOME_ZONES = (
    "Africa/Cairo",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Gaza",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Zurich",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "America/Nuuk",
)
Observance = dict[str, str]


def observances(lines: tuple[str, ...]) -> list[Observance]:
    found: list[Observance] = []
    for line in lines[2:-1]:
        name, value = line.split(":", 1)
        if name == "BEGIN":
            found.append({"KIND": value})
        elif name != "END":
            found[-1][name] = value
    return found


def offset(text: str) -> timedelta:
    span = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -span if text[0] == "-" else span


def onsets(lines: tuple[str, ...], last_year: int) -> list[tuple[datetime, timedelta]]:
    """Evaluate a declaration as RFC 5545, 3.6.5 says: local onsets in the offset before them."""
    found = []
    for observance in observances(lines):
        start = datetime.strptime(observance["DTSTART"], "%Y%m%dT%H%M%S")
        rule = observance.get("RRULE")
        local = (
            rrulestr(rule, dtstart=start).between(start, datetime(last_year + 1, 1, 2), inc=True)
            if rule
            else [start]
        )
        before, after = offset(observance["TZOFFSETFROM"]), offset(observance["TZOFFSETTO"])
        found += [(onset.replace(tzinfo=UTC) - before, after) for onset in local]
    return sorted(found)


def offset_at(found: list[tuple[datetime, timedelta]], instant: datetime) -> timedelta:
    return [after for onset, after in found if onset <= instant][-1]


@settings(deadline=None)
@given(zones, instants, instants, st.lists(st.floats(0, 1), max_size=30))
def test_a_declaration_is_right_at_every_instant_of_its_span(
    zone: str, one: datetime, other: datetime, shares: list[float]
) -> None:
    first, last = min(one, other), max(one, other)
    lines = declared(zone, first, last)
    if lines is None:
        return
    found = onsets(lines, last.year)
    home = ZoneInfo(zone)
    around = [onset + timedelta(seconds=s) for onset, _ in found for s in (-1, 0)]
    within = [first + (last - first) * share for share in shares]
    for instant in (first, last, *within, *(each for each in around if first <= each <= last)):
        assert offset_at(found, instant) == instant.astimezone(home).utcoffset(), instant


@settings(deadline=None)
@given(zones, instants, instants)
def test_a_declaration_has_a_standard_block_and_full_rules(
    zone: str, one: datetime, other: datetime
) -> None:
    lines = declared(zone, min(one, other), max(one, other))
    if lines is None:
        return
    blocks = observances(lines)
    assert lines[1] == f"TZID:{zone}"
    assert sorted(block["KIND"] for block in blocks) in (["STANDARD"], ["DAYLIGHT", "STANDARD"])
    for block in blocks:
        rule = block.get("RRULE", "")
        assert (rule == "") == (len(blocks) == 1)
        assert [part.split("=")[0] for part in rule.split(";") if part] in (
            [],
            ["FREQ", "BYMONTH", "BYDAY"],
        )
        start = datetime.strptime(block["DTSTART"], "%Y%m%dT%H%M%S")
        assert not rule or rrulestr(rule, dtstart=start)[0] == start


@pytest.mark.parametrize("zone", SOME_ZONES)
@pytest.mark.parametrize("year", [2013, 2025, 2055])
def test_two_years_agree_half_hour_by_half_hour(zone: str, year: int) -> None:
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 12, 31, tzinfo=UTC)
    lines = declared(zone, first, last)
    if lines is None:
        return
    found = onsets(lines, year + 1)
    home = ZoneInfo(zone)
    halves = (first + timedelta(minutes=30 * number) for number in range(2 * 365 * 48))
    offsets = [(instant, instant.astimezone(home).utcoffset()) for instant in halves]
    changes = [after for before, after in pairwise(offsets) if before[1] != after[1]]
    assert [each for each in found if first < each[0] < last] == changes


@pytest.mark.timeout(600)  # hundreds of zones, one after the other
def test_nearly_all_zones_have_a_declaration_today() -> None:
    without = [zone for zone in pytz.common_timezones if vtimezone(zone, 2028, 2029) is None]
    assert len(without) < 12
