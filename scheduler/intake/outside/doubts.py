"""What is worth saying of an outside calendar: never more than a warning."""

from datetime import timedelta

from scheduler.intake.outside.cache import Copy
from scheduler.intake.outside.reading.events import Expanded
from scheduler.model.moment import Instant
from scheduler.model.problem import Problem, Severity

OLD = timedelta(days=1)
_ONE_HOUR = timedelta(hours=1)


def unread(title: str, reason: str) -> Problem:
    """Return that nothing is known of a calendar."""
    return Problem(
        "calendar_unread",
        Severity.WARNING,
        f'nothing is known of the calendar "{title}": {reason}',
    )


def unkept(folder: str, reason: str) -> Problem:
    """Return that copies cannot be written."""
    return Problem(
        "calendar_unkept",
        Severity.WARNING,
        f"calendars were fetched and cannot be kept in the folder {folder}: {reason}",
    )


def doubts_about_copy(title: str, copy: Copy, now: Instant) -> tuple[Problem, ...]:
    """Return that a copy is old, or that the last try to have a newer one failed."""
    age = now.utc - (copy.fetched or copy.tried).utc
    if copy.fault is None and age < OLD:
        return ()
    why = copy.fault or "'interim calendars --refresh' fetches it"
    message = f'a copy of the calendar "{title}" is used that is {age_in_words(age)} old: {why}'
    return (Problem("calendar_stale", Severity.WARNING, message),)


def doubts_about_events(title: str, found: Expanded, zone: str) -> tuple[Problem, ...]:
    """Return what was left out of a calendar, and which hours were taken for local ones."""
    doubts = []
    if found.left_out or found.beyond:
        message = (
            f'not all of the calendar "{title}" is looked at: {found.left_out} of its entries recur'
            f" too often or cannot be understood, {found.beyond} events are beyond the most"
        )
        doubts.append(Problem("calendar_shortened", Severity.WARNING, message))
    if found.floating:
        message = (
            f'{found.floating} events of the calendar "{title}" have hours in no zone that is'
            f" known; they are read in {zone}"
        )
        doubts.append(Problem("calendar_floating", Severity.NOTICE, message))
    return tuple(doubts)


def age_in_words(age: timedelta) -> str:
    """Return an age in whole hours or days."""
    hours = max(age, timedelta()) // _ONE_HOUR
    if hours < 48:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    return f"{hours // 24} days"
