"""The calendar feeds of all groups, as bytes."""

from collections.abc import Iterable, Mapping, Sequence

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.entry_blocks import group_blocks
from scheduler.publication.group_feeds import group_feeds
from scheduler.publication.names import Claims, slugs
from scheduler.publication.shared_feeds import shared_feed_names, shared_feeds


def feeds(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
    known: Iterable[Group] = (),
) -> Mapping[str, bytes]:
    """Return every feed of the current plans by its path below the site.

    `known` are further groups, whose settings tell who stands under whom. `today` only decides
    which cancelled entries are no longer kept; nothing else depends on it.
    Raises `FeedNameCollision`.
    """
    groups = [group for group, _ in plans]
    slugs(group.acronym for group in groups)
    held = {group.acronym: group_blocks(group, plan, base_url, today) for group, plan in plans}
    written, claims = dict[str, bytes](), Claims()
    for group in groups:
        written |= claims.of(repr(group.acronym), group_feeds(group, held[group.acronym], base_url))
    for shared in shared_feed_names(groups, known):
        written |= claims.of(shared.owner, shared_feeds(shared, held, base_url))
    return written
