"""A change of a meeting and the invitation that says so: one letter where both go to one person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.actions.telling import changes_waiting
from scheduler.model.attendee import Attendance, Attendee
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.invitations import (
    INVITATION_CANCEL,
    INVITATION_UPDATE,
    INVITATION_UPDATE_NEAR,
    Told,
)
from scheduler.notification.kinds import UNBRAKED
from scheduler.notification.telling import URGENT_CHANGE
from scheduler.store.protocol import Memory

_TELLING = (INVITATION_UPDATE, INVITATION_UPDATE_NEAR, INVITATION_CANCEL)
_DID_NOT_ARRIVE = (LetterState.CANCELLED, LetterState.SKIPPED, LetterState.FAILED)


@dataclass(frozen=True, slots=True)
class Pair:
    """A letter about changes that waits, and the invitation that tells them in its place."""

    change: Letter
    invitation: Letter


@dataclass(frozen=True, slots=True)
class Sorted:
    """The invitations that go by now, and the letters about changes that go in some of them."""

    going: tuple[Told, ...]
    pairs: tuple[Pair, ...]


def sorted_out(memory: Memory, invited: Iterable[Told], now: Instant) -> Sorted:
    """Return which of the invitations that are due go now, and what goes in them.

    One whose reader is told more of its group as soon as edits have been gathered waits for that,
    unless it presses: so its meeting is told once.
    """
    invited = tuple(invited)
    found = {pair.invitation.key: pair for pair in paired(memory, invited)}
    waiting = {
        key
        for key, pair in found.items()
        if now < pair.change.due and pair.invitation.kind not in UNBRAKED
    }
    going = tuple(told for told in invited if told.letter.key not in waiting)
    pairs = (found[told.letter.key] for told in going if told.letter.key in found)
    return Sorted(going, tuple(pair for pair in pairs if pair.change.due <= now))


def paired(memory: Memory, invited: Iterable[Told]) -> Iterator[Pair]:
    """Yield each letter about changes that can go in an invitation, with the first that tells.

    What presses goes in none that a brake could hold, and what tells of several groups in none.
    """
    invited = tuple(invited)
    groups = sorted({told.letter.group for told in invited if told.letter.kind in _TELLING})
    waiting = (change for group in groups for change in changes_waiting(memory, group))
    return _pairs(waiting, invited)


def _pairs(waiting: Iterable[Letter], invited: Iterable[Told]) -> Iterator[Pair]:
    changes = {(one.recipient, one.group): one for one in waiting if _can_go_elsewhere(one)}
    for told in invited:
        whose = (told.letter.recipient, told.letter.group)
        if whose in changes and _fits(changes[whose], told):
            yield Pair(changes.pop(whose), told.letter)


def _can_go_elsewhere(change: Letter) -> bool:
    return change.state is LetterState.QUEUED and not change.attempts and not change.released


def _fits(change: Letter, told: Told) -> bool:
    kind, attendance = told.letter.kind, told.attendee.attendance
    if kind not in _TELLING or attendance is not Attendance.INVITED:
        return False
    presses = change.kind == URGENT_CHANGE and kind not in UNBRAKED
    return not presses and set(told.letter.subjects) <= set(change.subjects)


def combine(memory: Memory, pairs: Iterable[Pair], now: Instant) -> None:
    """Let invitations tell what letters about changes would have, which go no more."""
    for pair in pairs:
        memory.record_tellings(pair.invitation.key, memory.tellings(pair.change.key))
        reason = _told_with(pair.invitation)
        memory.settle(pair.change.key, LetterState.CANCELLED, reason, now)


def telling_for(memory: Memory, invitation: Letter, attendee: Attendee) -> Letter:
    """Return the letter on record with what an invitation tells besides.

    That is itself once it is queued, until then the letter that is to go in it.
    """
    if memory.tellings(invitation.key) or memory.letter(invitation.key):
        return invitation
    waiting = changes_waiting(memory, invitation.group, invitation.recipient)
    return next((pair.change for pair in _pairs(waiting, [Told(invitation, attendee)])), invitation)


def take_apart(memory: Memory, invitation: Letter, state: LetterState, now: Instant) -> None:
    """Queue again what an invitation was to tell besides, now that it did not arrive."""
    tellings = memory.tellings(invitation.key) if invitation.kind in _TELLING else ()
    if not tellings or state not in _DID_NOT_ARRIVE:
        return
    since = min(telling.since for telling in tellings)
    for letter in memory.letters_to({invitation.recipient}, since):
        if letter.last_error == _told_with(invitation):
            memory.settle(letter.key, LetterState.QUEUED, None, now)


def _told_with(invitation: Letter) -> str:
    return f"told with the invitation {invitation.key}"


def without(letters: Iterable[Letter], pairs: Iterable[Pair]) -> Iterator[Letter]:
    """Yield the letters that go by themselves."""
    gone = {pair.change.key for pair in pairs}
    yield from (letter for letter in letters if letter.key not in gone)
