"""The calendar feeds of all groups, as bytes."""

from collections.abc import Mapping, Sequence

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.entry_blocks import blocks_of
from scheduler.publication.group_feeds import group_feeds
from scheduler.publication.names import slugs
from scheduler.publication.shared_feeds import shared_feeds


def feeds(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
) -> Mapping[str, bytes]:
    """Return every feed of the current plans by its path below the site.

    `today` only decides which cancelled entries are no longer kept; nothing else depends on it.
    Raises `FeedNameCollision`.
    """
    slugs(group.acronym for group, _ in plans)
    held = [blocks_of(group, plan, base_url, today) for group, plan in plans]
    written: dict[str, bytes] = {}
    for (group, _), own in zip(plans, held, strict=True):
        written |= dict(group_feeds(group, own, base_url))
    return written | dict(shared_feeds(held, base_url))
