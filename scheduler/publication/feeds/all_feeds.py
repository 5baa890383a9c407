"""The calendar feeds of all groups, as bytes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.feeds.entry_blocks import group_blocks
from scheduler.publication.feeds.group_feeds import everything, group_feeds
from scheduler.publication.feeds.segments import Segments
from scheduler.publication.feeds.shared_feeds import Held, shared_feed_names, shared_feeds
from scheduler.publication.folder.pieces import Content, joined
from scheduler.publication.names import Claims, slugs


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
    claims, written, held = Claims(), dict[str, Content](), dict[str, Held]()
    for group, plan in plans:
        own, segments = group_blocks(group, plan, base_url, today), Segments()
        held[group.acronym] = partial(everything, own, segments)
        made = group_feeds(group, own, segments, base_url)
        written |= claims.of(repr(group.acronym), made)
    for shared in shared_feed_names(groups, known):
        written |= claims.of(shared.owner, shared_feeds(shared, held, base_url))
    return {path: joined(content) for path, content in written.items()}
