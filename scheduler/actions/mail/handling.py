"""How letters of one kind are looked at when their turn comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.actions.mail.post import Post
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.delivery import Ready
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import Memory

NOTHING_LEFT = Withdrawal(LetterState.CANCELLED, "nothing is left to tell")


@dataclass(frozen=True, slots=True)
class Handling:
    """What holds for letters of one kind when they are about to be sent.

    `doubt` returns why one must not be sent at an instant, None where it may; `write` returns
    the message of one that may, or why there is none after all.
    """

    doubt: Callable[[Memory, Letter, Mapping[str, Group], Instant], Withdrawal | None]
    write: Callable[[Memory, Letter, Post, Mapping[str, Group], Instant], Ready | Withdrawal]
