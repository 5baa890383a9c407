"""What a plan would change for the people who are told: letters due, called back, and re-timed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import Rung
from scheduler.model.subscription import Subscription
from scheduler.notification.due import NO_DOMAIN, REMINDERS, due_letters, readers_of, told_in
from scheduler.notification.openings import ByChoice, rungs_ahead
from scheduler.notification.owing import Fulfilled, apart, not_owed
from scheduler.notification.standing import withdrawal

_Change = tuple[str, Rung, Instant | None, Instant | None]


@dataclass(frozen=True, slots=True)
class _Side:
    """A plan, before or after, and what is known to be fulfilled under it."""

    plan: Plan
    fulfilled: Fulfilled


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderChange:
    """When a reminder goes out, and when it would; None where it does not.

    `subject` is the UID of a deadline or meeting, `rung` says how long before or after it that
    is, and `readers` how many people are told.
    """

    subject: str
    rung: Rung
    before: Instant | None
    after: Instant | None
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChanges:
    """What becomes of letters.

    `queued` become due at once by the change, `unsent` were queued and are not sent after all,
    `spared` would have been queued now and are not; `reminders` are those of days to come;
    there are so many `readers`.
    """

    queued: tuple[Letter, ...] = ()
    unsent: tuple[Letter, ...] = ()
    spared: tuple[Letter, ...] = ()
    reminders: tuple[ReminderChange, ...] = ()
    readers: int = 0


def letter_changes(
    group: Group,
    before: Plan | None,
    after: Plan,
    subscriptions: Iterable[Subscription],
    letters: Iterable[Letter],
    now: Instant,
    fulfilled: Callable[[Plan], Fulfilled],
) -> LetterChanges:
    """Return what becomes of letters when `after`, as it is stamped, takes the place of a plan.

    `letters` are the outbox of the group, `subscriptions` those to it; `fulfilled` tells what is
    known to be under each of the plans.
    """
    subscriptions, letters = tuple(subscriptions), tuple(letters)
    was = _Side(before, fulfilled(before)) if before else None
    will_be = _Side(after, fulfilled(after))

    def due(side: _Side) -> tuple[Letter, ...]:
        return due_letters(
            side.plan,
            group,
            subscriptions,
            now,
            domain=NO_DOMAIN,
            letters=letters,
            fulfilled=side.fulfilled,
        )

    old, new = due(was) if was else (), due(will_be)
    known, said = set(map(told_in, old)), set(map(told_in, new))
    readers = tuple(readers_of(group, subscriptions))
    return LetterChanges(
        queued=tuple(letter for letter in new if told_in(letter) not in known),
        unsent=_unsent(group, was, will_be, subscriptions, letters, now),
        spared=tuple(letter for letter in old if told_in(letter) not in said),
        reminders=tuple(_reminders(group, was, will_be, readers, now)),
        readers=len(readers),
    )


def _unsent(
    group: Group,
    before: _Side | None,
    after: _Side,
    subscriptions: Iterable[Subscription],
    letters: Iterable[Letter],
    now: Instant,
) -> tuple[Letter, ...]:
    wishes = {wish.id: wish for wish in subscriptions}

    def goes(letter: Letter, side: _Side | None) -> bool:
        wish = wishes.get(letter.subscription)
        if side is None or withdrawal(letter, side.plan, wish, now):
            return False
        return not_owed(letter, side.plan, group, side.fulfilled) is None

    waiting = (one for one in letters if one.state is LetterState.QUEUED and one.kind in REMINDERS)
    return tuple(one for one in waiting if goes(one, before) and not goes(one, after))


def _reminders(
    group: Group,
    before: _Side | None,
    after: _Side,
    readers: Iterable[Subscription],
    now: Instant,
) -> Iterator[ReminderChange]:
    told: dict[_Change, int] = dict.fromkeys(_changes(group, before, after, None, now), 0)
    special = apart(group, after.fulfilled).union(before.fulfilled.submitted if before else ())
    changes = ByChoice(lambda reader: _changes(group, before, after, reader, now), special)
    for reader in readers:
        for change in changes.of(reader):
            told[change] = told.get(change, 0) + 1
    for (uid, rung, was, is_now), count in told.items():
        yield ReminderChange(subject=uid, rung=rung, before=was, after=is_now, readers=count)


def _changes(
    group: Group,
    before: _Side | None,
    after: _Side,
    reader: Subscription | None,
    now: Instant,
) -> Iterator[_Change]:
    """Yield what changes for a reader, or where there is none for who chooses nothing."""
    old = rungs_ahead(before.plan, group, reader, now, before.fulfilled) if before else {}
    new = rungs_ahead(after.plan, group, reader, now, after.fulfilled)
    for subject in {**new, **old}:
        if old.get(subject) != new.get(subject):
            yield (*subject, old.get(subject), new.get(subject))
