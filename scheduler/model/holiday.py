"""Days on which a host is closed or a country rests; those of a host are never computed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One day that a host or countries keep.

    `host` is whose offices are closed, `countries` are ISO 3166 codes of countries or of their
    parts; `inferred` marks a day that no list states and a published date implies; `source` is
    where it was read, or what computed it.
    """

    date: dt.date
    name: str
    host: str | None = None
    countries: tuple[str, ...] = ()
    inferred: bool = False
    source: str | None = None


def country_of(place: str) -> str:
    """Return the country of an ISO 3166 code: of `CH-GE` it is `CH`, of `CH` itself."""
    return place.partition("-")[0]
