"""The calendar file that goes with a letter: the feed's own entries for what it speaks of."""

from collections.abc import Collection, Iterable, Iterator

from calendars.model import Calendar, Entry
from calendars.writer import write
from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.publication.feeds.entries import deadline_entry, meeting_entry
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
