"""Days and hours as the sentences of problems put them, in English."""

import datetime as dt

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def in_words(day: dt.date) -> str:
    """Return a day such as "20 February 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def offset_in_words(minutes: int) -> str:
    """Return a distance from UTC such as "UTC+05:30"."""
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
