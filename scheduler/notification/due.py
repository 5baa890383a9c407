"""Which letters are due: a pure function of the plan, the subscriptions and the instant."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant, WallTime, candidates, is_skipped
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.standing import StandingDeadline, standing_deadlines, still_stands

DEADLINE_REMINDER = "deadline_reminder"
_TOLD_NOTHING = (LetterState.CANCELLED, LetterState.SKIPPED)
_WAITING = (LetterState.QUEUED, LetterState.HELD)
_KEY_LENGTH = 40

# What was told to whom: the recipient, the deadline's UID and instant, and its rung's day.
_Told = tuple[str, str, Instant, Instant]


def due_letters(
    plan: Plan,
    group: Group,
    subscriptions: Iterable[Subscription],
    now: Instant,
    *,
    domain: str,
    letters: Iterable[Letter],
) -> tuple[Letter, ...]:
    """Return the reminders that are due at `now` and not yet among `letters`, the outbox.

    A rung of n days is the calendar day n days before the deadline's date, in the deadline's
    own zone; it is due from 00:00 of that day until the deadline. Of several rungs that are due
    only the nearest is told, and none whose day was over when the person subscribed. Deadlines
    of one rung and day share a letter. `domain` is the right side of each Message-ID.
    """
    told = set(_already_told(letters, plan))
    ahead = [found for found in standing_deadlines(plan) if found.instant > now]
    made: list[Letter] = []
    for subscription in readers_of(group, subscriptions):
        shared: dict[Instant, list[StandingDeadline]] = defaultdict(list)
        for found in ahead:
            rung = _rung(found, group, subscription, now)
            if rung is not None and _mark(subscription, found, rung) not in told:
                shared[rung].append(found)
        made.extend(_letter(subscription, rung, of, domain) for rung, of in shared.items())
    return tuple(sorted(made, key=lambda letter: (letter.due, letter.recipient, letter.key)))


def start_of_day(day: dt.date, zone: str) -> Instant:
    """Return the first instant of a calendar day, also where a clock change skips midnight."""
    midnight = WallTime(day, dt.time(0), zone)
    found = candidates(midnight)
    return found[-1] if is_skipped(midnight) else found[0]


def opening(moment: WallTime, days: int) -> Instant:
    """Return when the rung of so many days before a deadline opens."""
    return start_of_day(moment.day - dt.timedelta(days=days), moment.zone)


def rungs_ahead(plan: Plan, group: Group, now: Instant) -> Mapping[tuple[str, int], Instant]:
    """Return when each rung that is not open yet will open, by its deadline's UID and its days."""
    return {
        (found.deadline.uid, days): opens
        for found in standing_deadlines(plan)
        for days in group.reminder_days
        if now < (opens := opening(found.deadline.moment, days)) < found.instant
    }


def readers_of(group: Group, subscriptions: Iterable[Subscription]) -> Iterable[Subscription]:
    """Return the subscriptions to a group, one a person: the oldest of each."""
    wanted = [found for found in subscriptions if found.group == group.acronym]
    wanted.sort(key=lambda found: (found.since, found.id), reverse=True)
    return {found.address: found for found in wanted}.values()  # the oldest of each comes last


def _rung(
    found: StandingDeadline, group: Group, subscription: Subscription, now: Instant
) -> Instant | None:
    """Return when the nearest rung became due that this person is to be told of, if any."""
    moment = found.deadline.moment
    for days in sorted(group.reminder_days):
        opens = opening(moment, days)
        if opens <= now:
            over = opening(moment, days - 1)
            # With an earlier `now`, what was stored later counts as always there.
            was_past = over <= subscription.since <= now
            return None if was_past else opens
    return None


def _already_told(letters: Iterable[Letter], plan: Plan) -> Iterator[_Told]:
    for letter in letters:
        if letter.kind != DEADLINE_REMINDER or letter.state in _TOLD_NOTHING:
            continue
        if letter.state in _WAITING and not still_stands(letter, plan):
            continue  # it will be cancelled, and what stands of it is told by another
        for uid, instant in zip(letter.subjects, letter.told, strict=True):
            yield letter.recipient, uid, instant, letter.due


def _mark(subscription: Subscription, found: StandingDeadline, rung: Instant) -> _Told:
    return subscription.address, found.deadline.uid, found.instant, rung


def _letter(
    subscription: Subscription, rung: Instant, of: list[StandingDeadline], domain: str
) -> Letter:
    of = sorted(of, key=lambda found: (found.instant, found.deadline.uid))
    key = _key(subscription, rung, of)
    return Letter(
        key=key,
        kind=DEADLINE_REMINDER,
        recipient=subscription.address,
        subscription=subscription.id,
        group=subscription.group,
        subjects=tuple(found.deadline.uid for found in of),
        told=tuple(found.instant for found in of),
        message_id=f"<{key}@{domain}>",
        due=rung,
        not_after=of[0].instant,
    )


def _key(subscription: Subscription, rung: Instant, of: list[StandingDeadline]) -> str:
    """Return a digest that shows no address.

    The sequence numbers are in it, so that what moves away and back can be told again; so is
    `since`, so that who leaves and returns is told as well.
    """
    parts = [DEADLINE_REMINDER, subscription.address, str(subscription.since), str(rung)]
    for found in of:
        stamp = found.deadline.stamp
        parts += [found.deadline.uid, str(found.instant), str(stamp.sequence if stamp else 0)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]
