"""What people type: dates, hours, instants, choices."""

import datetime as dt
import re
from collections.abc import Hashable
from enum import Enum
from pathlib import Path
from typing import TypeVar

import click

from scheduler.cli.show.blocks import printable
from scheduler.errors import BadInstant, UnknownZone
from scheduler.model.moment import Instant, zone_named
from scheduler.model.reminding import BadRung, Rung

Chosen = TypeVar("Chosen", bound=Hashable)

GROUPS_RUNGS = "group"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")


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
            return dt.date.fromisoformat(_formed(_DAY, str(value)))
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
            return dt.time.fromisoformat(_formed(_CLOCK, str(value)).zfill(len("HH:MM")))
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


class NameType(click.ParamType[str]):
    """A name such as a group's: never blank, for a script whose variable is empty means another."""

    name = "name"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the name without blanks around it, or fail as wrong usage."""
        found = str(value).strip()
        if not found:
            self.fail("it is empty; give a name, or leave the option out", param, ctx)
        if not found.isprintable():
            self.fail(f"{found!a} cannot be printed; give a name in plain letters", param, ctx)
        return found


class DigestType(click.ParamType[str]):
    """A digest of the audit, whole: a shorter one would be missed among the rows."""

    name = "digest"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the digest in small letters, or fail as wrong usage."""
        found = str(value).strip().lower()
        if not _DIGEST.fullmatch(found):
            self.fail(f"{str(value)!a} is no whole digest, of 64 hexadecimal signs", param, ctx)
        return found


class ZoneType(NameType):
    """The name of a time zone."""

    name = "zone"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the IANA name, or fail as wrong usage."""
        zone = super().convert(value, param, ctx)
        try:
            zone_named(zone)
        except UnknownZone as fault:
            self.fail(str(fault), param, ctx)
        return zone


class RungType(click.ParamType[Rung | None]):
    """A time before a deadline or meeting; `group` for those of the group again."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Rung | None:
        """Return the rung, None for the group's, or fail as wrong usage."""
        text = " ".join(str(value).split())
        if text == GROUPS_RUNGS:
            return None
        try:
            rung = Rung.parse(text)
        except BadRung as fault:
            self.fail(str(fault), param, ctx)
        if rung.is_after:
            self.fail(f"'{rung}' is after a deadline, as only a group's file says", param, ctx)
        return rung


class LineType(click.ParamType[str]):
    """A sentence that is kept and shown again: one line of what can be printed."""

    name = "text"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> str:
        """Return the sentence on one line."""
        return printable(str(value))


class FolderType(click.ParamType[Path]):
    """A folder; an empty path would be the one that the command happens to run in."""

    name = "folder"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Return the path, or fail as wrong usage."""
        if not str(value):
            self.fail("it is empty; name a folder, '.' for the one you are in", param, ctx)
        return Path(str(value))


DATE = DateType()
NAME = NameType()
DIGEST = DigestType()
ZONE = ZoneType()
LINE = LineType()
RUNG = RungType()
FOLDER = FolderType()
CLOCK = ClockType()
INSTANT = InstantType()


class ValueChoice(click.Choice[Chosen]):
    """One of a closed set, named by its values and not by the names they have in code."""

    def normalize_choice(self, choice: Hashable, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the word by which a choice is typed."""
        return str(choice.value if isinstance(choice, Enum) else choice)


def _formed(shape: re.Pattern[str], text: str) -> str:
    """Return a text of this shape; raises ValueError for others that Python would read too."""
    if not shape.fullmatch(text):
        raise ValueError(text)
    return text
