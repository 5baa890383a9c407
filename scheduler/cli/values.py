"""What people type: dates, hours, instants, choices."""

import datetime as dt
from collections.abc import Hashable
from enum import Enum
from typing import TypeVar

import click

from scheduler.errors import BadInstant
from scheduler.model.moment import Instant

Chosen = TypeVar("Chosen", bound=Hashable)


class DateType(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day, or fail as wrong usage."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; give YYYY-MM-DD, such as 2024-02-20", param, ctx)


class ClockType(click.ParamType[dt.time]):
    """A clock time as HH:MM."""

    name = "hh:mm"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.time:
        """Return the clock time, or fail as wrong usage."""
        if isinstance(value, dt.time):
            return value
        try:
            hours, minutes = str(value).split(":")
            return dt.time(int(hours), int(minutes))
        except ValueError:
            self.fail(f"{value!r} is no clock time; give HH:MM, such as 13:00", param, ctx)


class InstantType(click.ParamType[Instant]):
    """An instant as RFC 3339."""

    name = "instant"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Instant:
        """Return the instant, or fail as wrong usage."""
        if isinstance(value, Instant):
            return value
        try:
            return Instant.parse(str(value))
        except BadInstant as fault:
            self.fail(str(fault), param, ctx)


DATE = DateType()
CLOCK = ClockType()
INSTANT = InstantType()


class ValueChoice(click.Choice[Chosen]):
    """One of a closed set, named by its values and not by the names they have in code."""

    def normalize_choice(self, choice: Hashable, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the word by which a choice is typed."""
        return str(choice.value if isinstance(choice, Enum) else choice)
