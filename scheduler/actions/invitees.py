"""`invitations`: who is invited to each meeting, and what each has answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.edit import find_meeting
from scheduler.actions.plan import known_group
from scheduler.model.attendee import Answer, Attendance, Attendee
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.notification.answers import standing_answer
from scheduler.planning.calls import over_at
from scheduler.store.protocol import Memory, Store


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who is invited, and what they answered to the time that the meeting has now."""

    attendee: Attendee
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Guestlist:
    """A meeting, and who is invited to it, by their addresses."""

    meeting: Meeting
    invitees: tuple[Invitee, ...]


def list_invitations(
    store: Store,
    group: str | None,
    meeting: str | None,
    *,
    groups: Mapping[str, Group],
    everything: bool,
    now: Instant,
) -> tuple[Guestlist, ...]:
    """Return the meetings of one group or all that somebody is invited to, the earliest first.

    Those that are over are left out unless `everything` is wanted or `meeting` names one. Who was
    uninvited is in none. Raises `UnknownGroup`, `UnknownMeeting` or `SeveralMeetings`.
    """
    with store.reading() as memory:
        if group is not None:
            known_group(group, memory, groups)
        named = find_meeting(memory, meeting, group).uid if meeting else None
        found = [
            asked
            for name in ([group] if group else memory.groups())
            for asked in _of_group(memory, name)
            if named == asked.meeting.uid
            or (named is None and (everything or over_at(asked.meeting) > now))
        ]
    return tuple(sorted(found, key=lambda asked: (over_at(asked.meeting), asked.meeting.uid)))


def _of_group(memory: Memory, group: str) -> list[Guestlist]:
    plan = memory.current(group)
    invited = memory.attendees(group)
    found = []
    for meeting in plan.meetings if plan else ():
        theirs = sorted(
            (
                one
                for one in invited
                if one.meeting == meeting.uid and one.attendance is not Attendance.UNINVITED
            ),
            key=lambda one: one.address,
        )
        if theirs:
            invitees = tuple(Invitee(one, standing_answer(meeting, one)) for one in theirs)
            found.append(Guestlist(meeting, invitees))
    return found
