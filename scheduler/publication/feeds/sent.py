"""The feed's own entries as they are sent by mail: an invitation to one person."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from calendars.invitations import Method, message
from calendars.model import Entry, EntryStatus
from calendars.people import Attendee, Organizer
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.calls import takes_place
from scheduler.planning.comparison import stands
from scheduler.publication.feeds.entries import deadline_entry, meeting_entry
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.wording.languages import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What an entry that is sent has beside the feed's: how, who sends it, to whom, and when.

    `sequence` is the feed's, or above it for who was taken from the meeting before.
    """

    method: Method
    organizer: Organizer
    attendee: Attendee
    at: Instant
    sequence: int


def invitation(
    meeting: Meeting, plan: Plan, group: Group, sent: Sent, speaker: Speaker, base_url: str
) -> bytes:
    """Return the entry of a meeting for one attendee, as iCalendar (RFC 5546, 3.2.2 and 3.2.5).

    It has the UID of the feed's entry and refers to no other one. A CANCEL says CANCELLED where
    the meeting is off for all, and has no STATUS where it only takes this attendee out.
    """
    plan = tidy_plan(plan)
    (meeting,) = (found for found in plan.meetings if found.uid == meeting.uid)
    entry = meeting_entry(meeting, plan, tidy_group(group), speaker, base_url)
    status = entry.status
    if sent.method is Method.CANCEL:
        status = None if takes_place(meeting) else EntryStatus.CANCELLED
    whole = replace(
        sent_by(entry, sent.organizer, sent.at),
        attendees=(sent.attendee,),
        sequence=sent.sequence,
        status=status,
    )
    return message((whole,), sent.method)


def announced_entries(
    meetings: Collection[Meeting],
    plan: Plan,
    group: Group,
    organizer: Organizer,
    at: Instant,
    speaker: Speaker,
    base_url: str,
    *,
    told: Collection[str] = (),
) -> bytes:
    """Return meetings and the deadlines that stand for them, for everyone (RFC 5546, 3.2.1).

    Deadlines that were `told`, by UID, and do not stand now, are in it as cancelled.
    """
    plan, group = tidy_plan(plan), tidy_group(group)
    uids = {meeting.uid for meeting in meetings}
    entries: list[Entry] = []
    for meeting in plan.meetings:
        if meeting.uid not in uids:
            continue
        entries.append(meeting_entry(meeting, plan, group, speaker, base_url))
        entries += (
            deadline_entry(deadline, meeting, plan, group, speaker, base_url)
            for deadline in meeting.deadlines
            if stands(deadline, meeting) or deadline.uid in told
        )
    sent = [
        replace(entry, organizer=organizer, stamp=max(at.utc, entry.modified)) for entry in entries
    ]
    return message(sent, Method.PUBLISH)


def sent_by(entry: Entry, organizer: Organizer, at: Instant) -> Entry:
    """Return an entry of a feed as an organizer sends it at an instant.

    Of what is sent DTSTAMP says when (RFC 5545, 3.8.7.2), and of a feed's entry when it changed.
    """
    stamp = max(at.utc, entry.modified)
    return replace(entry, organizer=organizer, stamp=stamp, children=(), related_to=None)
