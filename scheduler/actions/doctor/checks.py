"""A check: what was looked at, how it is, and what would do."""

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How something that was looked at is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was looked at, how it is, in a sentence what was found, and what would do.

    `remedy` is None where nothing has to be done, or `said` tells it. `unreachable` says that a
    service did not answer, so that little is known of it.
    """

    name: str
    condition: Condition
    said: str
    remedy: str | None = None
    unreachable: bool = False


def ok(name: str, said: str) -> Check:
    """Return a check that found all well."""
    return Check(name=name, condition=Condition.OK, said=said)


def warning(name: str, said: str, remedy: str | None = None) -> Check:
    """Return a check that found what a person should look at some day."""
    return Check(name=name, condition=Condition.WARNING, said=said, remedy=remedy)


def error(name: str, said: str, remedy: str | None = None) -> Check:
    """Return a check that found what has to be set right."""
    return Check(name=name, condition=Condition.ERROR, said=said, remedy=remedy)


def unreachable(name: str, said: str) -> Check:
    """Return a check of a service that did not answer."""
    return Check(name=name, condition=Condition.ERROR, said=said, unreachable=True)
