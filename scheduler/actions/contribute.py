"""`contribution add`: enters contributions, one or a list, all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.actions.contributions import Placed, placed
from scheduler.actions.edit import SeveralMeetings, UnknownMeeting, find_meeting
from scheduler.actions.laying import Table
from scheduler.actions.table import record_moves, table_of
from scheduler.errors import InterimError
from scheduler.intake.contributions.submission import Submission
from scheduler.intake.yaml_files import Fault, InvalidFile
from scheduler.model.contribution import Contribution
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.planning.calls import minutes_of, over_at, takes_place
from scheduler.rules.topics import topic_index, topics_of
from scheduler.store.protocol import Memory, Store


class UnknownTopic(InterimError):
    """A topic that its group does not have."""

    def __init__(self, topic: str, group: str, known: Iterable[str]) -> None:
        names = ", ".join(known) or "none yet: name them in the group's file under 'topics'"
        super().__init__(f"{topic!r} is no topic of {group}; its topics are: {names}")


class NumberTaken(InterimError):
    """A number under which another document is known."""

    def __init__(self, known: Contribution, title: str) -> None:
        super().__init__(
            f"{known.id} is {known.title!r} at revision {known.revision}, not {title!r}; "
            "give the number of a higher revision, or another number"
        )


class RevisionBelow(InterimError):
    """A revision that comes before the one that is known."""

    def __init__(self, known: Contribution, given: int) -> None:
        super().__init__(
            f"revision {given} of {known.id} is below revision {known.revision}, which is known "
            "already; give a higher one"
        )


class NumberWithdrawn(InterimError):
    """A number whose document was taken back."""

    def __init__(self, known: Contribution) -> None:
        super().__init__(
            f"{known.id} was withdrawn, and its number stays with it; give another number"
        )


class ReceivedAfterSeries(InterimError):
    """A contribution that came in when no call was left."""

    def __init__(self, document: str, received: Instant, last: Instant) -> None:
        super().__init__(
            f"{document} was received at {received}, after the last call, which ends at {last}; "
            "give an earlier --received, or plan another meeting first"
        )


class ReceivedInFuture(InterimError):
    """A contribution that is said to have come in at an instant that is still to come."""

    def __init__(self, document: str, received: Instant, now: Instant) -> None:
        super().__init__(
            f"{document} cannot have been received at {received}, for it is {now}; "
            "give an earlier --received, or enter it with --announced"
        )


class TooLong(InterimError):
    """A contribution that asks for more time than any call has."""

    def __init__(self, document: str, minutes: int, most: int) -> None:
        super().__init__(
            f"{document} asks for {minutes} minutes, and no call ahead has more than {most} for "
            "contributions; give fewer --minutes, for it would stand in the way of all behind it"
        )


# The field of a list that is at fault; where a class is not named, the number is.
_FIELDS: Mapping[type[InterimError], str] = {
    UnknownTopic: "topic",
    UnknownMeeting: "meeting",
    SeveralMeetings: "meeting",
    NumberTaken: "title",
    ReceivedAfterSeries: "received",
    ReceivedInFuture: "received",
    TooLong: "minutes",
}


class Entry(StrEnum):
    """What the entering of a contribution did."""

    ADDED = "added"
    REVISED = "revised"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A contribution as it is known now, where it stands, and as it was known before."""

    kind: Entry
    before: Contribution | None
    now: Placed


def contribute(
    store: Store,
    group: str,
    submissions: Sequence[Submission],
    *,
    groups: Mapping[str, Group],
    now: Instant,
    by: str | None,
) -> tuple[Entered, ...]:
    """Enter contributions for a group, all of them or none, in the order they are given.

    A known document takes over what is said now; a higher revision takes its place. Raises
    `UnknownGroup`, and for what cannot be entered `UnknownTopic`, `UnknownMeeting`,
    `NumberTaken`, `RevisionBelow`, `NumberWithdrawn`, `TooLong`, `ReceivedAfterSeries` or
    `ReceivedInFuture`; from a file `InvalidFile` with all of them, each at its place.
    """
    with store.writing() as memory:
        table = table_of(memory, group, groups, now)
        faults: list[Fault] = []
        kept = [_kept(memory, submission, table, now, faults) for submission in submissions]
        if faults:
            raise InvalidFile(faults)
        after = record_moves(memory, group, groups, now, by)
    current = {one.id: one for one in after.contributions}
    return tuple(
        Entered(kind=kind, before=before, now=placed(after, current[document]))
        for kind, before, document in filter(None, kept)
    )


