"""What a server tells those who measure of the workspace: its publication, and its letters."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.outbox_status import OutboxStatus, outbox_status
from scheduler.actions.publications import last_publication
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """When was published last, changed or not, None where nothing was; and how letters stand."""

    published_at: Instant | None
    outbox: OutboxStatus


def measure(store: Store, groups: Mapping[str, Group], now: Instant) -> Measures:
    """Return what there is to measure at `now`, from one look into the database."""
    with store.reading() as memory:
        published = last_publication(memory)
        return Measures(
            published_at=published.at if published else None,
            outbox=outbox_status(memory, groups, DomainLimits(), now),
        )
