"""What time zones are called in running text, as plain tables."""

from functools import cache
from typing import NamedTuple

import pytz

from scheduler.intake.moments.lexicon import words
from scheduler.intake.moments.tokens import fold
from scheduler.model.moment import ANYWHERE_ON_EARTH, GENEVA

UTC = "UTC"


class Abbreviation(NamedTuple):
    """An abbreviation: the zones it may mean, and the distance from UTC in minutes it claims.

    The first zone is the usual meaning; `offset` is None where the abbreviation leaves the
    season open ("ET"). `names` are what the zone database calls it. `shared` abbreviations
    mean nothing certain without a context. `plain` ones are also ordinary words or acronyms
    of other things, and count only right after an hour.
    """

    zones: tuple[str, ...]
    offset: int | None
    names: frozenset[str]
    shared: bool = False
    plain: bool = False


def _abbreviation(
    names: str, offset: float | None, *zones: str, shared: bool = False, plain: bool = False
) -> Abbreviation:
    minutes = None if offset is None else round(offset * 60)
    return Abbreviation(zones, minutes, frozenset(names.split()), shared, plain)


_NEW_YORK, _CHICAGO, _DENVER = "America/New_York", "America/Chicago", "America/Denver"
_LOS_ANGELES, _LONDON, _SYDNEY = "America/Los_Angeles", "Europe/London", "Australia/Sydney"
_AUCKLAND, _KOLKATA, _DUBLIN = "Pacific/Auckland", "Asia/Kolkata", "Europe/Dublin"
_JERUSALEM, _SHANGHAI, _HELSINKI = "Asia/Jerusalem", "Asia/Shanghai", "Europe/Helsinki"

# CET and CEST are read in the zone this house speaks from; all of that family share its clock.
ABBREVIATIONS = {
    "utc": _abbreviation("UTC", 0, UTC),
    "gmt": _abbreviation("GMT", 0, UTC),
    "z": _abbreviation("UTC", 0, UTC, plain=True),
    "ut": _abbreviation("UTC", 0, UTC, plain=True),
    "tu": _abbreviation("UTC", 0, UTC, plain=True),
    "tuc": _abbreviation("UTC", 0, UTC),
    "aoe": _abbreviation("-12", -12, ANYWHERE_ON_EARTH),
    "cet": _abbreviation("CET", 1, GENEVA),
    "cest": _abbreviation("CEST", 2, GENEVA),
    "mez": _abbreviation("CET", 1, GENEVA),
    "mesz": _abbreviation("CEST", 2, GENEVA),
    "eet": _abbreviation("EET", 2, _HELSINKI),
    "eest": _abbreviation("EEST", 3, _HELSINKI),
    "wet": _abbreviation("WET", 0, "Europe/Lisbon", plain=True),
    "west": _abbreviation("WEST", 1, "Europe/Lisbon", plain=True),
    "msk": _abbreviation("MSK", 3, "Europe/Moscow"),
    "bst": _abbreviation("BST", 1, _LONDON, "Asia/Dhaka", shared=True),
    "ist": _abbreviation("IST", None, _KOLKATA, _DUBLIN, _JERUSALEM, shared=True),
    "est": _abbreviation("EST", -5, _NEW_YORK),
    "edt": _abbreviation("EDT", -4, _NEW_YORK),
    "et": _abbreviation("EST EDT", None, _NEW_YORK, plain=True),
    "cst": _abbreviation("CST", None, _CHICAGO, _SHANGHAI, "America/Havana", shared=True),
    "cdt": _abbreviation("CDT", -5, _CHICAGO),
    "ct": _abbreviation("CST CDT", None, _CHICAGO, plain=True),
    "mst": _abbreviation("MST", -7, _DENVER, plain=True),
    "mdt": _abbreviation("MDT", -6, _DENVER),
    "mt": _abbreviation("MST MDT", None, _DENVER, plain=True),
    "pst": _abbreviation("PST", -8, _LOS_ANGELES),
    "pdt": _abbreviation("PDT", -7, _LOS_ANGELES),
    "pt": _abbreviation("PST PDT", None, _LOS_ANGELES, plain=True),
    "akst": _abbreviation("AKST", -9, "America/Anchorage"),
    "akdt": _abbreviation("AKDT", -8, "America/Anchorage"),
    "hst": _abbreviation("HST", -10, "Pacific/Honolulu", plain=True),
    "ast": _abbreviation("AST", None, "America/Halifax", "Asia/Riyadh", shared=True, plain=True),
    "adt": _abbreviation("ADT", -3, "America/Halifax", plain=True),
    "nst": _abbreviation("NST", -3.5, "America/St_Johns", plain=True),
    "ndt": _abbreviation("NDT", -2.5, "America/St_Johns", plain=True),
    "brt": _abbreviation("-03", -3, "America/Sao_Paulo", plain=True),
    "art": _abbreviation("-03", -3, "America/Argentina/Buenos_Aires", plain=True),
    "jst": _abbreviation("JST", 9, "Asia/Tokyo"),
    "kst": _abbreviation("KST", 9, "Asia/Seoul"),
    "hkt": _abbreviation("HKT", 8, "Asia/Hong_Kong"),
    "sgt": _abbreviation("+08", 8, "Asia/Singapore"),
    "ict": _abbreviation("+07", 7, "Asia/Bangkok", plain=True),
    "wib": _abbreviation("WIB", 7, "Asia/Jakarta", plain=True),
    "pkt": _abbreviation("PKT", 5, "Asia/Karachi", plain=True),
    "gst": _abbreviation("+04", 4, "Asia/Dubai", plain=True),
    "trt": _abbreviation("+03", 3, "Europe/Istanbul", plain=True),
    "idt": _abbreviation("IDT", 3, _JERUSALEM, plain=True),
    "aest": _abbreviation("AEST", 10, _SYDNEY),
    "aedt": _abbreviation("AEDT", 11, _SYDNEY),
    "aet": _abbreviation("AEST AEDT", None, _SYDNEY, plain=True),
    "acst": _abbreviation("ACST", 9.5, "Australia/Adelaide"),
    "acdt": _abbreviation("ACDT", 10.5, "Australia/Adelaide"),
    "awst": _abbreviation("AWST", 8, "Australia/Perth"),
    "nzst": _abbreviation("NZST", 12, _AUCKLAND),
    "nzdt": _abbreviation("NZDT", 13, _AUCKLAND),
    "nzt": _abbreviation("NZST NZDT", None, _AUCKLAND, plain=True),
    "sast": _abbreviation("SAST", 2, "Africa/Johannesburg"),
    "eat": _abbreviation("EAT", 3, "Africa/Nairobi", plain=True),
    "cat": _abbreviation("CAT", 2, "Africa/Maputo", plain=True),
    "wat": _abbreviation("WAT", 1, "Africa/Lagos", plain=True),
}

