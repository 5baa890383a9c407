"""`outbox`: the letters and where they stand, and what a person decides about them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.actions.auditing import note_brake, note_decision
from scheduler.actions.sending import Pause, known_letter, paused, record_pause
from scheduler.errors import InterimError
from scheduler.model.audit import UNNAMED
from scheduler.model.kept import NOBODY
from scheduler.model.letter import CALLED_OFF, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.store.faults import UnknownLetter
from scheduler.store.protocol import Memory, Store

SHORTEST_KEY = 6
UNSENT = (LetterState.QUEUED, LetterState.AMBIGUOUS, LetterState.HELD, LetterState.FAILED)


class SeveralLetters(InterimError):
    """The beginning of a key that more than one letter has."""

    def __init__(self, start: str) -> None:
        super().__init__(
            f"the keys of several letters begin with {start!r}; give more of the one that is "
            "meant, which 'interim outbox list --json' shows whole"
        )


class WrongState(InterimError):
    """A letter that stands where the decision makes no sense."""

    def __init__(self, letter: Letter, verb: str, states: Sequence[LetterState]) -> None:
        super().__init__(
            f"the letter {letter.key} to {letter.recipient} is {letter.state}, and "
            f"'interim outbox {verb}' takes letters that are {' or '.join(states)}; "
            "nothing was changed: leave it out, and see 'interim outbox list'"
        )


class ReaderForgotten(InterimError):
    """A letter that was to go although nothing is known any more of whom it is to."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(
            f"whoever the letter {letter.key} was to is forgotten, with their address, so that it "
            "can go to nobody; nothing was changed: leave it out"
        )


class NotPaused(InterimError):
    """Sending was to be resumed, and goes on already."""

    def __init__(self) -> None:
        super().__init__("sending is not paused; nothing was changed: 'interim remind' sends")


def list_letters(store: Store, state: LetterState | None) -> tuple[Letter, ...]:
    """Return the letters in one state, or all, oldest due first."""
    with store.reading() as memory:
        return memory.letters(state)


def pause_sending(store: Store, by: str | None, reason: str | None, now: Instant) -> Pause:
    """Let nothing be sent from now on; again, who and why are those of the last time."""
    pause = Pause(since=now, by=by, reason=reason)
    with store.writing() as memory:
        record_pause(memory, pause)
        note_brake(memory, "outbox pause", who=by, at=now, **({"reason": reason} if reason else {}))
    return pause


def resume_sending(store: Store, now: Instant, who: str = UNNAMED) -> Pause:
    """Let letters go again, and return what kept them; raises `NotPaused`."""
    with store.writing() as memory:
        pause = paused(memory)
        if pause is None:
            raise NotPaused
        record_pause(memory, None)
        note_brake(memory, "outbox resume", who=who, at=now, paused_since=str(pause.since))
    return pause


def release(
    store: Store, keys: Sequence[str], now: Instant, who: str = UNNAMED
) -> tuple[Letter, ...]:
    """Queue held letters again.

    Raises `UnknownLetter`, `SeveralLetters`, `WrongState` or `ReaderForgotten`.
    """
    return _decide(store, keys, _Decision("release", (LetterState.HELD,), _let_go), now, who)


def retry(
    store: Store, keys: Sequence[str], now: Instant, who: str = UNNAMED
) -> tuple[Letter, ...]:
    """Queue failed letters again; raises as `release` does."""
    return _decide(store, keys, _Decision("retry", (LetterState.FAILED,), _let_go), now, who)


def cancel_letters(
    store: Store, keys: Sequence[str], now: Instant, who: str = UNNAMED
) -> tuple[Letter, ...]:
    """Call off letters that were not sent; raises as `release` does."""
    return _decide(store, keys, _Decision("cancel", UNSENT, _call_off), now, who)


def release_run(store: Store, now: Instant, who: str = UNNAMED) -> int:
    """Let the letters that wait by now go in one run, however many; return how many more do."""
    with store.writing() as memory:
        count = memory.release_ready(now)
        note_brake(memory, "outbox release", who=who, at=now, run=True, letters=count)
        return count


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a person can decide about letters: in which states it makes sense, and what it does."""

    verb: str
    states: tuple[LetterState, ...]
    change: Callable[[Memory, Letter, Instant], None]


def _let_go(memory: Memory, letter: Letter, _: Instant) -> None:
    if letter.recipient == NOBODY:
        raise ReaderForgotten(letter)
    memory.let_go(letter.key)


def _call_off(memory: Memory, letter: Letter, now: Instant) -> None:
    memory.settle(letter.key, LetterState.CANCELLED, CALLED_OFF, now)


def _decide(
    store: Store, keys: Sequence[str], decision: _Decision, now: Instant, who: str
) -> tuple[Letter, ...]:
    """Change all letters, or none where one of them cannot be."""
    with store.writing() as memory:
        letters = {letter.key: letter for letter in (named_letter(memory, key) for key in keys)}
        for letter in letters.values():
            if letter.state not in decision.states:
                raise WrongState(letter, decision.verb, decision.states)
            decision.change(memory, letter, now)
            note_decision(memory, f"outbox {decision.verb}", letter, who=who, at=now)
        return tuple(known_letter(memory, key) for key in letters)


def named_letter(memory: Memory, text: str) -> Letter:
    """Return the letter with a key, or with one that begins so, as lists show it."""
    found = memory.letter(text)
    if found is not None:
        return found
    keys = memory.keys_beginning(text) if len(text) >= SHORTEST_KEY else ()
    if len(keys) > 1:
        raise SeveralLetters(text)
    if not keys:
        raise UnknownLetter(text)
    return known_letter(memory, keys[0])
