"""Brakes: how many letters one address gets, and how many one run sends without being asked."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import readers_of, slot_of, wants_letters
from scheduler.notification.openings import opened
from scheduler.notification.owing import NOTHING_YET, Fulfilled
from scheduler.notification.telling import COALESCING
from scheduler.planning.calls import over_at

A_DAY = dt.timedelta(days=1)
A_WEEK = dt.timedelta(days=7)
MOST_UNASKED = 200
TIMES_FORESEEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Brakes:
    """The most letters of braked kinds that one address gets in a day, and in seven days.

    Days are those of UTC: one address may follow groups in several zones. Edits are gathered for
    `coalescing` before they are told, unless a group has its own time.
    """

    letters_per_day: int = 3
    letters_per_week: int = 20
    coalescing: dt.timedelta = COALESCING


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a letter waits, and until when."""

    reason: str
    until: Instant


class RunTooLarge(InterimError):
    """A run of more letters than anybody foresaw; the keys of those that go all the same."""

    def __init__(
        self, count: int, foreseen: int, most: int, urgent: Collection[str] = frozenset()
    ) -> None:
        sent = f"only what is urgent goes, {len(urgent)} of them" if urgent else "none was sent"
        super().__init__(
            f"{count} letters would be sent, where {foreseen} were foreseen for a day and at most "
            f"{most} go unasked; {sent}: look at 'interim outbox list --state queued', then "
            "let them go with 'interim outbox release --run', or call some off with "
            "'interim outbox cancel KEY'"
        )
        self.urgent = urgent


def day_start(now: Instant) -> Instant:
    """Return when the day of UTC began."""
    return Instant(now.utc.replace(hour=0, minute=0, second=0, microsecond=0))


def week_start(now: Instant) -> Instant:
    """Return when the seven days began whose last is today's of UTC."""
    return day_start(now).plus(A_DAY - A_WEEK)


def wait(brakes: Brakes, today: int, this_week: int, now: Instant) -> Wait | None:
    """Return why a letter waits whose address had so many already, or None where it may go."""
    tomorrow = day_start(now).plus(A_DAY)
    if this_week >= brakes.letters_per_week:
        return Wait(f"waits: letters to the address in seven days: {this_week}", tomorrow)
    if today >= brakes.letters_per_day:
        return Wait(f"waits until {tomorrow}: letters to the address today: {today}", tomorrow)
    return None


def room(brakes: Brakes, today: int, this_week: int) -> int:
    """Return how many letters more an address may get today that had so many already."""
    return max(0, min(brakes.letters_per_day - today, brakes.letters_per_week - this_week))


def foreseen(
    plan: Plan,
    group: Group,
    subscriptions: Iterable[Subscription],
    now: Instant,
    fulfilled: Fulfilled = NOTHING_YET,
) -> int:
    """Return how many letters a group's plan and its readers foresee for the day up to `now`.

    These are the rungs that opened in the 24 hours before, whatever was queued or sent, what
    shares a letter counted once, to who owes what they tell; and where the plan changed lately,
    one more for each.
    """
    found = opened(plan, group, now.plus(-A_DAY), now, fulfilled)
    readers = tuple(filter(wants_letters, readers_of(group, subscriptions)))
    reminders = sum(
        len({slot_of(one) for one in found.of(reader) if reader.since < one.opening.over})
        for reader in readers
    )
    return reminders + len(readers) * has_changed(plan, now)


def foreseen_invitations(plan: Plan, attendees: Iterable[Attendee], now: Instant) -> int:
    """Return how many letters a group's plan and who is invited foresee for the day up to `now`.

    One to each who was invited in the seven days before: who is invited to many meetings has as
    many letters, which the brakes of an address may hold so long. Where the plan changed lately,
    one more for each meeting to come that changed, to who is invited to it.
    """
    to_come = {meeting.uid: meeting for meeting in plan.meetings if over_at(meeting) > now}
    changed = {uid for uid, meeting in to_come.items() if _meeting_has_changed(plan, meeting, now)}
    return sum(
        (attendee.invited > now.plus(-A_WEEK)) + (attendee.meeting in changed)
        for attendee in attendees
        if attendee.meeting in to_come and attendee.attendance is Attendance.INVITED
    )


def _meeting_has_changed(plan: Plan, meeting: Meeting, now: Instant) -> bool:
    lately = meeting.stamp is not None and now < meeting.stamp.modified.plus(2 * A_DAY)
    return lately and has_changed(plan, now)


def has_changed(plan: Plan, now: Instant) -> bool:
    """Tell whether readers are being told of a change: edits are gathered for some hours."""
    return plan.revision > 1 and plan.made is not None and now < plan.made.plus(2 * A_DAY)


def most_unasked(foreseen_letters: int) -> int:
    """Return how many letters a run may send without being let go by a person."""
    return max(MOST_UNASKED, TIMES_FORESEEN * foreseen_letters)