# Regions whose name stands before "time", with what "standard" and "summer" make of them.
REGIONS: dict[str, tuple[str, str | None, str | None]] = {
    "central european": (GENEVA, "CET", "CEST"),
    "middle european": (GENEVA, "CET", "CEST"),
    "eastern european": (_HELSINKI, "EET", "EEST"),
    "western european": ("Europe/Lisbon", "WET", "WEST"),
    "british": (_LONDON, "GMT", "BST"),
    "uk": (_LONDON, "GMT", "BST"),
    "irish": (_DUBLIN, None, None),
    "eastern": (_NEW_YORK, "EST", "EDT"),
    "us eastern": (_NEW_YORK, "EST", "EDT"),
    "us east coast": (_NEW_YORK, "EST", "EDT"),
    "central": (_CHICAGO, "CST", "CDT"),
    "us central": (_CHICAGO, "CST", "CDT"),
    "mountain": (_DENVER, "MST", "MDT"),
    "us mountain": (_DENVER, "MST", "MDT"),
    "pacific": (_LOS_ANGELES, "PST", "PDT"),
    "us pacific": (_LOS_ANGELES, "PST", "PDT"),
    "us west coast": (_LOS_ANGELES, "PST", "PDT"),
    "alaska": ("America/Anchorage", "AKST", "AKDT"),
    "hawaii": ("Pacific/Honolulu", "HST", None),
    "atlantic": ("America/Halifax", None, "ADT"),
    "japan": ("Asia/Tokyo", "JST", None),
    "japanese": ("Asia/Tokyo", "JST", None),
    "korea": ("Asia/Seoul", "KST", None),
    "korean": ("Asia/Seoul", "KST", None),
    "china": (_SHANGHAI, None, None),
    "chinese": (_SHANGHAI, None, None),
    "indian": (_KOLKATA, None, None),
    "india": (_KOLKATA, None, None),
    "israel": (_JERUSALEM, None, "IDT"),
    "singapore": ("Asia/Singapore", "SGT", None),
    "australian eastern": (_SYDNEY, "AEST", "AEDT"),
    "new zealand": (_AUCKLAND, "NZST", "NZDT"),
    "swiss": (GENEVA, "CET", "CEST"),
    "french": ("Europe/Paris", "CET", "CEST"),
    "german": ("Europe/Berlin", "CET", "CEST"),
    "greenwich mean": (UTC, "GMT", None),
    "coordinated universal": (UTC, "UTC", None),
    "universal": (UTC, "UTC", None),
    "temps universel": (UTC, "UTC", None),
    "europe centrale": (GENEVA, "CET", "CEST"),
    "l est": (_NEW_YORK, "EST", "EDT"),
    "pacifique": (_LOS_ANGELES, "PST", "PDT"),
}

