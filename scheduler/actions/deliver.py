"""`deliver`: sends letters that are queued, all of them or one that is named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import prepared
from scheduler.actions.sending import never
from scheduler.actions.stored_outbox import StoredOutbox
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import Channel
from scheduler.notification.delivery import Delivery, Ready, deliver
from scheduler.notification.letters.frames import Frames
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import KeptStore


@dataclass(frozen=True, slots=True)
class Sending:
    """What letters are sent from, over and with; over each channel one goes at a time."""

    store: KeptStore
    channels: Sequence[Channel]
    post: Post
    groups: Mapping[str, Group]
    brakes: Brakes
    clock: Callable[[], Instant]
    chance: Callable[[], float]


def delivery(
    sending: Sending, stop: Callable[[], bool] = never, *, only: str | None = None
) -> Delivery:
    """Return a run over the letters that are queued, or over the one with the key `only`."""
    post = replace(sending.post, frames=Frames())

    def prepare(letter: Letter) -> Ready | Withdrawal:
        with sending.store.reading() as memory:
            return prepared(memory, letter, post, sending.groups, sending.clock())

    return Delivery(
        outbox=StoredOutbox(sending.store, sending.brakes, stop, only),
        channels=sending.channels,
        prepare=prepare,
        clock=sending.clock,
        chance=sending.chance,
    )


def deliver_letter(sending: Sending, key: str) -> Letter | None:
    """Send the letter with this key, and return it as it was settled.

    None where it may not go now: it was settled or is another sender's, it is not due, a brake
    holds it, or sending is paused. All is looked at that a run looks at. Raises
    `ServiceUnreachable` where it cannot leave; it stays queued then, and the attempt does not
    count.
    """
    return next(deliver(delivery(sending, only=key)), None)
