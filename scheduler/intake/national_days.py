"""Public holidays of countries and their parts, computed from law by the library `holidays`.

That library is heavy, so that it is loaded only where a group names countries of its members.
"""

import re
import warnings
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Annotated

import pytz
from pydantic import AfterValidator

from scheduler.model.holiday import Holiday
from scheduler.model.moment import Instant

YEARS_AROUND = 10  # a report may be read years after it was written, and a series planned ahead
ENGLISH = ("en_GB", "en_US")
_PLACE = re.compile("([A-Z]{2})(?:-(.+))?")
_PART = re.compile("[A-Z0-9]{1,3}")  # ISO 3166-2


def years_around(now: Instant) -> range:
    """Return the years of which days are computed: ten before and ten after the year of `now`."""
    return range(now.utc.year - YEARS_AROUND, now.utc.year + YEARS_AROUND + 1)


def national_days(places: Collection[str], years: range) -> tuple[Holiday, ...]:
    """Return the public holidays of places in some years, by date and name.

    `places` are ISO 3166 codes of countries (`FR`) or of their parts (`CH-GE`); a day that
    several keep under one name stands once, with all of them. The source is the library in its
    version. Places of which no days are known have none.
    """
    if not places:
        return ()
    keepers: dict[tuple[date, str], list[str]] = {}
    for place in sorted(set(places)):
        for day, name in _kept_by(place, years).items():
            keepers.setdefault((day, name), []).append(place)
    source = _source()
    return tuple(
        Holiday(date=day, name=name, countries=tuple(found), source=source)
        for (day, name), found in sorted(keepers.items())
    )


def country(text: str) -> str:
    """Return a code of ISO 3166-1 or 3166-2 as it is; raises `ValueError` with what would do."""
    found = _PLACE.fullmatch(text)
    if found is None or found[1] not in pytz.country_names:
        raise ValueError(f"{text!r} is no ISO 3166 code of a country; {_what_would_do(text)}")
    part = found[2]
    if part is not None and part not in (known := _parts(found[1])):
        would_do = f"one of {', '.join(known)}" if known else f"{found[1]} alone"
        raise ValueError(
            f"{text!r}: no part {part!r} of {pytz.country_names[found[1]]} with days of its own "
            f"is known; give {would_do}"
        )
    return text


Country = Annotated[str, AfterValidator(country)]


def _what_would_do(text: str) -> str:
    asked = text.casefold()
    for code, name in pytz.country_names.items():
        if asked in (code.casefold(), name.casefold()):
            return f"did you mean {code}?"
    return "give two capital letters such as FR, or a part of a country such as CH-GE"


def _kept_by(place: str, years: range) -> Mapping[date, str]:
    import holidays

    code, _, part = place.partition("-")
    if code not in _known_countries():
        return {}
    # Without a language the library would speak that of the machine.
    own = holidays.country_holidays(code)
    said = (language for language in ENGLISH if language in own.supported_languages)
    language = next(said, own.default_language)
    with warnings.catch_warnings():
        # It says where years lie beyond a country's tables, of which then fewer days are known.
        warnings.simplefilter("ignore", UserWarning)
        return holidays.country_holidays(code, part or None, years, language=language)


def _parts(code: str) -> tuple[str, ...]:
    import holidays

    if code not in _known_countries():
        return ()
    parts = holidays.country_holidays(code).subdivisions
    return tuple(part for part in parts if _PART.fullmatch(part))


@cache
def _known_countries() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def _source() -> str:
    return f"holidays {version('holidays')}, a library of public holidays"
