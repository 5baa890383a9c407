"""`deliver`: sends all letters that are queued."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from scheduler.actions.braking import Braking
from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import doubt, prepared
from scheduler.actions.sending import never
from scheduler.actions.stored_outbox import StoredOutbox
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import Channel
from scheduler.notification.delivery import Delivery, Ready
from scheduler.notification.letters.frames import Frames
from scheduler.notification.standing import Withdrawal
from scheduler.store.protocol import KeptStore, Memory

MOST_AHEAD = 255


@dataclass(frozen=True, slots=True)
class Sending:
    """What letters are sent from, over and with; over each channel one goes at a time.

    Where not all go, `only` has the keys of those that do.
    """

    store: KeptStore
    channels: Sequence[Channel]
    post: Post
    groups: Mapping[str, Group]
    brakes: Brakes
    clock: Callable[[], Instant]
    chance: Callable[[], float]
    limits: DomainLimits
    only: Collection[str] | None = None


def delivery(sending: Sending, stop: Callable[[], bool] = never) -> Delivery:
    """Return a run over the letters that are queued."""
    outbox = StoredOutbox(
        sending.store,
        Braking(sending.brakes, sending.groups, doubt),
        stop,
        limits=sending.limits,
        only=sending.only,
    )
    return Delivery(
        outbox=outbox,
        channels=sending.channels,
        prepare=_Preparing(sending, outbox),
        clock=sending.clock,
        chance=sending.chance,
    )


class _Preparing:
    """Looks at one letter after the other in the light of the present, and writes it."""

    def __init__(self, sending: Sending, outbox: StoredOutbox) -> None:
        self._sending, self._outbox = sending, outbox
        self._post = replace(sending.post, frames=Frames())
        self._may_foresee = sending.store.changes_of_others() is not None

    def __call__(self, letter: Letter) -> Ready | Withdrawal:
        """Return the message, or why the letter is withdrawn."""
        sending = self._sending
        with sending.store.reading() as memory:
            self._foresee(memory, letter)
            return prepared(memory, letter, self._post, sending.groups, sending.clock())

    def _foresee(self, memory: Memory, letter: Letter) -> None:
        """Look at those that come next as well, where that can hold until their turn."""
        if self._may_foresee and not memory.has_foreseen(letter):
            ahead = (one for one in self._outbox.ahead if not memory.has_foreseen(one))
            others = (one for one in ahead if one.key != letter.key)
            memory.foresee([letter, *islice(others, MOST_AHEAD)])
