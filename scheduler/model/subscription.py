"""Who is told."""

from dataclasses import dataclass

from scheduler.model.moment import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A person's wish to be told about a group, in their zone and language.

    `address` is one mail address, already parsed; `since` the instant it was asked for, so that
    what was past by then is not told; `id` is set by the store.
    """

    address: str
    group: str
    zone: str
    language: str
    since: Instant
    id: int = 0
