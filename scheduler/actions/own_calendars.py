"""What each person's own calendar holds, found at once: in memory until the store has changed."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock
from typing import Generic, TypeVar

from scheduler.actions.feed_life import feed_life
from scheduler.actions.publications import Publication, last_publication, publication_mark
from scheduler.errors import InterimError
from scheduler.model.group import Group, group_named
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.notification.tokens import feed_digest
from scheduler.publication.feeds.entry_blocks import EntryBlocks, blocks_of
from scheduler.publication.feeds.personal import PersonalFeed, personal_feed
from scheduler.publication.upkeep.touching import touched
from scheduler.store.protocol import Store
from scheduler.wording.languages import SOURCE_LANGUAGE

FRESH_SECONDS = 0.5  # what is revoked is gone within a second
MOST_PEOPLE = 20_000
MOST_FEEDS = 200
MOST_GROUPS = 500  # in a language each

Key = TypeVar("Key")
Kept = TypeVar("Kept")
_Wishes = tuple[Subscription, ...]
_NEVER = Instant(datetime.min.replace(tzinfo=UTC))


class _Shelf(Generic[Key, Kept]):
    """Things that cost something to make, the last used of them kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Kept]) -> Kept:
        if key not in self._kept:
            self._kept[key] = make()
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return self._kept[key]

    def clear(self) -> None:
        self._kept.clear()


class OwnCalendars:
    """Opens people's own calendars to who knows their secrets, from any thread.

    They tell what the pages tell: the revisions that were published last. `read_groups` reads
    the groups' files, after each publication; while they cannot be read, what they said holds.
    `seconds` is a clock that never goes back.
    """

    def __init__(
        self,
        store: Store,
        read_groups: Callable[[], Mapping[str, Group]],
        base_url: str,
        seconds: Callable[[], float],
    ) -> None:
        self._store, self._read_groups = store, read_groups
        self._base_url, self._seconds = base_url, seconds
        self._lock = Lock()
        self._looked: float | None = None
        self._marks = ("", "")
        self._publication: Publication | None = None
        self._groups: Mapping[str, Group] = {}
        self._people: _Shelf[str, _Wishes | None] = _Shelf(MOST_PEOPLE)
        self._blocks: _Shelf[tuple[str, str, bool], EntryBlocks] = _Shelf(MOST_GROUPS)
        self._feeds: _Shelf[_Wishes, PersonalFeed] = _Shelf(MOST_FEEDS)

    def open(self, secret: str) -> PersonalFeed | None:
        """Return the calendar that a secret opens; None for any other text.

        The secret is looked for by its digest: how long that takes says nothing about secrets
        that are nearly right, for their digests are nothing alike. Raises the store's faults.
        """
        digest = feed_digest(secret)
        if digest is None:
            return None
        with self._lock:
            self._look()
            wishes = self._people.get(digest, lambda: self._wishes(digest))
            return None if wishes is None else self._feed(wishes)

    def _look(self) -> None:
        """Forget what the store says has changed, looking there only now and then."""
        now = self._seconds()
        if self._looked is not None and now < self._looked + FRESH_SECONDS:
            return
        with self._store.reading() as memory:
            marks = memory.following_mark(), publication_mark(memory)
            published = last_publication(memory)
        if marks[0] != self._marks[0]:
            self._people.clear()
        if marks[1] != self._marks[1]:
            self._take(published)
        self._looked, self._marks = now, marks

    def _take(self, published: Publication | None) -> None:
        self._publication = published
        with suppress(InterimError):  # whoever edits the files is told by the commands
            self._groups = self._read_groups()
        self._blocks.clear()
        self._feeds.clear()

    def _wishes(self, digest: str) -> _Wishes | None:
        with self._store.reading() as memory:
            address = memory.feed_holder(digest)
            return None if address is None else memory.wishes_of(address)

    def _feed(self, wishes: _Wishes) -> PersonalFeed:
        language = wishes[0].language if wishes else SOURCE_LANGUAGE
        return self._feeds.get(
            tuple(map(_chosen, wishes)),
            lambda: personal_feed(
                [(wish, self._held(wish)) for wish in wishes], language, self._base_url
            ),
        )

    def _held(self, wish: Subscription) -> EntryBlocks:
        key = (wish.group, wish.language, wish.member)
        return self._blocks.get(key, lambda: self._written(*key))

    def _written(self, acronym: str, language: str, member: bool) -> EntryBlocks:
        published = self._publication
        if published is None or acronym not in published.revisions:
            return ()
        with self._store.reading() as memory:
            plan = memory.revision(acronym, published.revisions[acronym])
            since = feed_life(memory, acronym).since
        if plan is None:
            return ()
        return blocks_of(
            group_named(acronym, self._groups),
            touched(plan, since),
            self._base_url,
            published.at,
            for_members=member,
            languages=(language,),
        )[language]


def _chosen(wish: Subscription) -> Subscription:
    """Return a wish without its person: those who chose the same share one calendar."""
    return replace(wish, address="", zone="", since=_NEVER, id=0)
