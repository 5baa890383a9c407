"""The site in portions: the files of each group alone, and those that speak of several.

A group's own files are a function of the group, its plan and its figures. The shared files are a
function of what each group gives to them, which is kept from one publication to the next.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.feeds.entry_blocks import GroupBlocks, group_blocks
from scheduler.publication.feeds.group_feeds import everything, group_feeds
from scheduler.publication.feeds.segments import Segments
from scheduler.publication.feeds.shared_feeds import (
    SharedFeed,
    Source,
    shared_feed_names,
    shared_feeds,
    with_former,
)
from scheduler.publication.folder.pieces import Content, whole
from scheduler.publication.letting_in import public_plan
from scheduler.publication.lists.files import group_lists, shared_lists
from scheduler.publication.lists.news import last_news, newest
from scheduler.publication.lists.told import Told
from scheduler.publication.names import OF_ALL, Claims, slugs
from scheduler.publication.pages.rendering import Views, group_pages, shared_pages, views_of
from scheduler.publication.pages.timeline import lines_of, window
from scheduler.publication.upkeep.ordered import found
from scheduler.publication.upkeep.shares import Share
from scheduler.wording.languages import LANGUAGES

Files = Iterator[tuple[str, Content]]


class OwnPortion:
    """What a group's files are made from on a day.

    `told` is what its lists tell; `former_topics` are those that had feeds before.
    """

    def __init__(
        self,
        group: Group,
        plan: Plan,
        base_url: str,
        today: Instant,
        told: Told,
        former_topics: Mapping[str, str] | None = None,
    ) -> None:
        self._group, self._shown, self._told = group, public_plan(plan, group), told
        self._base_url = base_url
        self._blocks: GroupBlocks = group_blocks(group, self._shown, base_url, today, former_topics)
        self._segments = Segments()
        self._views: Views = views_of(group, self._shown, today)
        self._news = last_news(told, base_url)

    @property
    def topics(self) -> Mapping[str, str]:
        """The topics that have feeds, the name of each by its slug."""
        return self._blocks.topics

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


class SharedPortion(NamedTuple):
    """Files that speak of several groups and are made together; `made_from` is all they depend on.

    `owner` says in a refusal whose they are.
    """

    owner: str
    made_from: object
    files: Callable[[], Files]


class Sharing(NamedTuple):
    """What the shared files are made with: some groups, and what each of them gives.

    `shares` are by acronym as `groups` are, and `keys` a digest of each; `known` are further
    groups, whose settings tell who stands under whom, and `former` of what feeds were published
    before. `subscribe_form` says whether pages have the form for letters.
    """

    groups: Mapping[str, Group]
    shares: Mapping[str, Share]
    keys: Mapping[str, str]
    base_url: str
    known: tuple[Group, ...] = ()
    former: tuple[Source, ...] = ()
    subscribe_form: bool = True

    def feeds(self) -> Iterator[SharedFeed]:
        """Yield the feeds of several groups."""
        now = shared_feed_names(tuple(self.groups.values()), self.known)
        return with_former(now, self.former)


def shared_portions(sharing: Sharing, today: Instant) -> Iterator[SharedPortion]:
    """Yield the files that speak of several groups on a day, in portions.

    Making them raises `NotRewritable` where a share does not hold the entries that have to be
    written anew.
    """
    held = {acronym: share.feed for acronym, share in sharing.shares.items()}
    for shared in sharing.feeds():
        keys = [sharing.keys[acronym] for acronym in sorted(shared.groups)]
        files = partial(shared_feeds, shared, held, sharing.base_url)
        yield SharedPortion(shared.owner, (shared.name, shared.owner, keys), files)
    yield _news_portion(sharing)
    yield _pages_portion(sharing, today)


def _news_portion(sharing: Sharing) -> SharedPortion:
    held = {acronym: share.news for acronym, share in sharing.shares.items()}
    last = newest(held)
    told = [found(held, last, language) for language in LANGUAGES]
    files = partial(shared_lists, held, sharing.base_url)
    return SharedPortion(f"{OF_ALL}: news", told, lambda: _whole(files()))


def _pages_portion(sharing: Sharing, today: Instant) -> SharedPortion:
    held = {acronym: share.lines for acronym, share in sharing.shares.items()}
    shown = window(held, today)
    told = [found(held, shown.places, language) for language in LANGUAGES]
    known = *sharing.groups.values(), *sharing.known
    files = partial(
        shared_pages,
        sharing.groups.values(),
        sharing.known,
        held,
        sharing.base_url,
        today,
        subscribe_form=sharing.subscribe_form,
    )
    return SharedPortion(f"{OF_ALL}: pages", (known, told, shown.cut), lambda: _whole(files()))


def _whole(files: Iterable[tuple[str, bytes]]) -> Files:
    for path, data in files:
        yield path, whole(data)


def refuse_collisions(
    owned: Mapping[str, Collection[str]], shared: Mapping[str, Collection[str]]
) -> None:
    """Raise `FeedNameCollision` where paths of two groups or portions meet.

    `owned` are the paths of each group by its acronym, `shared` those of each shared portion by
    its owner.
    """
    slugs(owned)
    portions = (*owned.values(), *shared.values())
    if len(frozenset().union(*portions)) == sum(map(len, portions)):
        return
    claims = Claims()
    for owner, paths in (*shared.items(), *((repr(name), own) for name, own in owned.items())):
        claims.of(owner, ((path, b"") for path in paths))
