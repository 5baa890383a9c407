"""The site in portions: the files of each group alone, and those that speak of several.

A group's own files are a function of the group, its plan and its figures. The shared files are a
function of what each group gives to them, which is kept from one publication to the next.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.compression import Content, whole
from scheduler.publication.entry_blocks import GroupBlocks, group_blocks
from scheduler.publication.group_feeds import everything, group_feeds
from scheduler.publication.letting_in import public_plan
from scheduler.publication.lists.files import group_lists, shared_lists
from scheduler.publication.lists.news import last_news
from scheduler.publication.lists.told import Told
from scheduler.publication.names import OF_ALL, Claims, slugs
from scheduler.publication.pages import Views, group_pages, shared_pages, views_of
from scheduler.publication.segments import Segments
from scheduler.publication.shared_feeds import shared_feed_names, shared_feeds
from scheduler.publication.shares import Share
from scheduler.publication.timeline import lines_of

Files = Iterator[tuple[str, Content]]


class OwnPortion:
    """What a group's files are made from on a day; `told` is what its lists tell."""

    def __init__(self, group: Group, plan: Plan, base_url: str, today: Instant, told: Told) -> None:
        self._group, self._shown, self._told = group, public_plan(plan, group), told
        self._base_url = base_url
        self._blocks: GroupBlocks = group_blocks(group, self._shown, base_url, today)
        self._segments = Segments()
        self._views: Views = views_of(group, self._shown, today)
        self._news = last_news(told, base_url)

    @property
    def share(self) -> Share:
        """What the group gives to the files that speak of several groups."""
        held = partial(everything, self._blocks, self._segments)
        return Share(held, lines_of(self._views), self._news)

    def files(self, figures: Iterable[Figures], *, subscribe_form: bool = True) -> Files:
        """Yield the files of the group by their paths below the site.

        `subscribe_form` says whether its page has the form for letters.
        """
        group, base_url = self._group, self._base_url
        yield from group_feeds(group, self._blocks, self._segments, base_url)
        yield from _whole(group_lists(self._told, self._news, base_url))
        pages = group_pages(
            group, self._shown, self._views, figures, base_url, subscribe_form=subscribe_form
        )
        yield from _whole(pages)


def shared_files(
    groups: Mapping[str, Group],
    shares: Mapping[str, Share],
    base_url: str,
    today: Instant,
    known: Iterable[Group],
    *,
    subscribe_form: bool = True,
) -> Files:
    """Yield the files that speak of several of the `groups`, by their paths below the site.

    `shares` are by acronym as `groups` are; `known` are further groups, whose settings tell who
    stands under whom. Raises `FeedNameCollision`, and `NotRewritable` where a share does not hold
    the entries that have to be written anew.
    """
    known, claims = tuple(known), Claims()
    held = {acronym: share.feed for acronym, share in shares.items()}
    for shared in shared_feed_names(tuple(groups.values()), known):
        yield from claims.each(shared.owner, shared_feeds(shared, held, base_url))
    news = {acronym: share.news for acronym, share in shares.items()}
    yield from claims.each(OF_ALL, _whole(shared_lists(news, base_url)))
    # By the day, so that a second publication on it finds nothing new.
    day = Instant(today.utc.replace(hour=0, minute=0, second=0, microsecond=0))
    lines = {acronym: share.lines for acronym, share in shares.items()}
    pages = shared_pages(
        groups.values(), known, lines, base_url, day, subscribe_form=subscribe_form
    )
    yield from claims.each(OF_ALL, _whole(pages))


def _whole(files: Iterable[tuple[str, bytes]]) -> Files:
    for path, data in files:
        yield path, whole(data)


def refuse_collisions(owned: Mapping[str, Iterable[str]], shared: Iterable[str]) -> None:
    """Raise `FeedNameCollision` where paths of two groups, or of one and the shared files, meet."""
    slugs(owned)
    claims = Claims()
    claims.of(OF_ALL, ((path, b"") for path in shared))
    for acronym, paths in owned.items():
        claims.of(repr(acronym), ((path, b"") for path in paths))
