"""What lies before people: the lines of all groups in order of time, and what months show."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.model.moment import Instant
from scheduler.publication.months import Dated
from scheduler.publication.views import DeadlineView, GroupView, MeetingView
from scheduler.wording.languages import Speaker

MOST_LINES = 400  # of a page of all groups, which is read on phones
RECENT = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """A meeting or a deadline among those of all groups; `short` is its name in a month."""

    group: GroupView
    meeting: MeetingView
    deadline: DeadlineView | None
    short: str

    @property
    def item(self) -> MeetingView | DeadlineView:
        """What the line is about."""
        return self.deadline or self.meeting

    @property
    def address(self) -> str:
        """Where more is told of it, from the page of all groups."""
        return f"{self.group.page}#{self.item.uid}"

    @property
    def struck(self) -> bool:
        """Whether it no longer holds."""
        return self.deadline.void if self.deadline else not self.meeting.takes_place


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lines of all groups in order of time; `cut` where there are more than are shown."""

    lines: tuple[TimelineLine, ...]
    cut: bool


def timeline(groups: Sequence[GroupView], today: Instant, speaker: Speaker) -> Timeline:
    """Return the meetings and deadlines of all groups in order of time.

    Of more than `MOST_LINES` those are kept that begin a month before the day of `today` or
    later, filled up with what comes before where there is room.
    """
    found = sorted(_items(groups), key=lambda one: one[:2])
    since = dt.datetime.combine(today.utc.date() - RECENT, dt.time(), dt.UTC)
    recent = bisect_left(found, since, key=lambda one: one[0])
    start = max(0, min(recent, len(found) - MOST_LINES))
    lines = (
        TimelineLine(
            group=group,
            meeting=meeting,
            deadline=deadline,
            short=_short(group, deadline or meeting, speaker),
        )
        for _, _, group, meeting, deadline in found[start : start + MOST_LINES]
    )
    return Timeline(tuple(lines), len(found) > MOST_LINES)


def dated_lines(lines: Iterable[TimelineLine]) -> Iterator[Dated]:
    """Yield what the months of all groups show."""
    for line in lines:
        yield Dated(
            hours=line.item.hours, text=line.short, address=line.address, struck=line.struck
        )


def dated_of(group: GroupView) -> Iterator[Dated]:
    """Yield what the months on a group's own page show: meetings, deadlines and events."""
    for meeting in group.meetings:
        yield Dated(
            hours=meeting.hours,
            text=meeting.short,
            address=f"#{meeting.uid}",
            struck=not meeting.takes_place,
        )
        for deadline in meeting.deadlines:
            yield Dated(
                hours=deadline.hours,
                text=deadline.short,
                address=f"#{deadline.uid}",
                struck=deadline.void,
            )
    for event in group.events:
        yield Dated(hours=event.hours, text=event.title, address="#events")


_Item = tuple[dt.datetime, str, GroupView, MeetingView, DeadlineView | None]


def _items(groups: Sequence[GroupView]) -> Iterator[_Item]:
    for group in groups:
        for meeting in group.meetings:
            yield meeting.order, meeting.uid, group, meeting, None
            for own in meeting.deadlines:
                yield own.order, own.uid, group, meeting, own


def _short(group: GroupView, item: MeetingView | DeadlineView, speaker: Speaker) -> str:
    return speaker.say("%(group)s: %(title)s", group=group.acronym, title=item.short)
