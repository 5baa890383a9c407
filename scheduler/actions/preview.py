"""`preview`: a letter that waits, written as it would be if it went now."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import prepared
from scheduler.actions.outbox import UNSENT, named_letter
from scheduler.errors import InterimError
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import Store

# Made with it, links have the form of real ones and open nothing.
SECRET_OF_PREVIEWS = b"preview"


@dataclass(frozen=True, slots=True)
class Previewed:
    """A letter and its message, whose secret links open nothing."""

    letter: Letter
    message: bytes


class NotSent(InterimError):
    """A letter that does not go, and so has no looks."""

    def __init__(self, letter: Letter, why: str) -> None:
        super().__init__(
            f"the letter {letter.key} to {letter.recipient} {why}; "
            "choose one that waits: 'interim outbox list --state queued'"
        )


def preview(
    store: Store, key: str, post: Post, *, groups: Mapping[str, Group], now: Instant
) -> Previewed:
    """Return the letter with a key, or the beginning of one, as it would go at `now`.

    Nothing is changed. `post` has the secret of previews. Raises `UnknownLetter`,
    `SeveralLetters`, `NotSent` for one that is settled or that would be withdrawn, `BadAddress`.
    """
    with store.reading() as memory:
        letter = named_letter(memory, key)
        if letter.state not in UNSENT:
            raise NotSent(letter, f"is {letter.state}")
        found = prepared(memory, letter, post, groups, now)
    if isinstance(found, Withdrawal):
        raise NotSent(letter, f"would be {found.state}: {found.reason}")
    return Previewed(letter, found.message)
