"""An invitation to the first meeting of the sample plan, as `remind` would send it."""

import datetime as dt
from dataclasses import replace

import icalendar

from scheduler.actions.mail.inviting import invitation_to
from scheduler.actions.mail.post import Post
from scheduler.model.attendee import Answer, Attendance, Attendee, Participation
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import ANSWER, ReminderRule, Rung
from scheduler.notification.answers import due_answer_reminders
from scheduler.notification.beliefs import History
from scheduler.notification.invitations import Told, due_invitations
from scheduler.notification.known_meetings import alone
from tests.support.letters import read
from tests.support.plans import BASE, FIRST, PLAN, RG_NAV

INVITED = Instant.parse("2026-01-25T23:30:00Z")
EVE = Instant.parse("2026-02-10T08:00:00Z")
LATER = Instant.parse("2026-02-03T08:00:00Z")
GROUP = replace(RG_NAV, sender="rg-nav@example.org", reply_to="secretariat@example.org")
READ = replace(GROUP, sender="desk@example.org", reply_to="desk@example.org")
"""The group as one whose organizer's mailbox is read."""
GUEST = Attendee(
    address="someone@example.org",
    group="RG-NAV",
    meeting=FIRST.uid,
    zone="Asia/Tokyo",
    language="en",
    invited=INVITED,
    id=7,
)
POST = Post(sender="interim@example.org", reply_to=None, base_url=BASE, secret=b"not so secret")


def due(
    plan: Plan,
    guest: Attendee,
    letters: tuple[Letter, ...],
    now: Instant,
    wait: dt.timedelta = dt.timedelta(0),
    *,
    before: tuple[Plan, ...] = (PLAN,),
    silent: tuple[int, ...] = (),
) -> tuple[Told, ...]:
    """What a guest is told of a plan that stands after others, some of them in silence."""
    known = {one.revision: one for one in (*before, plan)}
    history = History(plan=plan, revision=known.get, silent=frozenset(silent))
    return due_invitations(history, [guest], letters, now, "example.org", wait)


def told(
    guest: Attendee = GUEST,
    plan: Plan = PLAN,
    now: Instant = INVITED,
    letters: tuple[Letter, ...] = (),
) -> Told:
    """The one letter that is due, and its guest."""
    (found,) = due(plan, guest, letters, now)
    return found


def sent(first: Told) -> tuple[Letter, ...]:
    """The outbox once a letter was sent."""
    return (replace(first.letter, state=LetterState.SENT),)


def invited(
    guest: Attendee = GUEST, plan: Plan = PLAN, group: Group = GROUP, now: Instant = INVITED
) -> bytes:
    """The message that invites."""
    found = told(guest, plan, now)
    return invitation_to(found.attendee, found.letter, plan, group, POST, now).message


def changed_to(
    plan: Plan, guest: Attendee = GUEST, group: Group = GROUP, known: Plan = PLAN
) -> bytes:
    """The message of what a later plan does to a guest whom the first invitation reached.

    They believe what is `known`.
    """
    first = told(guest)
    second = told(first.attendee, plan, LATER, sent(first))
    return _update(second, plan, group, known)


def uninvited(guest: Attendee = GUEST) -> bytes:
    """The message that takes a guest out, whom the first invitation reached."""
    first = told(guest)
    out = replace(first.attendee, attendance=Attendance.UNINVITED, ahead=1)
    second = told(out, PLAN, LATER, sent(first))
    return invitation_to(second.attendee, second.letter, PLAN, GROUP, POST, LATER).message


def asked_again(guest: Attendee = GUEST, group: Group = GROUP) -> bytes:
    """The message that asks a guest once more, two days before, who has not answered."""
    rules = (ReminderRule(kind=ANSWER, rungs=(Rung(-2),)),)
    group, first = replace(group, reminder_rules=rules), told(guest).attendee
    (letter,) = due_answer_reminders(PLAN, group, [first], EVE, domain="example.org")
    return invitation_to(first, letter, PLAN, group, POST, EVE).message


def changed_after(answer: Participation, plan: Plan, guest: Attendee = GUEST) -> bytes:
    """The message of what a later plan does to a guest who has answered the first invitation."""
    first = told(guest)
    said = replace(first.attendee, answer=Answer(participation=answer, at=INVITED, sequence=0))
    second = told(said, plan, LATER, sent(first))
    return _update(second, plan, READ)


def _update(found: Told, plan: Plan, group: Group, known: Plan = PLAN) -> bytes:
    told_of = alone(known, FIRST.uid)
    return invitation_to(found.attendee, found.letter, plan, group, POST, LATER, told_of).message


def calendar_of(message: bytes) -> bytes:
    """The calendar file of a message."""
    (attached,) = read(message).iter_attachments()
    payload = attached.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def event_of(message: bytes) -> icalendar.Event:
    """The one entry of a message, as icalendar reads it."""
    (event,) = icalendar.Calendar.from_ical(calendar_of(message)).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event