def _kept(
    memory: Memory, submission: Submission, table: Table, now: Instant, faults: list[Fault]
) -> tuple[Entry, Contribution | None, str] | None:
    said = submission.contribution
    try:
        before = memory.contribution(said.group, said.id)
        said = replace(said, received=_receipt(submission, before, now))
        after = _merged(before, _checked(memory, said, table, now))
    except InterimError as refusal:
        if submission.file is None:
            raise
        field = _FIELDS.get(type(refusal), "number")
        place = submission.places.get(field) or submission.places.get("number", (1, 1))
        faults.append(_fault(submission.file, place, refusal))
        return None
    memory.save_contribution(after)
    return _kind(before, after), before, after.id


def _receipt(submission: Submission, before: Contribution | None, now: Instant) -> Instant | None:
    """Return when it came in: as it was said, as it is known of this revision, or now."""
    said = submission.contribution
    if said.received or submission.announced:
        return said.received
    known = before.received if before and before.revision == said.revision else None
    return known or now


def _fault(file: str, place: tuple[int, int], refusal: InterimError) -> Fault:
    line, column = place
    return Fault(file=file, line=line, column=column, message=str(refusal))


def _checked(memory: Memory, said: Contribution, table: Table, now: Instant) -> Contribution:
    """Return what was said with the names of topic and meeting made sure of."""
    if said.topic is not None:
        said = replace(said, topic=_topic(said.topic, table))
    if said.meeting is not None:
        said = replace(said, meeting=find_meeting(memory, said.meeting, said.group).uid)
    if said.received is not None:
        _check_receipt(said.id, said.received, table, now)
    if said.minutes is not None:
        _check_length(said.id, said.minutes, table, now)
    return said


def _topic(name: str, table: Table) -> str:
    topics = topics_of(table.plan, table.group.topics)
    found = topic_index(topics).named(name)
    if found is None:
        raise UnknownTopic(name, table.group.acronym, (topic.name for topic in topics))
    return found.topic.name


def _check_receipt(document: str, received: Instant, table: Table, now: Instant) -> None:
    if received > now:
        raise ReceivedInFuture(document, received, now)
    ends = [over_at(meeting) for meeting in table.plan.meetings if takes_place(meeting)]
    if ends and received > max(ends):
        raise ReceivedAfterSeries(document, received, max(ends))


def _check_length(document: str, minutes: int, table: Table, now: Instant) -> None:
    """Refuse what fits no call ahead: filling stops at it, so nothing behind it would be treated.

    A call of unknown length has room for all.
    """
    set_apart = sum(item.minutes for item in table.group.agenda.administrative)
    ahead = [m for m in table.plan.meetings if takes_place(m) and over_at(m) >= now]
    lengths = [minutes_of(meeting) for meeting in ahead]
    known = [length for length in lengths if length is not None]
    if not known or len(known) < len(lengths):
        return
    most = max(0, max(known) - set_apart)
    if minutes > most:
        raise TooLong(document, minutes, most)


def _merged(known: Contribution | None, said: Contribution) -> Contribution:
    """Return what is known from now on; raises where the two contradict each other."""
    if known is None:
        return said
    if known.withdrawn:
        raise NumberWithdrawn(known)
    if said.revision < known.revision:
        raise RevisionBelow(known, said.revision)
    if said.revision > known.revision:
        # What was treated is on the table again with its new revision.
        return replace(_filled(known, said), revision=said.revision, treatment=None)
    told = None if known.title_inferred else known.title
    if said.title and told and said.title != told:
        raise NumberTaken(known, said.title)
    return _filled(known, said)


def _filled(known: Contribution, said: Contribution) -> Contribution:
    """Return a known document with all that was said anew."""
    return replace(
        known,
        title=said.title or known.title,
        title_inferred=known.title_inferred and not said.title,
        sources=said.sources or known.sources,
        topic=said.topic or known.topic,
        meeting=said.meeting or known.meeting,
        received=said.received or known.received,
        minutes=said.minutes or known.minutes,
        builds_on=said.builds_on or known.builds_on,
        forwarded=said.forwarded or known.forwarded,
        stage=known.stage if said.stage is None else said.stage,
        labels=said.labels or known.labels,
        submitted_by=said.submitted_by or known.submitted_by,
    )


def _kind(before: Contribution | None, after: Contribution) -> Entry:
    if before is None:
        return Entry.ADDED
    if before.revision != after.revision:
        return Entry.REVISED
    return Entry.UNCHANGED if before == after else Entry.CHANGED
