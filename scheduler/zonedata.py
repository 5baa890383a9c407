"""The zone database is an input: pytz's pinned data, for every library in the process."""

import zoneinfo
from pathlib import Path

import pytz


def pin_zone_data() -> str:
    """Make `zoneinfo` read pytz's own data and nothing else.

    Called once, at start-up and in every spawned child process, before the first zone is
    used: zones already loaded from elsewhere would not mix with these.

    Returns the version of the data, such as "2026f".
    """
    zoneinfo.reset_tzpath(to=[str(Path(pytz.__file__).parent / "zoneinfo")])
    zoneinfo.ZoneInfo.clear_cache()
    return zone_data_version()


def zone_data_version() -> str:
    """Return the version of the zone database that plans are computed with."""
    return str(pytz.OLSON_VERSION)  # type: ignore[attr-defined]  # missing from the stubs
