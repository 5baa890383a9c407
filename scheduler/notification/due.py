"""Which letters are due: a pure function of the plan, the subscriptions and the instant."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import MEETING
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.openings import ByChoice, Open, open_now
from scheduler.notification.owing import NOTHING_YET, Fulfilled, was_not_owed
from scheduler.notification.rungs import OVERDUE_HOLDS
from scheduler.notification.standing import Occasion, occasions

DEADLINE_REMINDER = "deadline_reminder"
MEETING_REMINDER = "meeting_reminder"
OVERDUE_REMINDER = "overdue_reminder"
REMINDERS = (DEADLINE_REMINDER, MEETING_REMINDER, OVERDUE_REMINDER)
NO_DOMAIN = "invalid"  # of letters that nobody writes (RFC 2606)
_TOLD_NOTHING = (LetterState.CANCELLED, LetterState.SKIPPED)
_WAITING = (LetterState.QUEUED, LetterState.HELD)
_KEY_LENGTH = 40

# What was told to whom: the recipient, the UID and instant of it, and when its rung opened.
_Told = tuple[str, str, Instant, Instant]
Slot = tuple[str, Instant]
"""The kind of a letter, and when it may go: what is alike in both shares one."""


def due_letters(
    plan: Plan,
    group: Group,
    subscriptions: Iterable[Subscription],
    now: Instant,
    *,
    domain: str,
    letters: Iterable[Letter],
    fulfilled: Fulfilled = NOTHING_YET,
) -> tuple[Letter, ...]:
    """Return the reminders that are due at `now` and not yet among `letters`, the outbox.

    A rung of n days is the calendar day n days before the date of a deadline or meeting (or
    after it), in its own zone; it is due from 00:00 of that day. One of hours is due from that
    instant. What comes before is due until the deadline, what comes after for a while. Of several
    rungs that are due only the nearest is told, and none that was over when the person
    subscribed. What is of one kind and opens at one instant shares a letter. Nobody is reminded
    of what they do not owe, by the group's rules and what is `fulfilled`. `domain` is the
    right side of each Message-ID.
    """
    letters = tuple(letters)
    told = set(_already_told(letters, plan))
    ended = Counter(map(told_in, filter(was_not_owed, letters)))
    found_open = open_now(plan, group, now, fulfilled)
    made: list[Letter] = []
    for reader in readers_of(group, subscriptions):
        # With an earlier `now`, what was stored later counts as always there.
        untold = [
            found
            for found in found_open.of(reader)
            if not found.opening.over <= reader.since <= now
            and _mark(reader, found.occasion, found.opening.opens) not in told
        ]
        made.extend(
            _anew(letter, ended[told_in(letter)]) for letter, _ in _letters(reader, untold, domain)
        )
    return tuple(sorted(made, key=lambda letter: (letter.due, letter.recipient, letter.key)))


@dataclass(frozen=True, slots=True)
class Untold:
    """A letter that a group's readers may have to be told by, as one of them would get it.

    What it tells was `over` for who subscribed from then on.
    """

    reader: Subscription
    letter: Letter
    over: Instant


def may_be_due(
    plan: Plan,
    group: Group,
    ways: Iterable[Subscription],
    now: Instant,
    fulfilled: Fulfilled = NOTHING_YET,
) -> Iterator[Untold]:
    """Yield the letters that can be due at `now` to who chose as one of `ways`, the readers.

    And owes what that one does, by what is `fulfilled`.
    """
    found_open = open_now(plan, group, now, fulfilled)
    for reader in ways:
        for letter, of in _letters(reader, found_open.of(reader), NO_DOMAIN):
            yield Untold(reader, letter, max(found.opening.over for found in of))


def letters_opening(
    found: ByChoice[Open], readers: Iterable[Subscription], at: Instant
) -> Iterator[Letter]:
    """Yield the letters of what opens at an instant, nothing of it being told."""
    for reader in readers:
        opening = [
            one
            for one in found.of(reader)
            if one.opening.opens == at and reader.since < one.opening.over
        ]
        yield from (letter for letter, _ in _letters(reader, opening, NO_DOMAIN))


def slot_of(found: Open) -> Slot:
    """Return the kind of letter that tells of an open rung, and when that may go."""
    return letter_kind(found.occasion, found.opening.opens), found.opening.opens


def letter_kind(found: Occasion, opens: Instant) -> str:
    """Return the kind of letter that tells of an occasion at a rung that opens then."""
    if found.kind == MEETING:
        return MEETING_REMINDER
    return OVERDUE_REMINDER if opens > found.instant else DEADLINE_REMINDER


def told_in(letter: Letter) -> tuple[object, ...]:
    """Return what a letter tells whom and when, however its deadlines are numbered."""
    return (letter.kind, letter.recipient, letter.subjects, letter.told, letter.due)


def wants_letters(subscription: Subscription) -> bool:
    """Tell whether a person chose to be written to, and not to have their own calendar alone."""
    return subscription.letters is not Letters.NONE


def readers_of(group: Group, subscriptions: Iterable[Subscription]) -> Iterable[Subscription]:
    """Return the subscriptions to a group, one a person: the oldest of each."""
    wanted = [found for found in subscriptions if found.group == group.acronym]
    wanted.sort(key=lambda found: (found.since, found.id), reverse=True)
    return {found.address: found for found in wanted}.values()  # the oldest of each comes last


def _already_told(letters: Iterable[Letter], plan: Plan) -> Iterator[_Told]:
    standing = {found.uid: found.instant for found in occasions(plan)}
    for letter in letters:
        if letter.kind not in REMINDERS and not letter.rungs:
            continue
        # A digest that was called off told what it gathered: it is not told piece by piece then.
        if letter.state in _TOLD_NOTHING and (not letter.rungs or was_not_owed(letter)):
            continue
        told = tuple(zip(letter.subjects, letter.told, strict=True))
        # A single letter is not sent unless all of it stands; what stands is told by another.
        whole = bool(letter.rungs) or letter.state not in _WAITING
        if not whole and any(standing.get(uid) != instant for uid, instant in told):
            continue
        rungs = letter.rungs or (letter.due,) * len(told)
        for (uid, instant), rung in zip(told, rungs, strict=True):
            yield letter.recipient, uid, instant, rung


def _mark(reader: Subscription, found: Occasion, rung: Instant) -> _Told:
    return reader.address, found.uid, found.instant, rung


def _letters(
    reader: Subscription, found: Iterable[Open], domain: str
) -> Iterator[tuple[Letter, list[Open]]]:
    """Yield the letters that tell a reader of what is open, each with what it tells."""
    shared: dict[Slot, list[Open]] = defaultdict(list)
    for one in found:
        shared[slot_of(one)].append(one)
    for slot, of in shared.items():
        yield _letter(reader, *slot, [one.occasion for one in of], domain), of


def _letter(
    reader: Subscription, kind: str, rung: Instant, of: list[Occasion], domain: str
) -> Letter:
    of = sorted(of, key=lambda found: (found.instant, found.uid))
    key = _key(reader, kind, rung, of)
    closes = rung.plus(OVERDUE_HOLDS)
    return Letter(
        key=key,
        kind=kind,
        recipient=reader.address,
        subscription=reader.id,
        group=reader.group,
        subjects=tuple(found.uid for found in of),
        told=tuple(found.instant for found in of),
        message_id=f"<{key}@{domain}>",
        due=rung,
        not_after=closes if kind == OVERDUE_REMINDER else min(found.until for found in of),
    )


def _anew(letter: Letter, times: int) -> Letter:
    """Return a letter as another one than those before it that nobody owed anything by."""
    if not times:
        return letter
    told = "\0".join((letter.key, str(times)))
    key = hashlib.sha256(told.encode()).hexdigest()[:_KEY_LENGTH]
    return replace(letter, key=key, message_id=letter.message_id.replace(letter.key, key))


def _key(reader: Subscription, kind: str, rung: Instant, of: list[Occasion]) -> str:
    """Return a digest that shows no address.

    The sequence numbers are in it, so that what moves away and back can be told again; so is
    `since`, so that who leaves and returns is told as well.
    """
    parts = [kind, reader.address, str(reader.since), str(rung)]
    for found in of:
        parts += [found.uid, str(found.instant), str(found.sequence)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]
