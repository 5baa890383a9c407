"""The calendar file that goes with a letter: the feed's own entries for what it speaks of."""

from collections.abc import Collection, Iterable, Iterator

from calendars.model import Calendar, Entry
from calendars.writer import write
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.feeds.entries import deadline_entry, event_entry, meeting_entry
from scheduler.publication.standing import (
    standing_deadlines,
    standing_events,
    standing_meetings,
)
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.wording.languages import Speaker


def attachment(
    plan: Plan, group: Group, subjects: Collection[str], speaker: Speaker, base_url: str
) -> bytes:
    """Return what `attachment_of_all` does of one group."""
    return attachment_of_all([(plan, group)], subjects, speaker, base_url)


def attachment_of_all(
    parts: Iterable[tuple[Plan, Group]],
    subjects: Collection[str],
    speaker: Speaker,
    base_url: str,
) -> bytes:
    """Return the deadlines whose UIDs are among `subjects`, each with its meeting, and the
    meetings that are among them, as iCalendar.

    The entries are those of the feeds, so that a calendar that has both shows each once.
    """
    parts = tuple(parts)
    entries = tuple(
        entry
        for plan, group in parts
        for entry in _entries(tidy_plan(plan), tidy_group(group), subjects, speaker, base_url)
    )
    name = ", ".join(group.acronym for _, group in parts)
    return write(Calendar(name=name, entries=entries, language=speaker.language))


def _entries(
    plan: Plan, group: Group, subjects: Collection[str], speaker: Speaker, base_url: str
) -> Iterator[Entry]:
    for meeting in plan.meetings:
        told = [deadline for deadline in meeting.deadlines if deadline.uid in subjects]
        if told or meeting.uid in subjects:
            yield meeting_entry(meeting, plan, group, speaker, base_url)
        for deadline in told:
            yield deadline_entry(deadline, meeting, plan, group, speaker, base_url)


def change_attachment(
    told: Iterable[tuple[Plan, Group, Collection[str]]],
    speaker: Speaker,
    base_url: str,
    now: Instant,
) -> bytes:
    """Return the entries of meetings, deadlines and events whose UIDs are told, as iCalendar.

    A meeting brings its deadlines along. They are those that the feeds of each group hold by `now`,
    cancelled ones too, so that a calendar that has them takes on what changed.
    """
    told = tuple(told)
    entries = [
        entry
        for plan, group, subjects in told
        for entry in _changed(tidy_plan(plan), tidy_group(group), subjects, speaker, base_url, now)
    ]
    name = speaker.enumerated(tidy_group(group).acronym for _, group, _ in told)
    return write(Calendar(name=name, entries=tuple(entries), language=speaker.language))


def _changed(
    plan: Plan,
    group: Group,
    subjects: Collection[str],
    speaker: Speaker,
    base_url: str,
    now: Instant,
) -> Iterator[Entry]:
    for meeting in standing_meetings(plan, group, now):
        if meeting.uid in subjects:
            yield meeting_entry(meeting, plan, group, speaker, base_url)
    for meeting, deadline in standing_deadlines(plan, group, now):
        if deadline.uid in subjects or meeting.uid in subjects:  # its status follows the meeting's
            yield deadline_entry(deadline, meeting, plan, group, speaker, base_url)
    for event in standing_events(plan, group, now):
        if event.uid in subjects:
            yield event_entry(event, group, speaker, base_url)
