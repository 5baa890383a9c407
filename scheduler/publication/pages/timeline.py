"""What lies before people: the lines of all groups in order of time, and what months show."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.publication.names import page_path
from scheduler.publication.pages.hours import Hours
from scheduler.publication.pages.months import Dated
from scheduler.publication.pages.views import DeadlineView, GroupView, MeetingView
from scheduler.publication.upkeep.ordered import Ordered, Place, key, ordered, places
from scheduler.wording.languages import Speaker, speaker

MOST_LINES = 400  # of a page of all groups, which is read on phones
RECENT = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A meeting or a deadline of a group among those of all groups.

    `status` is that of the meeting; `short` is its name in a month, with the group's.
    """

    uid: str
    order: dt.datetime
    slug: str
    title: str
    short: str
    status: Status
    status_word: str
    is_deadline: bool
    struck: bool
    hours: Hours


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """A line on a page of all groups, and where more is told of it, from there."""

    line: Line
    address: str


@dataclass(frozen=True, slots=True)
class Window:
    """Which lines of all groups a page shows, in order; `cut` where there are more."""

    places: tuple[Place, ...]
    cut: bool


def lines_of(views: Mapping[str, GroupView]) -> Ordered[Line]:
    """Return the lines of a group; `views` is what is shown of it, by language."""
    told = {code: tuple(_lines(view, speaker(code))) for code, view in views.items()}
    return ordered(told, lambda line: key(line.order, line.uid))


def window(held: Mapping[str, Ordered[Line]], today: Instant) -> Window:
    """Return which meetings and deadlines of all groups are shown on a day.

    Of more than `MOST_LINES` those are kept that begin a month before the day of `today` or
    later, filled up with what comes before where there is room.
    """
    all_places = places(held)
    since = dt.datetime.combine(today.utc.date() - RECENT, dt.time(), dt.UTC)
    recent = bisect_left(all_places, (*key(since, ""), "", 0))
    start = max(0, min(recent, len(all_places) - MOST_LINES))
    shown = all_places[start : start + MOST_LINES]
    return Window(tuple(shown), len(all_places) > MOST_LINES)


def timeline(lines: Iterable[Line], variant: str | None) -> tuple[TimelineLine, ...]:
    """Return lines as the page of all groups in a variant has them."""
    return tuple(
        TimelineLine(line, f"{page_path(line.slug, variant)}#{line.uid}") for line in lines
    )


def dated_lines(lines: Iterable[TimelineLine]) -> Iterator[Dated]:
    """Yield what the months of all groups show."""
    for one in lines:
        line = one.line
        yield Dated(hours=line.hours, text=line.short, address=one.address, struck=line.struck)


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


def _lines(group: GroupView, said: Speaker) -> Iterator[Line]:
    for meeting in group.meetings:
        yield _line(group, meeting, meeting, said, struck=not meeting.takes_place)
        for own in meeting.deadlines:
            yield _line(group, meeting, own, said, struck=own.void)


def _line(
    group: GroupView,
    meeting: MeetingView,
    item: MeetingView | DeadlineView,
    said: Speaker,
    *,
    struck: bool,
) -> Line:
    return Line(
        uid=item.uid,
        order=item.order,
        slug=group.slug,
        title=item.title,
        short=said.say("%(group)s: %(title)s", group=group.acronym, title=item.short),
        status=meeting.status,
        status_word=meeting.status_word,
        is_deadline=isinstance(item, DeadlineView),
        struck=struck,
        hours=item.hours,
    )
