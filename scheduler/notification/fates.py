"""From the answer of a mail server to what becomes of the letter: pure, chance is an argument."""

from dataclasses import dataclass
from datetime import timedelta

from scheduler.model.letter import RETRIES_IN_DOUBT, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.channel import Answer, Verdict

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=4)
JITTER = 0.25
_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Fate:
    """The state a letter is left in, why, and when it may go again.

    `no_mailbox` says that the server knows no such recipient, `untried` that no server heard of the
    letter, so that the attempt does not count.
    """

    state: LetterState
    error: str | None = None
    retry_at: Instant | None = None
    no_mailbox: bool = False
    untried: bool = False


def fate(letter: Letter, answer: Answer, now: Instant, chance: float) -> Fate:
    """Return what becomes of a letter that was answered at `now`; `chance` is from 0 to 1."""
    again = now.plus(pause(letter.attempts, chance))
    match answer.verdict:
        case Verdict.TAKEN:
            return Fate(LetterState.SENT)
        case Verdict.REJECTED:
            return Fate(LetterState.FAILED, answer.reason)
        case Verdict.NO_MAILBOX:
            return Fate(LetterState.FAILED, answer.reason, no_mailbox=True)
        case Verdict.UNKNOWN if letter.doubts >= RETRIES_IN_DOUBT:
            return Fate(LetterState.HELD, answer.reason)
        case Verdict.UNKNOWN:
            return Fate(LetterState.AMBIGUOUS, answer.reason, again)
        case _:
            return Fate(LetterState.QUEUED, answer.reason, again)


def pause(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many attempts: doubling, up to a few hours.

    By chance it is up to a quarter longer, so that letters refused together do not return
    together.
    """
    doublings = min(max(attempts - 1, 0), _DOUBLINGS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE) * (1 + JITTER * chance)
