"""Dates and hours as the terminal shows them: short, and never without day, zone and UTC's date."""

import datetime as dt

from babel.dates import format_date

from scheduler.model.deadline import Deadline
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, WallTime, clock_text, settled

ENGLISH = "en_GB"


def day(date: dt.date) -> str:
    """Return `Tue 20 Feb 2024`."""
    return format_date(date, "EEE d MMM y", locale=ENGLISH)


def hours(meeting: Meeting) -> str:
    """Return a meeting's hours as agreed, with the day they end on where it is another."""
    if meeting.start is None:
        until = f"to {day(meeting.end_date)}, " if meeting.end_date != meeting.date else ""
        return f"{until}hour not stated"
    if meeting.end is None:
        return f"{clock_text(meeting.start)}, end not stated"
    text = f"{clock_text(meeting.start)}–{clock_text(meeting.end)}"
    if meeting.end_date != meeting.date:
        text += f" on {day(meeting.end_date)}"
    if meeting.daily:
        first, last = meeting.daily
        text += f" (each day {clock_text(first)}–{clock_text(last)})"
    return text


def span_utc(meeting: Meeting) -> str:
    """Return a meeting's instants in UTC, with their date."""
    start, end = meeting.start_instant, meeting.end_instant
    if meeting.start_candidates:
        return " or ".join(utc(instant) for instant in meeting.start_candidates) + "?"
    if start is None:
        return "-"
    if end is None:
        return utc(start)
    same_day = start.utc.date() == end.utc.date()
    return f"{utc(start)}–{_clock(end) if same_day else utc(end)}"


def utc(instant: Instant) -> str:
    """Return `Tue 20 Feb 12:00`, the year being its meeting's."""
    return f"{format_date(instant.utc.date(), 'EEE d MMM', locale=ENGLISH)} {_clock(instant)}"


def deadline(item: Deadline) -> str:
    """Return a deadline as agreed and in UTC, each with its date."""
    instant = settled(item.moment)
    exact = f"= {utc(instant)} UTC" if instant else "which is not one instant"
    return f"{wall(item.moment)} {exact}"


def wall(moment: WallTime) -> str:
    """Return `Tue 13 Feb 2024 23:59:59 Europe/Zurich`."""
    return f"{day(moment.day)} {clock_text(moment.clock)} {moment.zone}"


def _clock(instant: Instant) -> str:
    return clock_text(instant.utc.time())
