"""Checks of the clock and of the zone data: pure, from what was read."""

import re
from datetime import UTC, datetime, timedelta

from scheduler.actions.doctor.checks import Check, error, ok, warning
from scheduler.model.moment import Instant

# Clocks of two machines that write into one database differ a little.
TOLERATED = timedelta(minutes=2)
OLD_ZONE_DATA = timedelta(days=365)
MOST_YEARS = 10
_VERSION = re.compile(r"(\d{4})([a-z]?)")
_MONTHS = 12


def check_clock(now: Instant, newest: Instant | None, *doubts: str | None) -> Check:
    """Check that the clock does not stand before the newest instant that was recorded.

    `doubts` are what else speaks against it, None for what does not.
    """
    against = [doubt for doubt in doubts if doubt]
    if newest is not None and now.plus(TOLERATED) < newest:
        against.append(f"the clock says {now}, and something was recorded at {newest}")
    if against:
        remedy = "set the clock right, or leave --now and INTERIM_NOW out"
        return error("clock", "; ".join(against), remedy)
    return ok("clock", f"{now}, after all that was recorded" if newest else str(now))


def doubt_of_year(now: Instant, zone_data: str) -> str | None:
    """Return why a clock's year cannot be: the zone data are later, or of long before."""
    found = _VERSION.fullmatch(zone_data)
    if found is None:
        return None
    made = int(found[1])
    if now.utc.year < made:
        return f"the clock says {now}, before the zone data {zone_data} were made"
    if now.utc.year > made + MOST_YEARS:
        return f"the clock says {now}, {now.utc.year - made} years after the zone data {zone_data}"
    return None


def doubt_of_server(machine: Instant, server: Instant | None) -> str | None:
    """Return why this machine's clock is doubted beside that of the database's server."""
    if server is None or abs(machine.utc - server.utc) <= TOLERATED:
        return None
    return f"this machine's clock says {machine}, and that of the database's server {server}"


def doubt_of_file(machine: Instant, newest: tuple[str, Instant] | None) -> str | None:
    """Return why this machine's clock is doubted beside the newest of its files."""
    if newest is None or newest[1] <= machine.plus(TOLERATED):
        return None
    name, written = newest
    return f"this machine's clock says {machine}, and {name} was written at {written}"


def check_zone_data(version: str, now: Instant) -> Check:
    """Check that the zone data are not more than a year old.

    A version names its year and its place among those of that year. Of these there are several,
    so that each is taken to be a month after the one before it; that is rather too early.
    """
    made = _made(version)
    if made is None:
        return warning("zone data", f"nobody knows how old version {version} is", _NEWER)
    if now.utc > made + OLD_ZONE_DATA:
        said = f"version {version} is more than a year old, of {made:%B %Y} or soon after"
        return warning("zone data", said, _NEWER)
    return ok("zone data", f"version {version}")


def _made(version: str) -> datetime | None:
    found = _VERSION.fullmatch(version)
    if found is None or int(found[1]) == 0:
        return None
    place = ord(found[2]) - ord("a") if found[2] else 0
    return datetime(int(found[1]), min(place + 1, _MONTHS), 1, tzinfo=UTC)


_NEWER = "install a newer pytz, then see 'interim check'"
