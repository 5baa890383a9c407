"""What becomes of feeds and letters, a line or two a change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console

from calendars.model import Entry
from scheduler.actions.consequences import Consequences
from scheduler.cli.show import moments
from scheduler.cli.show.blocks import heading, paragraph
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.reminding import Rung, RungUnit
from scheduler.notification.foresight import LetterChanges, ReminderChange
from scheduler.publication.exports import Document
from scheduler.publication.foresight import EntryChange
from scheduler.publication.names import topic_feed
from scheduler.wording.deadlines import deadline_name
from scheduler.wording.languages import speaker

WORDS = speaker("en")


def show_consequences(console: Console, found: Consequences) -> None:
    """Print what becomes of one group's feeds and letters; nothing where nothing does."""
    feeds = list(_feed_lines(found))
    if feeds:
        heading(console, "Feeds, once published")
    for line in feeds:
        paragraph(console, line, hanging=2)
    letters = list(_letter_lines(found))
    if letters:
        heading(console, "Letters")
    for line in letters:
        paragraph(console, line, hanging=2)


def consequences_document(steps: Iterable[Consequences]) -> Document:
    """Return what becomes of feeds and letters, over all groups."""
    steps = tuple(steps)
    return {
        "feeds": sorted({path for found in steps for path in found.feeds.files}),
        "entries": [
            _entry(change, found.group.acronym) for found in steps for change in found.feeds.entries
        ],
        "letters": {
            "queued": [row for found in steps for row in _letters(found.letters.queued)],
            "unsent": [row for found in steps for row in _letters(found.letters.unsent)],
            "spared": [row for found in steps for row in _letters(found.letters.spared)],
            "reminders": [
                _reminder(change, found) for found in steps for change in found.letters.reminders
            ],
        },
    }


def _feed_lines(found: Consequences) -> Iterator[str]:
    files = found.feeds.files
    if not files:
        return
    stems = sorted({path.removeprefix("feeds/").partition(".")[0] for path in files})
    noun = "file changes" if len(files) == 1 else "files change"
    named = [f"{stem}.ics" for stem in stems if topic_feed("", "") not in stem]
    by_topic = [f"{len(stems) - len(named)} by topic"] if len(stems) > len(named) else []
    yield f"{len(files)} {noun}: {', '.join([*named, *by_topic])} and variants"
    names = _names(found)
    fresh = [change for change in found.feeds.entries if change.before is None]
    kinds = Counter(str(change.holding) for change in fresh)
    if fresh:
        counted = " and ".join(f"{n} {kind}{'s' * (n > 1)}" for kind, n in sorted(kinds.items()))
        yield f"new: {counted}, SEQUENCE 0"
    for change in found.feeds.entries:
        if change.before is not None:
            yield f"{names.get(change.uid, change.uid[:8])}: {_life(change.before, change.after)}"


def _life(before: Entry, after: Entry | None) -> str:
    if after is None:
        return "in no feed while its hour is no instant, or no longer kept"
    if before.sequence == after.sequence:
        return f"its text changes, SEQUENCE stays {after.sequence}"
    status = str(after.status)
    if before.status is not after.status:
        status = f"{before.status} -> {after.status}"
    return f"SEQUENCE {before.sequence} -> {after.sequence}, {status}"


def _names(found: Consequences) -> Mapping[str, str]:
    """What to call each entry, by its UID."""
    names = {}
    for meeting in found.plan.meetings:
        label = meeting.label or str(meeting.date)
        names[meeting.uid] = f"meeting {label} {meeting.uid[:8]}"
        for deadline in meeting.deadlines:
            names[deadline.uid] = f"{deadline_name(deadline.kind, WORDS)} of {label}"
    for event in (*found.plan.events, *found.plan.former_events):
        names[event.uid] = f"event {event.title}"
    return names


def _letter_lines(found: Consequences) -> Iterator[str]:
    letters = found.letters
    for told, counted in (
        ("due at once", letters.queued),
        ("queued, and not sent after all", letters.unsent),
        ("due now, and no longer", letters.spared),
    ):
        for kind, number in sorted(Counter(letter.kind for letter in counted).items()):
            people = len({letter.recipient for letter in counted if letter.kind == kind})
            yield f"{number} {kind} {told}, to {_people(people)}"
    if letters.readers:
        yield from _reminder_lines(letters, found)


def _reminder_lines(letters: LetterChanges, found: Consequences) -> Iterator[str]:
    zone, people, names = found.group.zone, _people(letters.readers), _names(found)
    new = sorted(change.after for change in letters.reminders if not change.before and change.after)
    if new:
        noun = "reminder" if len(new) == 1 else "reminders"
        yield f"{len(new)} {noun} to come, to {people}, the first {_local(new[0], zone)}"
    for change in letters.reminders:
        if change.before:
            after = _local(change.after, zone) if change.after else "none"
            name = names.get(change.subject, change.subject[:8])
            yield (
                f"reminder of the {name}, {_distance(change.rung)}: "
                f"{_local(change.before, zone)} -> {after}, to {_people(change.readers)}"
            )


def _local(instant: Instant, zone: str) -> str:
    local = instant.in_zone(zone)
    return f"{moments.day(local.date())} {local:%H:%M} {zone}"


def _distance(rung: Rung) -> str:
    if rung.offset == 0:
        return "on the day"
    return str(rung) if rung.is_after else f"{rung} before"


def _people(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'}"


def _entry(change: EntryChange, group: str) -> Document:
    before, after = change.before, change.after
    return {
        "id": change.uid,
        "group": group,
        "what": str(change.holding),
        "sequence_before": before.sequence if before else None,
        "sequence_after": after.sequence if after else None,
        "status_before": str(before.status) if before else None,
        "status_after": str(after.status) if after else None,
    }


def _letters(letters: Iterable[Letter]) -> Iterator[Document]:
    """Letters that tell the same at the same time, with how many people get one."""
    alike = Counter((one.kind, one.group, str(one.due), one.subjects) for one in letters)
    for (kind, group, due, subjects), number in sorted(alike.items()):
        yield {
            "kind": kind,
            "group": group,
            "due": due,
            "subjects": list(subjects),
            "recipients": number,
        }


def _reminder(change: ReminderChange, found: Consequences) -> Document:
    return {
        "group": found.group.acronym,
        "deadline": change.subject,
        "days": -change.rung.offset if change.rung.unit is RungUnit.DAY else None,
        "rung": str(change.rung),
        "before": str(change.before) if change.before else None,
        "after": str(change.after) if change.after else None,
        "recipients": change.readers,
    }
