"""`outbox`: the letters and where they stand, and what a person decides about them."""

from collections.abc import Callable, Sequence

from scheduler.actions.sending import Pause, known_letter, paused, record_pause
from scheduler.errors import InterimError
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
    return pause


def resume_sending(store: Store) -> Pause:
    """Let letters go again, and return what kept them; raises `NotPaused`."""
    with store.writing() as memory:
        pause = paused(memory)
        if pause is None:
            raise NotPaused
        record_pause(memory, None)
    return pause


def release(store: Store, keys: Sequence[str]) -> tuple[Letter, ...]:
    """Queue held letters again; raises `UnknownLetter`, `SeveralLetters` or `WrongState`."""
    return _decide(
        store, keys, "release", (LetterState.HELD,), lambda memory, key: memory.let_go(key)
    )


def retry(store: Store, keys: Sequence[str]) -> tuple[Letter, ...]:
    """Queue failed letters again; raises `UnknownLetter`, `SeveralLetters` or `WrongState`."""
    return _decide(
        store, keys, "retry", (LetterState.FAILED,), lambda memory, key: memory.let_go(key)
    )


def cancel_letters(store: Store, keys: Sequence[str], now: Instant) -> tuple[Letter, ...]:
    """Call off letters that were not sent; raises as `release` does."""

    def call_off(memory: Memory, key: str) -> None:
        memory.settle(key, LetterState.CANCELLED, CALLED_OFF, now)

    return _decide(store, keys, "cancel", UNSENT, call_off)


def release_run(store: Store, now: Instant) -> int:
    """Let the letters that wait by now go in one run, however many; return how many more do."""
    with store.writing() as memory:
        return memory.release_ready(now)


def _decide(
    store: Store,
    keys: Sequence[str],
    verb: str,
    states: Sequence[LetterState],
    change: Callable[[Memory, str], None],
) -> tuple[Letter, ...]:
    """Change all letters, or none where one of them cannot be."""
    with store.writing() as memory:
        letters = {letter.key: letter for letter in (named_letter(memory, key) for key in keys)}
        for letter in letters.values():
            if letter.state not in states:
                raise WrongState(letter, verb, states)
            change(memory, letter.key)
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
