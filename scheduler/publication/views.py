"""What the pages show, in words of one language; the templates only lay it out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calendars.content import web_address
from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, Meeting, Mode, Status
from scheduler.model.moment import Instant, exact
from scheduler.model.plan import Plan
from scheduler.planning.comparison import stands
from scheduler.publication.agendas import AgendaView, agenda_view
from scheduler.publication.descriptions import former_moment, hours, standing
from scheduler.publication.names import page_path, slug
from scheduler.publication.standing import standing_deadlines, standing_meetings
from scheduler.wording.deadlines import deadline_name, deadline_title, why_deadline
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import mode_word, priority_in_words, status_word, title
from scheduler.wording.moments import day_in_words, moment_in_words, utc_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A time in words, line by line, and for machines: instants, or dates without an hour."""

    lines: tuple[str, ...]
    starts: str
    ends: str | None = None
    timed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """A deadline as its page shows it."""

    uid: str
    name: str
    title: str
    hours: Hours
    why: str
    void: bool
    order: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerView:
    """A time at which a meeting was announced before, and why it moved."""

    moment: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting as its page shows it; `link` is an address that may become a link."""

    uid: str
    title: str
    label: str | None
    hours: Hours
    status: Status
    status_word: str
    standing: str
    takes_place: bool
    where: str
    link: str | None
    way_in: str | None
    topics: tuple[str, ...]
    former: tuple[FormerView, ...]
    order: dt.datetime
    deadlines: tuple[DeadlineView, ...] = ()
    agenda: AgendaView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A workshop or other dated thing beside the meetings."""

    title: str
    days: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group with all that its page shows, in order of time."""

    acronym: str
    name: str | None
    parent: str | None
    body: str | None
    home: str | None
    zone: str
    slug: str
    page: str
    meetings: tuple[MeetingView, ...]
    events: tuple[EventView, ...]
    priority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """A meeting or a deadline among those of all groups."""

    group: GroupView
    meeting: MeetingView
    deadline: DeadlineView | None = None

    @property
    def item(self) -> MeetingView | DeadlineView:
        """What the line is about."""
        return self.deadline or self.meeting

    @property
    def struck(self) -> bool:
        """Whether it no longer holds."""
        return self.deadline.void if self.deadline else not self.meeting.takes_place


def timeline(groups: Sequence[GroupView]) -> tuple[TimelineLine, ...]:
    """Return the meetings and deadlines of all groups in order of time."""
    lines = [
        TimelineLine(group=group, meeting=meeting, deadline=deadline)
        for group in groups
        for meeting in group.meetings
        for deadline in (None, *meeting.deadlines)
    ]
    return tuple(sorted(lines, key=lambda line: _in_time(line.item)))


def group_view(
    group: Group, plan: Plan, speaker: Speaker, today: Instant, language: str | None
) -> GroupView:
    """Return what is shown of a group; `language` is the variant its page stands in."""
    name = slug(group.acronym)
    return GroupView(
        acronym=group.acronym,
        name=group.name,
        parent=group.parent,
        body=group.body,
        home=web_address(group.page) if group.page else None,
        zone=group.zone,
        slug=name,
        page=page_path(name, language),
        meetings=_meeting_views(group, plan, speaker, today),
        events=tuple(_event_views(plan.events, speaker)),
        priority=priority_in_words(plan.priority_rule, speaker),
    )


def _meeting_views(
    group: Group, plan: Plan, speaker: Speaker, today: Instant
) -> tuple[MeetingView, ...]:
    owned: dict[str, list[DeadlineView]] = {}
    for meeting, deadline in standing_deadlines(plan, group, today):
        view = _deadline_view(deadline, meeting, group, speaker)
        owned.setdefault(meeting.uid, []).append(view)
    meetings = tuple(standing_meetings(plan, group, today))
    anchors = {meeting.uid for meeting in meetings}
    views = (
        replace(
            _meeting_view(meeting, plan, group, speaker),
            deadlines=tuple(sorted(owned.get(meeting.uid, ()), key=_in_time)),
            agenda=agenda_view(meeting, plan, anchors, speaker),
        )
        for meeting in meetings
    )
    return tuple(sorted(views, key=_in_time))


def _in_time(view: MeetingView | DeadlineView) -> tuple[dt.datetime, str]:
    return view.order, view.uid


def _meeting_view(meeting: Meeting, plan: Plan, group: Group, speaker: Speaker) -> MeetingView:
    takes_place = meeting.status in (Status.TENTATIVE, Status.CONFIRMED)
    return MeetingView(
        uid=meeting.uid,
        title=title(meeting, group, speaker),
        label=meeting.label,
        hours=_meeting_hours(meeting, speaker),
        status=meeting.status,
        status_word=status_word(meeting.status, speaker),
        standing=standing(meeting, plan, speaker),
        takes_place=takes_place,
        where=_where(meeting.mode, meeting.place, speaker) or speaker.say("not stated"),
        link=web_address(meeting.link) if takes_place and meeting.link else None,
        way_in=meeting.link if takes_place else None,
        topics=meeting.topics,
        former=tuple(
            FormerView(moment=former_moment(former, speaker), reason=former.reason)
            for former in meeting.former
        ),
        order=_first_moment(meeting),
    )


def _deadline_view(
    deadline: Deadline, meeting: Meeting, group: Group, speaker: Speaker
) -> DeadlineView:
    instant = exact(deadline.moment)
    lines = (
        moment_in_words(instant, deadline.moment.zone, speaker),
        utc_in_words(instant, speaker),
    )
    return DeadlineView(
        uid=deadline.uid,
        name=deadline_name(deadline.kind, speaker),
        title=deadline_title(deadline, meeting, group, speaker),
        hours=Hours(lines=lines, starts=str(instant)),
        why=why_deadline(deadline, meeting, speaker),
        void=not stands(deadline, meeting),
        order=instant.utc,
    )


def _event_views(events: Sequence[Event], speaker: Speaker) -> Iterator[EventView]:
    for event in sorted(events, key=lambda event: (event.date, event.title)):
        first, last = day_in_words(event.date, speaker), day_in_words(event.end_date, speaker)
        days = (
            first if first == last else speaker.say("%(first)s to %(last)s", first=first, last=last)
        )
        yield EventView(
            title=event.title, days=days, where=_where(event.mode, event.place, speaker)
        )


def _meeting_hours(meeting: Meeting, speaker: Speaker) -> Hours:
    start, end = meeting.start_instant, meeting.end_instant
    lines = hours(meeting, speaker)
    if start is None:
        last = str(meeting.end_date) if meeting.end_date != meeting.date else None
        return Hours(lines=lines, starts=str(meeting.date), ends=last, timed=False)
    return Hours(lines=lines, starts=str(start), ends=str(end) if end else None)


def _where(mode: Mode | None, place: str | None, speaker: Speaker) -> str:
    parts = (place, mode_word(mode, speaker) if mode else None)
    return ", ".join(filter(None, parts))


def _first_moment(meeting: Meeting) -> dt.datetime:
    start = meeting.start_instant
    return start.utc if start else dt.datetime.combine(meeting.date, dt.time(), dt.UTC)
