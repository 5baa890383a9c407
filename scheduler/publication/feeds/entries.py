"""From a plan's meetings, deadlines and events to calendar entries."""

import datetime as dt
from dataclasses import replace

from calendars.model import AlarmRelated, Component, Entry, EntryStatus
from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, Meeting, Mode, Status
from scheduler.model.moment import exact, settled
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.planning.comparison import stands
from scheduler.publication.addresses import absolute
from scheduler.publication.descriptions import (
    describe_deadline,
    describe_event,
    describe_meeting,
    named_moment,
)
from scheduler.publication.document_links import document_links
from scheduler.publication.names import page_path, slug
from scheduler.wording.deadlines import deadline_title
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import title, with_status

DEADLINE_SPAN = dt.timedelta(minutes=30)
UNSTATED_SPAN = dt.timedelta(hours=1)

_ENTRY_STATUS = {
    Status.TENTATIVE: EntryStatus.TENTATIVE,
    Status.CONFIRMED: EntryStatus.CONFIRMED,
    Status.POSTPONED: EntryStatus.TENTATIVE,
    Status.CANCELLED: EntryStatus.CANCELLED,
}


def meeting_entry(
    meeting: Meeting, plan: Plan, group: Group, speaker: Speaker, base_url: str
) -> Entry:
    """Return the entry of an approved meeting whose local time is settled.

    It lasts from its start to its end in its agreed zone; without a stated end, one hour;
    without an hour, it fills its days and blocks none. `base_url` is where the site is public,
    empty where nobody knows. Raises `UnsettledTime` where a reading has to be chosen first.
    """
    starts, ends = _span(meeting)
    page = meeting_page(meeting, group, speaker, base_url)
    joins = meeting.status in (Status.TENTATIVE, Status.CONFIRMED)
    stamp = _stamp_of(meeting.stamp, meeting.uid)
    return Entry(
        uid=meeting.uid,
        stamp=stamp.modified.utc,
        created=stamp.created.utc,
        modified=stamp.modified.utc,
        sequence=stamp.sequence,
        starts=starts,
        ends=ends,
        summary=with_status(title(meeting, group, speaker), meeting.status, speaker),
        description=describe_meeting(meeting, plan, speaker, page),
        status=_ENTRY_STATUS[meeting.status],
        location=_location(meeting, speaker),
        url=page,
        conference=meeting.link if joins else None,
        categories=("meeting", group.acronym),
        transparent=meeting.start is None or not joins,
        attachments=document_links(meeting, plan, group),
        children=_children(meeting),
    )


def deadline_entry(
    deadline: Deadline,
    meeting: Meeting,
    plan: Plan,
    group: Group,
    speaker: Speaker,
    base_url: str,
) -> Entry:
    """Return the entry of a deadline: thirty minutes that end at its instant and block nobody."""
    page = meeting_page(meeting, group, speaker, base_url)
    stamp = _stamp_of(deadline.stamp, deadline.uid)
    void = not stands(deadline, meeting)
    ends = exact(deadline.moment)
    starts = ends.plus(-DEADLINE_SPAN)
    return Entry(
        uid=deadline.uid,
        stamp=stamp.modified.utc,
        created=stamp.created.utc,
        modified=stamp.modified.utc,
        sequence=stamp.sequence,
        starts=starts.in_zone(deadline.moment.zone),
        ends=ends.in_zone(deadline.moment.zone),
        summary=_deadline_summary(deadline, meeting, group, speaker),
        description=describe_deadline(deadline, meeting, plan, speaker, page),
        status=EntryStatus.CANCELLED if void else _ENTRY_STATUS[meeting.status],
        url=page,
        categories=("deadline", deadline.kind, group.acronym),
        transparent=True,
        related_to=meeting.uid,
        alarm_related=AlarmRelated.END,
    )


def event_entry(event: Event, group: Group, speaker: Speaker, base_url: str) -> Entry:
    """Return the entry of an event: its days, which it blocks for nobody."""
    stamp = _stamp_of(event.stamp, event.uid)
    status = Status.CANCELLED if event.withdrawn else Status.CONFIRMED
    return Entry(
        uid=event.uid,
        stamp=stamp.modified.utc,
        created=stamp.created.utc,
        modified=stamp.modified.utc,
        sequence=stamp.sequence,
        starts=event.date,
        ends=event.end_date + dt.timedelta(days=1),
        summary=with_status(event.title, status, speaker),
        description=describe_event(event, group, speaker, group_page(group, speaker, base_url)),
        status=_ENTRY_STATUS[status],
        location=_location(event, speaker),
        url=group_page(group, speaker, base_url),
        categories=("event", group.acronym),
        transparent=True,
    )


def as_task(entry: Entry) -> Entry:
    """Return the entry of a deadline as a thing to be done by its instant."""
    return replace(entry, component=Component.TASK)


def meeting_page(meeting: Meeting, group: Group, speaker: Speaker, base_url: str) -> str | None:
    """Return the address of a meeting on its group's page, in the language of `speaker`."""
    page = group_page(group, speaker, base_url)
    return f"{page}#{meeting.uid}" if page else None


def group_page(group: Group, speaker: Speaker, base_url: str) -> str | None:
    """Return the address of a group's page in the language of `speaker`."""
    language = None if speaker.language == group.language else speaker.language
    return absolute(base_url, page_path(slug(group.acronym), language))


def _children(meeting: Meeting) -> tuple[str, ...]:
    """The entries that belong to a meeting's: its deadlines, as far as calendars have them."""
    return tuple(
        deadline.uid
        for deadline in meeting.deadlines
        if deadline.stamp and not deadline.withdrawn and settled(deadline.moment)
    )


def _deadline_summary(deadline: Deadline, meeting: Meeting, group: Group, speaker: Speaker) -> str:
    status = Status.CANCELLED if not stands(deadline, meeting) else meeting.status
    name = with_status(deadline_title(deadline, meeting, group, speaker), status, speaker)
    return named_moment(name, deadline, speaker)


def _span(meeting: Meeting) -> tuple[dt.datetime, dt.datetime] | tuple[dt.date, dt.date]:
    if meeting.starts is None:
        return meeting.date, meeting.end_date + dt.timedelta(days=1)
    start = exact(meeting.starts)
    end = start.plus(UNSTATED_SPAN) if meeting.ends is None else exact(meeting.ends)
    return start.in_zone(meeting.zone), end.in_zone(meeting.zone)


def _location(held: Meeting | Event, speaker: Speaker) -> str | None:
    match held.mode:
        case Mode.VIRTUAL:
            return speaker.say("Online")
        case Mode.HYBRID if held.place:
            return speaker.say("%(place)s, and online", place=held.place)
        case _:
            return held.place


def _stamp_of(stamp: Stamp | None, uid: str) -> Stamp:
    if stamp is None or not uid:
        raise ValueError("only what was approved has an identity to be published under")
    return stamp
