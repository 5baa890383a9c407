"""The zone of a meeting: stated with its time, declared for all, or assumed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scheduler.intake.moments import Context, TimeFound, ZoneFound, scan
from scheduler.intake.reports.meetings.places import is_place, zone_of_country
from scheduler.intake.reports.problems import unknown_zone
from scheduler.intake.reports.sentences import sentences
from scheduler.model.moment import GENEVA
from scheduler.model.problem import Problem

UTC = "UTC"
_FOR_ALL = (
    "all times",
    "all the times",
    "times are",
    "times in",
    "time zone",
    "timezone",
    "all times:",
    "toutes les heures",
    "les heures sont",
    "heures indiquées",
    "all hours",
    "times given",
    "times shown",
    "times:",
    "times stated",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The zone for times that name none; `stated` tells whether the text or the caller says so."""

    zone: str
    stated: bool


def declared_zone(texts: Iterable[str], context: Context, body: str | None) -> Declared:
    """Return the zone that the texts of a document declare for all its times.

    Where they declare none: the one given by the caller (in `context`), that of the body's
    seat, UTC.
    """
    for text in texts:
        if found := _declared_in(text, context):
            return Declared(zone=found.zone or UTC, stated=True)
    if context.zone is not None:
        return Declared(zone=context.zone, stated=True)
    return Declared(zone=GENEVA if (body or "").startswith("ITU") else UTC, stated=False)


def _declared_in(text: str, context: Context) -> ZoneFound | None:
    lowered = text.lower()
    if not any(words in lowered for words in _FOR_ALL):
        return None
    for _, sentence in sentences(text):
        if any(words in sentence.lower() for words in _FOR_ALL):
            for one in scan(sentence, context):
                if isinstance(one, ZoneFound) and one.zone:
                    return one
    return None


def zone_named(text: str, context: Context) -> ZoneFound | None:
    """Return the zone that a text is the name of, as it would be read behind an hour."""
    for one in scan(f"09:00 {text}", context) if text else ():
        if isinstance(one, ZoneFound):
            return one
        if isinstance(one, TimeFound) and one.stated_zone:
            return one.stated_zone
    return None


def zone_of_place(place: str | None, context: Context) -> str | None:
    """Return the zone of a place: that of "Lisbon time" for Lisbon, or of its whole country."""
    for part in reversed([part.strip() for part in (place or "").split(",")]):
        if part and is_place(part):
            for one in scan(f"09:00 {part} time", context):
                stated = getattr(one, "zone", None)
                if isinstance(stated, str):
                    return stated
    return zone_of_country((place or "").rsplit(",", 1)[-1])


@lru_cache(maxsize=256)
def zone_told(told: str, context: Context) -> ZoneFound | None:
    """Return the zone that the nearest line leading up to a list names by itself."""
    for text in told.split("\n"):
        found = scan(text, context)
        zones = [one for one in found if isinstance(one, ZoneFound)]
        if zones and not any(isinstance(one, TimeFound) for one in found):
            return zones[0]
    return None


def assumed_zone(
    declared: Declared, place: str | None, sibling: str | None, context: Context
) -> str:
    """Return the zone of an hour that nothing names one for: its place's, its siblings'."""
    if declared.stated:
        return declared.zone
    return zone_of_place(place, context) or sibling or declared.zone


def settle(
    found: ZoneFound | None, declared: Declared, place: str | None, context: Context, line: int
) -> tuple[str, tuple[Problem, ...]]:
    """Return the zone that a meeting's times stand in, and what is doubtful about it."""
    if found is None:
        return declared.zone, ()
    if found.zone is not None:
        return found.zone, ()
    if found.local:
        known = zone_of_place(place, context)
        sure = known is not None or declared.stated
        doubt = () if sure else (unknown_zone(line, found.text, declared.zone),)
        return known or declared.zone, doubt
    if found.candidates:
        agreed = declared.stated and declared.zone in found.candidates
        return (declared.zone, ()) if agreed else (found.candidates[0], ())
    return declared.zone, () if found.problems else (unknown_zone(line, found.text, declared.zone),)
