"""Days on which a host is closed or a country rests: yearly data, never computed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One day that a host or countries keep, as they published it.

    `host` is whose offices are closed, `countries` are ISO 3166 codes; `inferred` marks a day
    that no list states and a published date implies; `source` is where it was read.
    """

    date: dt.date
    name: str
    host: str | None = None
    countries: tuple[str, ...] = ()
    inferred: bool = False
    source: str | None = None
