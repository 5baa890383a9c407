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
from scheduler.publication.descriptions import former_moment, standing
from scheduler.publication.names import page_path, slug
from scheduler.publication.pages.agendas import AgendaView, agenda_view
from scheduler.publication.pages.hours import Hours, deadline_hours, event_hours, meeting_hours
from scheduler.publication.standing import standing_deadlines, standing_meetings
from scheduler.wording.deadlines import deadline_name, deadline_title, why_deadline
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import (
    mode_word,
    priority_in_words,
    status_word,
    title,
    topics,
    with_status,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """A deadline as its page shows it; `short` is what it is called in a month."""

    uid: str
    name: str
    title: str
    short: str
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
    """A meeting as its page shows it; `link` is an address that may become a link.

    `short` is what it is called in a month.
    """

    uid: str
    title: str
    short: str
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
    hours: Hours
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
        events=tuple(_event_views(_events(plan), speaker)),
        priority=priority_in_words(plan.priority_rule, speaker),
    )


def _events(plan: Plan) -> list[Event]:
    """The events that hold, those of earlier documents too, as the feeds have them."""
    known = [event for event in (*plan.events, *plan.former_events) if not event.withdrawn]
    return sorted(known, key=lambda event: (event.date, event.end_date, event.title))


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
        short=_short(meeting, speaker),
        label=meeting.label,
        hours=meeting_hours(meeting, speaker),
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
    name, void = deadline_name(deadline.kind, speaker), not stands(deadline, meeting)
    return DeadlineView(
        uid=deadline.uid,
        name=name,
        title=deadline_title(deadline, meeting, group, speaker),
        short=_short_deadline(name, meeting, speaker, void=void),
        hours=deadline_hours(deadline, speaker),
        why=why_deadline(deadline, meeting, speaker),
        void=void,
        order=exact(deadline.moment).utc,
    )


def _event_views(events: Sequence[Event], speaker: Speaker) -> Iterator[EventView]:
    for event in sorted(events, key=lambda event: (event.date, event.title)):
        yield EventView(
            title=event.title,
            hours=event_hours(event, speaker),
            where=_where(event.mode, event.place, speaker),
        )


def _short_deadline(name: str, meeting: Meeting, speaker: Speaker, *, void: bool) -> str:
    said = speaker.say("%(deadline)s: %(topics)s", deadline=name, topics=topics(meeting, speaker))
    return with_status(said, Status.CANCELLED, speaker) if void else said


def _short(meeting: Meeting, speaker: Speaker) -> str:
    said = topics(meeting, speaker) if meeting.topics else speaker.say("Meeting")
    return with_status(said, meeting.status, speaker)


def _where(mode: Mode | None, place: str | None, speaker: Speaker) -> str:
    parts = (place, mode_word(mode, speaker) if mode else None)
    return speaker.enumerated(filter(None, parts))


def _first_moment(meeting: Meeting) -> dt.datetime:
    start = meeting.start_instant
    return start.utc if start else dt.datetime.combine(meeting.date, dt.time(), dt.UTC)
