"""An invitation, its change or its end, about to be sent."""

from collections.abc import Mapping
from dataclasses import replace

from calendars.invitations import Method
from calendars.people import Attendee as Asked
from calendars.people import Organizer, PartStat
from scheduler.actions.combining import telling_for
from scheduler.actions.invitations import told_to_attendee
from scheduler.actions.mail.changing import told_by
from scheduler.actions.mail.handling import NOTHING_LEFT, Handling
from scheduler.actions.mail.post import Post, letterhead_of
from scheduler.actions.plan import known_group
from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.group import Group, JoinLink
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.answers import needless, standing_answer
from scheduler.notification.changes import MeetingAltered, changes_between
from scheduler.notification.delivery import Ready
from scheduler.notification.invitations import (
    INVITATION_CANCEL,
    INVITATION_UPDATE,
    INVITATION_UPDATE_NEAR,
    is_wanted,
    sequence_of,
    untrue,
)
from scheduler.notification.known_meetings import alone
from scheduler.notification.letters.besides import Besides
from scheduler.notification.letters.changes import GroupChanges
from scheduler.notification.letters.invitations import answers_are_read, compose_invitation
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.notification.standing import Withdrawal
from scheduler.publication.feeds.attachments import change_attachment
from scheduler.publication.feeds.sent import Sent, invitation
from scheduler.publication.letting_in import plan_seen, public_plan
from scheduler.publication.names import page_path, slug
from scheduler.store.protocol import Memory
from scheduler.wording.languages import speaker


def _doubt(
    memory: Memory, letter: Letter, groups: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    attendee, plan = memory.attendee(letter.subscription), memory.current(letter.group)
    if plan is not None and attendee is not None:
        group = known_group(letter.group, memory, groups)
        plan = plan_seen(plan, group, member=attendee.member)
    return untrue(letter, attendee, plan, now)


def _written(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    plan, attendee = memory.current(letter.group), memory.attendee(letter.subscription)
    if plan is None or attendee is None:
        return NOTHING_LEFT
    group = known_group(letter.group, memory, groups)
    told, besides = None, None
    if letter.kind in (INVITATION_UPDATE, INVITATION_UPDATE_NEAR, INVITATION_CANCEL):
        told = told_to_attendee(memory, attendee, letter, group, plan, now)
        on_record = telling_for(memory, letter, attendee)
        # What is on record counts as told once this is sent: it has to be, whatever came since.
        besides = next(told_by(memory, on_record, post, groups, now, overtaken=True), None)
    return invitation_to(attendee, letter, plan, group, post, now, told, besides)


def invitation_to(
    attendee: Attendee,
    letter: Letter,
    plan: Plan,
    group: Group,
    post: Post,
    now: Instant,
    told: Plan | None = None,
    besides: GroupChanges | None = None,
) -> Ready:
    """Return the message of a letter to an attendee about a meeting of the plan.

    `told` is what they believe of it before that letter, None where nothing is to be set right;
    `besides` is what they are told of the group since they follow it.
    """
    plan, told = _as_shown_to(attendee, plan, group), told and _as_shown_to(attendee, told, group)
    (meeting,) = (found for found in plan.meetings if found.uid == attendee.meeting)
    head = letterhead_of(group, post, page_path(slug(group.acronym)))
    sent, voice = _sent(letter, meeting, attendee, head), speaker(attendee.language)
    altered = _altered(told, plan, meeting.uid, now) if told else None
    also = _told_besides(besides, meeting, attendee, post, now) if besides else None
    message = compose_invitation(
        letter,
        meeting,
        plan,
        group,
        attendee,
        letterhead=head,
        calendar=invitation(meeting, plan, group, sent, voice, post.base_url),
        method=sent.method,
        altered=(also.of(meeting.uid) if also else None) or altered,
        besides=also,
        now=now,
    )
    return Ready(sender=head.sender, message=message)


def _told_besides(
    found: GroupChanges, meeting: Meeting, attendee: Attendee, post: Post, now: Instant
) -> Besides:
    """Return what changed of a group in the attendee's zone, and the entries of all but theirs."""
    deadlines = {one.uid for one in meeting.deadlines} if meeting.uid in found.subjects else set()
    subjects = (found.subjects | deadlines) - {meeting.uid}
    voice = speaker(attendee.language)
    part = (found.plan, found.group, subjects)
    return Besides(
        changes=replace(found, reader=replace(found.reader, zone=attendee.zone)),
        calendar=change_attachment([part], voice, post.base_url, now) if subjects else None,
    )


def _altered(told: Plan, plan: Plan, uid: str, now: Instant) -> MeetingAltered | None:
    found = changes_between(told, alone(plan, uid), now).meetings
    return found[0] if found else None


def _as_shown_to(attendee: Attendee, plan: Plan, group: Group) -> Plan:
    """Return the plan with the way into the meetings only for who is let in."""
    if attendee.attendance is not Attendance.INVITED:
        group = replace(group, join_link=JoinLink.MEMBERS)
        return public_plan(plan, group)
    return plan_seen(plan, group, member=attendee.member)


def _sent(letter: Letter, meeting: Meeting, attendee: Attendee, head: Letterhead) -> Sent:
    wanted = is_wanted(meeting, attendee)
    answer = standing_answer(meeting, attendee) if wanted else None
    known = PartStat[answer.participation.name] if answer else PartStat.NEEDS_ACTION
    awaited = answers_are_read(head) if wanted else None  # what is off asks for no answer
    return Sent(
        method=Method.REQUEST if wanted else Method.CANCEL,
        organizer=Organizer(address=head.sender, name=meeting.group),
        attendee=Asked(address=attendee.address, rsvp=awaited, answer=known),
        at=letter.due,
        sequence=sequence_of(meeting, attendee),
    )


def _no_answer_needed(
    memory: Memory, letter: Letter, _groups: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    attendee = memory.attendee(letter.subscription)
    return needless(letter, attendee, memory.current(letter.group), now)


INVITING = Handling(_doubt, _written)
# Who has not answered is sent the same entry once more, so that their calendar asks again.
ASKING_AGAIN = Handling(_no_answer_needed, _written)
