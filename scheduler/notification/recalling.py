"""Who is on record with a letter that did not go, and need not be told what it says any more."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.model.attendee import Asked, Attendee
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.notification.beliefs import History
from scheduler.notification.invitations import (
    begins,
    behind,
    by_attendee,
    revision_told,
    sequence_of,
    told_before,
    version_of,
)
from scheduler.notification.known_meetings import meeting_of, news_since
from scheduler.planning.calls import over_at, takes_place


def recalled(
    history: History, attendees: Iterable[Attendee], letters: Iterable[Letter], now: Instant
) -> Iterator[Attendee]:
    """Yield, as the letter before left them, those for whom all was changed back before one went.

    `letters` are the invitations queued before. What they answered to that letter holds again.
    """
    theirs = by_attendee(letters)
    for attendee in behind(history.plan, attendees, now):
        before = told_before(attendee, theirs.get(attendee.id, ()))
        revision = revision_told(history, attendee, before)
        if revision is None or attendee.letter == before[-1].key:
            continue
        meeting = meeting_of(history, revision, attendee.meeting)
        if meeting and not news_since(history, revision, attendee.meeting, now).changes:
            asked = _asked(history, revision, meeting, attendee, before[-1].due)
            told, letter = version_of(meeting, attendee), before[-1].key
            yield replace(attendee, told=told, letter=letter, asked=asked)


def _asked(
    history: History, revision: int, meeting: Meeting, attendee: Attendee, at: Instant
) -> Asked | None:
    """Return the time that a letter of a revision asks for, and which SEQUENCE did so first."""
    if not takes_place(meeting):
        return None
    first = meeting
    for number in range(revision - 1, 0, -1):
        earlier = meeting_of(history, number, attendee.meeting)
        if earlier is None or not takes_place(earlier) or _time(earlier) != _time(meeting):
            break
        first = earlier
    starts, ends = _time(meeting)
    return Asked(sequence=sequence_of(first, attendee), at=at, starts=starts, ends=ends)


def _time(meeting: Meeting) -> tuple[Instant, Instant]:
    return begins(meeting), over_at(meeting)
