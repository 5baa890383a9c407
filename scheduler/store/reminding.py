"""What may be asked of the store to find whom to remind, without reading everybody."""

from collections.abc import Iterable
from typing import Protocol

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription


class Reminding(Protocol):
    """Who has still to be reminded, found where subscriptions and letters are kept."""

    def ways_chosen(self) -> tuple[Subscription, ...]:
        """Return the first wish of each way of being reminded that is chosen in each group."""

    def not_told(
        self, like: Subscription, letter: Letter, over: Instant, now: Instant
    ) -> tuple[Subscription, ...]:
        """Return who chose as `like` did and has no letter that tells what `letter` does.

        In the order of their `id`, without those who subscribed from `over` until `now`, and
        those whom digests told all of it. Who was told of the same things in other letters, or
        partly in a digest, is among them.
        """

    def wishes_in(self, group: str, mailboxes: Iterable[str]) -> tuple[Subscription, ...]:
        """Return the wishes of some people for a group, however their addresses are capitalised."""

    def letters_to(self, addresses: Iterable[str], since: Instant) -> tuple[Letter, ...]:
        """Return all letters to some addresses that were due at an instant or later."""
