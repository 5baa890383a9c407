"""Days that hosts and countries keep, as they published them: data with a source."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from typing import Self

from pydantic import Field, model_validator

from scheduler.intake.national_days import Country
from scheduler.intake.settings_values import Day, Name, Strict
from scheduler.intake.yaml_files import parse
from scheduler.model.group import Group
from scheduler.model.holiday import Holiday, country_of
from scheduler.packs import host_files

LONGEST_ROW = timedelta(days=366)


class ClosedDays(Strict):
    """A day, or several in a row, as it is written."""

    date: Day
    until: Day | None = None
    name: Name
    inferred: bool = False
    source: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        row = (self.until or self.date) - self.date
        if not timedelta() <= row <= LONGEST_ROW:
            raise ValueError(f"from {self.date} until {self.until} is no row of up to a year")
        return self


class KeptDays(ClosedDays):
    """Closed days in a group's file, which also says who keeps them."""

    host: Name | None = None
    countries: list[Country] = Field(default=[])

    @model_validator(mode="after")
    def _kept_by_somebody(self) -> Self:
        if not self.host and not self.countries:
            raise ValueError("nobody keeps this day; give the 'host' or 'countries' that do")
        return self


class _File(Strict):
    """The closed days of one host."""

    host: Name
    title: Name
    days: list[ClosedDays]


def read_hosts() -> tuple[Holiday, ...]:
    """Return the closed days that come with the product; raises `InvalidFile`."""
    found: list[Holiday] = []
    for name, path in host_files():
        file = parse(path.read_bytes(), f"hosts/{name}.yaml", _File)
        if file is not None:
            found.extend(day for days in file.days for day in each_day(days, file.host, ()))
    return tuple(found)


def each_day(days: ClosedDays, host: str | None, countries: Iterable[str]) -> Iterator[Holiday]:
    """Yield each day of a row."""
    for number in range(((days.until or days.date) - days.date).days + 1):
        yield Holiday(
            date=days.date + timedelta(days=number),
            name=days.name,
            host=host,
            countries=tuple(countries),
            inferred=days.inferred,
            source=days.source,
        )


def with_known_days(group: Group, known: Iterable[Holiday]) -> Group:
    """Return a group with the days that are known of its host and its members' countries.

    What its own file states of a country's day goes before what is known of it.
    """
    stated = {(day.date, place) for day in group.holidays for place in day.countries}
    return replace(
        group,
        holidays=(*group.holidays, *(day for k in known for day in _of_concern(k, group, stated))),
    )


def _of_concern(
    known: Holiday, group: Group, stated: AbstractSet[tuple[date, str]]
) -> Iterator[Holiday]:
    """Yield a known day as far as it is the group's, with those of its countries that keep it."""
    if known.host:
        if known.host == group.host:
            yield known
        return
    places = tuple(
        place
        for place in known.countries
        if place in group.member_countries
        and not {(known.date, place), (known.date, country_of(place))} & stated
    )
    if places:
        yield replace(known, countries=places)
