"""Which of a person's letters go alone and which go together, in one letter a day: pure."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.brakes import day_start
from scheduler.notification.rungs import OVERDUE_HOLDS
from scheduler.notification.standing import Occasion, occasions

DIGEST = "digest"
LATE = dt.timedelta(hours=36)
"""How long a letter has been due that no run which went each day would have left."""

_UNTIL_THE_NEXT = dt.timedelta(days=1)
_KEY_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What one person's letters are put together by.

    `wishes` are their subscriptions by id, `room` how many letters more their address may get
    today; `had_digest` tells whether one was written today.
    """

    wishes: Mapping[int, Subscription]
    room: int
    had_digest: bool


@dataclass(frozen=True, slots=True)
class Gathering:
    """One thing that a digest tells: what, since when it was to be told, for which wish."""

    occasion: Occasion
    rung: Instant
    wish: Subscription
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The letters to queue for one person, and those from before that the digest takes in."""

    letters: tuple[Letter, ...]
    taken_in: tuple[Letter, ...] = ()


def bundled(
    due: Sequence[Letter], waiting: Sequence[Letter], box: Box, now: Instant, *, domain: str
) -> Bundle:
    """Put together what is due for one person and what waits from before, untried.

    Into the digest goes what they chose to have in one, and all the rest with it where there is
    more than the brakes let through, or where, since nothing was sent for some time, a letter is
    late, tells what another does, or is the digest of an earlier day. There is one a day; what is
    above it, and is not too late tomorrow, is left for the next. `domain` is as in all letters.
    """
    chosen = [letter for letter in due if _in_digests(letter, box)]
    others = [letter for letter in due if not _in_digests(letter, box)]
    if box.had_digest:
        singles = sum(letter.kind != DIGEST for letter in waiting)
        return Bundle(letters=_without_digest(chosen, others, box.room - singles, now))
    alone = [*others, *waiting]
    if _goes_together(alone, box.room, now) or (chosen and _has_digest(waiting)):
        whole = _digest([*chosen, *alone], now, domain)
        return Bundle(letters=(whole,), taken_in=tuple(waiting))
    if chosen:
        return Bundle(letters=(_digest(chosen, now, domain), *others))
    return Bundle(letters=tuple(others))


def told_about(group: Group, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters that told of a group, and the digests that may have."""
    return tuple(one for one in letters if one.group == group.acronym or one.kind == DIGEST)


def left_of(
    letter: Letter,
    wishes: Iterable[tuple[Subscription, Plan]],
    now: Instant,
    freed: Callable[[Subscription, Occasion], str | None] | None = None,
) -> tuple[Gathering, ...]:
    """Return what of a digest still stands as it was told and is of use, in its order.

    `wishes` are those of its reader, each with the plan that stands of its group; `freed` tells
    why the reader owes nothing by an occasion of it, None where they do.
    """
    rungs = dict(zip(letter.subjects, zip(letter.told, letter.rungs, strict=True), strict=True))
    found: dict[str, Gathering] = {}
    for wish, plan in wishes:
        for occasion in occasions(plan):
            instant, rung = rungs.get(occasion.uid, (None, now))
            of_use = occasion.instant == instant and now < _closes(occasion, rung)
            if of_use and not (freed and freed(wish, occasion)):
                found[occasion.uid] = Gathering(occasion, rung, wish, plan)
    return tuple(found[uid] for uid in letter.subjects if uid in found)


def _closes(occasion: Occasion, rung: Instant) -> Instant:
    return rung.plus(OVERDUE_HOLDS) if rung > occasion.instant else occasion.until


def digest_key(address: str, now: Instant) -> str:
    """Return the key of the digest of a day of UTC: one person has one, whatever is in it."""
    told = "\0".join((DIGEST, address, str(day_start(now))))
    return hashlib.sha256(told.encode()).hexdigest()[:_KEY_LENGTH]


def _in_digests(letter: Letter, box: Box) -> bool:
    return box.wishes[letter.subscription].letters is Letters.DIGEST


def _goes_together(letters: Sequence[Letter], room: int, now: Instant) -> bool:
    """Tell whether letters that would go alone are better told in one."""
    if sum(letter.kind != DIGEST for letter in letters) > room:
        return True
    late = any(letter.due.plus(LATE) <= now for letter in letters)
    return len(letters) > 1 and (late or _has_digest(letters) or _tells_twice(letters))


def _has_digest(letters: Iterable[Letter]) -> bool:
    return any(letter.kind == DIGEST for letter in letters)


def _tells_twice(letters: Iterable[Letter]) -> bool:
    """Tell whether an entry is told by two letters, of which one waited for the other's day."""
    told = [uid for letter in letters for uid in letter.subjects]
    return len(set(told)) < len(told)


def _without_digest(
    chosen: Iterable[Letter], others: Iterable[Letter], room: int, now: Instant
) -> tuple[Letter, ...]:
    """Return what goes alone once today's digest is written; the rest is found due again."""
    hurried = sorted(others, key=lambda letter: letter.not_after)
    left = [*chosen, *hurried[max(room, 0) :]]
    tomorrow = now.plus(_UNTIL_THE_NEXT)
    return (
        *hurried[: max(room, 0)],
        *(letter for letter in left if letter.not_after <= tomorrow),
    )


def _digest(letters: Sequence[Letter], now: Instant, domain: str) -> Letter:
    """Return one letter for several, each subject in it once, at its nearest rung."""
    told: dict[str, tuple[Instant, Instant]] = {}
    # A digest of an earlier day took in what was there: what stands beside it is newer.
    for letter in sorted(letters, key=lambda letter: (letter.kind != DIGEST, letter.due)):
        rungs = letter.rungs or (letter.due,) * len(letter.subjects)
        for uid, instant, rung in zip(letter.subjects, letter.told, rungs, strict=True):
            told[uid] = (instant, rung)
    subjects = sorted(told, key=lambda uid: (told[uid], uid))
    first, groups = letters[0], {letter.group for letter in letters}
    key = digest_key(first.recipient, now)
    return Letter(
        key=key,
        kind=DIGEST,
        recipient=first.recipient,
        subscription=first.subscription,
        group=first.group if len(groups) == 1 else "",
        subjects=tuple(subjects),
        told=tuple(told[uid][0] for uid in subjects),
        rungs=tuple(told[uid][1] for uid in subjects),
        message_id=f"<{key}@{domain}>",
        due=now,
        not_after=max(letter.not_after for letter in letters),
    )
