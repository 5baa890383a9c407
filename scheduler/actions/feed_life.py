"""What is remembered of published feeds, so that none vanishes and every change is dated."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.publication.feeds.shared_feeds import Source
from scheduler.publication.upkeep.origins import digest_of
from scheduler.store.protocol import Memory

_OF_GROUP = "feeds of {}"
_SHARED = "shared feeds"


@dataclass(frozen=True, slots=True)
class FeedLife:
    """The life of a group's feeds up to their last publication.

    `settings` is a digest of what entries say beside their plan, and `since` when that changed,
    None while it never did; `topics` are all that ever had feeds, the name of each by its slug.
    """

    settings: str = ""
    since: Instant | None = None
    topics: Mapping[str, str] | None = None

    def under(self, group: Group, base_url: str, now: Instant) -> "FeedLife":
        """Return it with the settings of now: where they are others, they are so since now."""
        settings = digest_of(group, base_url)
        if settings == self.settings:
            return self
        return replace(self, settings=settings, since=now if self.settings else None)


def feed_life(memory: Memory, acronym: str) -> FeedLife:
    """Return what is remembered of a group's feeds."""
    text = memory.recall(_OF_GROUP.format(acronym))
    if not text:
        return FeedLife()
    found = json.loads(text)
    since = Instant.parse(found["since"]) if found["since"] else None
    return FeedLife(found["settings"], since, found["topics"])


def remember_feeds(memory: Memory, acronym: str, life: FeedLife) -> None:
    """Remember what became of a group's feeds."""
    document = {
        "settings": life.settings,
        "since": str(life.since) if life.since else None,
        "topics": dict(life.topics or {}),
    }
    memory.remember(_OF_GROUP.format(acronym), json.dumps(document, sort_keys=True))


def shared_sources(memory: Memory) -> tuple[Source, ...]:
    """Return of what parents and bodies feeds of several groups were published."""
    found = json.loads(memory.recall(_SHARED) or "[]")
    return tuple((kind, name) for kind, name in found)


def remember_sources(memory: Memory, sources: Iterable[Source]) -> None:
    """Remember them."""
    memory.remember(_SHARED, json.dumps(sorted(sources)))
