"""Who subscribed from outside, without the form."""

from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.sql import open_store
from tests.support.commands import Desk

MONDAY = "2027-03-08T09:00:00Z"


def from_outside(desk: Desk, address: str, group: str, **chosen: object) -> None:
    """A subscription as the form makes it, or one of a group that has no plan any more."""
    with open_store(f"sqlite:///{desk.workspace / 'interim.sqlite'}").writing() as memory:
        since = Instant.parse(MONDAY)
        words = {"zone": "Asia/Tokyo", "language": "ar", "since": since} | chosen
        memory.subscribe(Subscription(address=address, group=group, **words))
