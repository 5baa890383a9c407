"""Meetings called off at the time that calendars know, and called back."""

from collections.abc import Mapping
from dataclasses import replace

from scheduler.errors import InterimError
from scheduler.model.meeting import Meeting, Status


class NotCancelled(InterimError):
    """A meeting was to be restored that takes place."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"meeting {meeting.label or meeting.uid} of {meeting.date} is {meeting.status}, not "
            "cancelled; 'interim drop' takes back all edits of a draft"
        )


class IsCancelled(InterimError):
    """A meeting was to be moved that does not take place."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"meeting {meeting.label or meeting.uid} of {meeting.date} is cancelled; take that "
            f"back with 'interim restore {meeting.uid[:8]}' first, then move it"
        )


def called_off(meeting: Meeting, published: Meeting | None) -> Meeting:
    """Return a meeting cancelled, at the time and with the deadlines that calendars know.

    `published` is the meeting as it stands, None where nobody has seen it. A draft may have
    moved it since; its entry is cancelled where people will look for it (RFC 5546, 3.2.5).
    """
    off = replace(meeting, status=Status.CANCELLED)
    if published is None:
        return off
    return replace(
        off,
        date=published.date,
        end_date=published.end_date,
        zone=published.zone,
        start=published.start,
        end=published.end,
        daily=published.daily,
        reading=published.reading,
        deadlines=published.deadlines,
    )


def restored(meeting: Meeting, known: Mapping[str, Meeting], reason: str | None) -> Meeting:
    """Return a cancelled meeting as one that takes place again, at the time it was cancelled at.

    `known` holds, by UID, the last plan's version of each meeting in which it took place: it has
    that status again, and is tentative where there is none.
    """
    before = known.get(meeting.uid)
    if before is None:
        return replace(meeting, status=Status.TENTATIVE, reason=reason)
    return replace(meeting, status=before.status, reason=reason or before.reason)
