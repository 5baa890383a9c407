"""What a letter about changes says, worked out for one reader: old beside new, no layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.model.change import ChangeKind
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting, Status
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.changes import Changes, EventAltered, MeetingAltered
from scheduler.notification.letters.aspects import (
    Eyes,
    Shown,
    event_shown,
    meeting_aspects,
    meeting_time,
)
from scheduler.wording.changes import change_in_words
from scheduler.wording.deadlines import deadline_title
from scheduler.wording.languages import Speaker
from scheduler.wording.lines import one_line
from scheduler.wording.meetings import title, why_status

_CALLED_OFF: Mapping[ChangeKind | None, Status] = {
    ChangeKind.CANCELLED: Status.CANCELLED,
    ChangeKind.REMOVED: Status.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanges:
    """What one reader is told of one group: the plan they believed in, and the one that stands.

    `page` is the URL of the group's published page.
    """

    group: Group
    reader: Subscription
    before: Plan | None
    plan: Plan
    changes: Changes
    page: str

    @property
    def subjects(self) -> frozenset[str]:
        """The UIDs of what changed."""
        return frozenset(uid for uid, _ in self.changes.subjects)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShown:
    """One change: its heading, why, when what it is about takes place, and old beside new.

    `when` has no lines where the time is among what changed; `called_off` says whether something
    that was to take place is cancelled or postponed.
    """

    heading: str
    called_off: Status | None
    reason: str
    when: tuple[str, ...]
    aspects: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShown:
    """All that changed for one group."""

    group: str
    group_name: str
    page: str
    changes: tuple[ChangeShown, ...]


def show_changes(found: GroupChanges, speaker: Speaker) -> GroupShown:
    """Return what a reader is told of one group, in the reader's zone."""
    known = found.before or Plan(group=found.plan.group)
    eyes = Eyes(before=known, plan=found.plan, zone=found.reader.zone, speaker=speaker)
    group = replace(found.group, acronym=one_line(found.group.acronym))
    return GroupShown(
        group=group.acronym,
        group_name=one_line(group.name or "") or group.acronym,
        page=found.page,
        changes=(
            *(_meeting(one, group, eyes) for one in found.changes.meetings),
            *(_event(one, eyes) for one in found.changes.events),
        ),
    )


def _meeting(found: MeetingAltered, group: Group, eyes: Eyes) -> ChangeShown:
    aspects = tuple(meeting_aspects(found, eyes))
    standing = found.after or found.before
    return ChangeShown(
        heading=one_line(_heading(found, standing, group, eyes.speaker)),
        called_off=Status.POSTPONED if found.is_postponed else _CALLED_OFF.get(found.kind),
        reason=one_line(" ".join(_reasons(found, eyes))),
        when=() if found.tells_time or standing is None else meeting_time(standing, eyes),
        aspects=aspects,
    )


def _event(found: EventAltered, eyes: Eyes) -> ChangeShown:
    heading = change_in_words(found.kind, one_line(found.after.title), eyes.speaker)
    aspects = tuple(event_shown(found.before, found.after, eyes))
    off = _CALLED_OFF.get(found.kind)
    return ChangeShown(heading=heading, called_off=off, reason="", when=(), aspects=aspects)


def _heading(
    found: MeetingAltered, standing: Meeting | None, group: Group, speaker: Speaker
) -> str:
    name = title(standing, group, speaker) if standing else group.acronym
    if found.is_postponed:
        return speaker.say("Postponed: %(title)s", title=name)
    if found.kind is not None:
        return change_in_words(found.kind, name, speaker)
    if len(found.deadlines) == 1:
        (change,) = found.deadlines
        deadline = change.after or change.before
        if deadline is not None:
            own = deadline_title(deadline, change.meeting, group, speaker)
            return change_in_words(change.kind, own, speaker)
    return change_in_words(ChangeKind.EDITED, name, speaker)


def _reasons(found: MeetingAltered, eyes: Eyes) -> Iterator[str]:
    """Yield why a meeting is another one, and whether it is sure."""
    if found.shift:
        yield eyes.speaker.say(
            "The agreed hour stays; newer rules for the clocks of its zone moved its instant."
        )
    meeting = found.after
    if meeting is None or found.kind is None:
        return
    if meeting.status in (Status.TENTATIVE, Status.CONFIRMED):
        if found.kind is ChangeKind.MOVED and meeting.reason:
            yield eyes.speaker.say("Reason: %(reason)s", reason=meeting.reason)
        if found.kind in (ChangeKind.ADDED, ChangeKind.RESTORED):
            yield why_status(meeting, eyes.plan.authorization, eyes.speaker)
    else:
        yield why_status(meeting, eyes.plan.authorization, eyes.speaker)
