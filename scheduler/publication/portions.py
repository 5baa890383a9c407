"""The site in portions: the files of each group alone, and those that speak of several.

A group's own files are a function of the group, its plan and its figures. The shared files are a
function of what each group gives to them, which is kept from one publication to the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.entry_blocks import GroupBlocks, group_blocks
from scheduler.publication.group_feeds import group_feeds
from scheduler.publication.letting_in import public_plan
from scheduler.publication.lists.files import (
    NewsByLanguage,
    group_lists,
    news_by_language,
    shared_lists,
)
from scheduler.publication.lists.told import Told
from scheduler.publication.names import OF_ALL, Claims, slugs
from scheduler.publication.pages import Views, group_pages, shared_pages, views_of
from scheduler.publication.shared_feeds import shared_feed_names, shared_feeds


@dataclass(frozen=True, slots=True)
class Share:
    """What a group gives to the files that speak of several groups."""

    blocks: GroupBlocks
    views: Views
    news: NewsByLanguage


def share_of(group: Group, plan: Plan, base_url: str, today: Instant, one: Told) -> Share:
    """Return what a group gives to the shared files on a day; `one` is what lists tell of it."""
    shown = public_plan(plan, group)
    return Share(
        group_blocks(group, shown, base_url, today),
        views_of(group, shown, today),
        news_by_language(one, base_url),
    )


def own_files(
    group: Group,
    plan: Plan,
    share: Share,
    figures: Iterable[Figures],
    base_url: str,
    one: Told,
    *,
    subscribe_form: bool = True,
) -> Mapping[str, bytes]:
    """Return the files of one group by their paths below the site.

    `subscribe_form` says whether its page has the form for letters.
    """
    shown = public_plan(plan, group)
    pages = group_pages(group, shown, share.views, figures, base_url, subscribe_form=subscribe_form)
    return {
        **dict(group_feeds(group, share.blocks, base_url)),
        **dict(group_lists(one, share.news, base_url)),
        **dict(pages),
    }


def shared_files(
    groups: Mapping[str, Group],
    shares: Mapping[str, Share],
    base_url: str,
    today: Instant,
    known: Iterable[Group],
    *,
    subscribe_form: bool = True,
) -> Mapping[str, bytes]:
    """Return the files that speak of several of the `groups`, by their paths below the site.

    `shares` are by acronym as `groups` are; `known` are further groups, whose settings tell who
    stands under whom. Raises `FeedNameCollision`.
    """
    held = {acronym: share.blocks for acronym, share in shares.items()}
    views = {acronym: share.views for acronym, share in shares.items()}
    known, claims, made = tuple(known), Claims(), dict[str, bytes]()
    for shared in shared_feed_names(tuple(groups.values()), known):
        made |= claims.of(shared.owner, shared_feeds(shared, held, base_url))
    news = {acronym: share.news for acronym, share in shares.items()}
    made |= claims.of(OF_ALL, shared_lists(news, base_url))
    # By the day, so that a second publication on it finds nothing new.
    day = Instant(today.utc.replace(hour=0, minute=0, second=0, microsecond=0))
    pages = shared_pages(
        groups.values(), known, views, base_url, day, subscribe_form=subscribe_form
    )
    return {**made, **claims.of(OF_ALL, pages)}


def refuse_collisions(owned: Mapping[str, Iterable[str]], shared: Iterable[str]) -> None:
    """Raise `FeedNameCollision` where paths of two groups, or of one and the shared files, meet."""
    slugs(owned)
    claims = Claims()
    claims.of(OF_ALL, ((path, b"") for path in shared))
    for acronym, paths in owned.items():
        claims.of(repr(acronym), ((path, b"") for path in paths))
