"""The sentences for what is wrong or doubtful in a report: what, what was given, what would do."""

import datetime as dt
from collections.abc import Iterable

from scheduler.model.moment import Instant
from scheduler.model.problem import Problem, Severity

_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def duplicate_list(line: int, first: int) -> Problem:
    """Say that the same list stands twice."""
    return Problem(
        "duplicate_list",
        Severity.NOTICE,
        f"the same meetings stand in line {first} already; both lists were read as one",
        line,
    )


def duplicate_meeting(line: int, first: int, day: dt.date) -> Problem:
    """Say that one meeting stands twice."""
    return Problem(
        "duplicate_meeting",
        Severity.NOTICE,
        f"the meeting of {day} stands in line {first} already; both were read as one",
        line,
    )


def conflicting_duplicate(line: int, first: int, there: str, here: str) -> Problem:
    """Say that two places contradict each other."""
    return Problem(
        "conflicting_duplicate",
        Severity.WARNING,
        f"line {first} says {there}, line {line} says {here}; "
        "the first was kept: correct the report, or the draft, so that they agree",
        line,
    )


def count_mismatch(line: int, stated: int, given: int) -> Problem:
    """Say that a stated number of meetings is not the number of them."""
    return Problem(
        "count_mismatch",
        Severity.WARNING,
        f"the text speaks of {stated} meetings and gives {given}; "
        "check whether one is missing or too many",
        line,
    )


def missing_topic(line: int, day: dt.date) -> Problem:
    """Say that one meeting has no topic where the others have one."""
    return Problem(
        "missing_topic",
        Severity.NOTICE,
        f"the meeting of {day} has no topic, the others of its list have one; "
        "name one if there is one",
        line,
    )


def end_before_start(line: int, start: str, end: str) -> Problem:
    """Say that an end lies before its start."""
    return Problem(
        "end_before_start",
        Severity.ERROR,
        f"the end {end} is not after the start {start}; correct one of them",
        line,
    )


def ambiguous_local_time(line: int, local: str, readings: Iterable[Instant]) -> Problem:
    """Say that a local time occurs twice."""
    return Problem(
        "ambiguous_local_time",
        Severity.ERROR,
        f"{local} occurs twice, the clocks going back: {' or '.join(map(str, readings))}; "
        "choose one of the two",
        line,
    )


def nonexistent_local_time(line: int, local: str, readings: Iterable[Instant]) -> Problem:
    """Say that a local time is left out by the clocks."""
    return Problem(
        "nonexistent_local_time",
        Severity.ERROR,
        f"{local} does not exist, the clocks going forward: "
        f"{' or '.join(map(str, readings))} may be meant; choose one, or another time",
        line,
    )


def deadline_on_weekend(line: int | None, kind: str, day: dt.date) -> Problem:
    """Say that a deadline falls on a weekend."""
    return Problem(
        "deadline_on_weekend",
        Severity.NOTICE,
        f"the {kind.replace('_', ' ')} deadline {day} is a {_DAYS[day.weekday()]}; "
        "it stands as the text gives it",
        line,
    )


def cob_convention(line: int, day: dt.date, zone: str) -> Problem:
    """Say how close of business was read."""
    return Problem(
        "cob_convention",
        Severity.NOTICE,
        f"close of business names no hour; read as the end of {day}, 23:59:59 in {zone}",
        line,
    )


def unknown_zone(line: int, text: str, taken: str) -> Problem:
    """Say that a named zone is none that can be told."""
    return Problem(
        "unknown_zone",
        Severity.ERROR,
        f"{text!r} is no time zone that can be told; {taken} stands in its place, "
        "give an IANA name such as Europe/Zurich with --zone",
        line,
    )


def zone_assumed(line: int, taken: str) -> Problem:
    """Say that the text names no zone."""
    return Problem(
        "zone_assumed",
        Severity.WARNING,
        f"the text names no time zone for its meetings; {taken} was taken, "
        "give another one with --zone",
        line,
    )


def unknown_meeting(line: int, words: str) -> Problem:
    """Say that a deadline is limited to a meeting that the text does not have."""
    return Problem(
        "unknown_meeting",
        Severity.WARNING,
        f"{words!r} names no meeting of this text; check what it is about",
        line,
    )


def year_inferred(text: str, year: int, speaks_on: dt.date) -> Problem:
    """Say that a year was taken so that a meeting lies ahead."""
    return Problem(
        "year_inferred",
        Severity.NOTICE,
        f"the year of {text!r} is not stated; {year} was inferred for a meeting to come, "
        f"as seen from {speaks_on}",
    )