_CITIES = (
    (GENEVA, "geneva geneve genf ginebra ginevra bern berne lausanne basel"),
    (_SHANGHAI, "beijing shenzhen guangzhou hangzhou nanjing wuhan"),
    (_KOLKATA, "delhi new_delhi mumbai bangalore bengaluru chennai hyderabad pune"),
    ("Asia/Tokyo", "osaka kyoto yokohama"),
    ("Asia/Seoul", "busan jeju incheon"),
    (_NEW_YORK, "washington boston philadelphia atlanta miami"),
    (_LOS_ANGELES, "seattle cupertino san_francisco san_jose san_diego las_vegas"),
    (_CHICAGO, "dallas austin houston"),
    ("America/Toronto", "ottawa montreal"),
    ("Europe/Berlin", "frankfurt munich munchen hamburg cologne bonn"),
    ("Europe/Paris", "nice lyon toulouse rennes cannes sophia_antipolis"),
    (_LONDON, "londres edinburgh manchester cambridge"),
    ("Europe/Vienna", "vienne wien"),
    ("Europe/Brussels", "bruxelles"),
    ("Europe/Lisbon", "lisbonne lisboa porto"),
    ("Europe/Madrid", "barcelona"),
    ("Europe/Rome", "milan milano turin torino"),
    ("Africa/Cairo", "caire"),
    ("Africa/Tunis", "hammamet"),
    ("Asia/Dubai", "abu_dhabi"),
    ("America/Sao_Paulo", "brasilia rio_de_janeiro"),
    (_JERUSALEM, "tel_aviv"),
    ("Africa/Johannesburg", "cape_town pretoria"),
)


def _spelt(name: str) -> str:
    return fold(name.replace("_", " ").replace("-", " "))


@cache
def places() -> dict[str, str]:
    """Return the zone of every city of the zone database, of others, and of countries with one."""
    table: dict[str, str] = {}
    for code, zones in pytz.country_timezones.items():
        if len(zones) == 1:
            table[_spelt(pytz.country_names[code])] = zones[0]
    for zone in pytz.all_timezones:
        area, _, city = zone.rpartition("/")
        if area and not area.startswith("Etc"):
            table.setdefault(_spelt(city), zone)
    for zone in pytz.common_timezones:
        area, _, city = zone.rpartition("/")
        if area:
            table[_spelt(city)] = zone
    for zone, cities in _CITIES:
        table |= {_spelt(city): zone for city in cities.split()}
    table.pop("", None)  # names too long to be folded
    return table


@cache
def iana_names() -> dict[str, str]:
    """Return the zone database's own names by their folded form, `Area/City` ones only."""
    return {zone.casefold(): zone for zone in pytz.all_timezones if "/" in zone}


# Zones that keep one distance from UTC all year, for offsets that are no whole hours.
PART_HOUR_ZONES = {
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: _KOLKATA,
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    -570: "Pacific/Marquesas",
}

# Words before "time" that are no places.
NO_PLACES = words(
    "lunch break tea coffee meeting start starting end ending real full part first second "
    "third last same long short some any this that free next time response lead due no all "
    "more local travel question discussion agenda presentation total closing opening reply "
    "standard summer daylight winter run up cut session sessions at in each every"
)
