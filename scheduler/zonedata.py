"""The zone database is an input: pytz's pinned data, for every library in the process."""

import zoneinfo
from pathlib import Path

import pytz


def pin_zone_data() -> str:
    """Make `zoneinfo` read pytz's own data and nothing else.

    Called at start-up and in every spawned child process, before the first zone is used: zones
    already loaded from elsewhere would not mix with these. Where it is done already, nothing
    happens, for zones of two loadings do not mix either.

    Returns the version of the data, such as "2026f".
    """
    pinned = str(Path(pytz.__file__).parent / "zoneinfo")
    if (pinned,) != zoneinfo.TZPATH:
        zoneinfo.reset_tzpath(to=[pinned])
        zoneinfo.ZoneInfo.clear_cache()
    return zone_data_version()


def zone_data_version() -> str:
    """Return the version of the zone database that plans are computed with."""
    return str(pytz.OLSON_VERSION)  # type: ignore[attr-defined]  # missing from the stubs
