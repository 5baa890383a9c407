"""The feeds of one group: each kind, and each topic, in its variants."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.tombstone import Holding
from scheduler.publication.feeds.assembling import feed
from scheduler.publication.feeds.entry_blocks import EntryBlocks, GroupBlocks
from scheduler.publication.feeds.segments import Segment, Segments
from scheduler.publication.folder.pieces import Content
from scheduler.publication.names import (
    FEWER_VARIANTS,
    FeedKind,
    Variant,
    feed_path,
    feed_title,
    page_path,
    slug,
    topic_feed,
    variants_of,
)
from scheduler.publication.tidying import tidy_group
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker

_HELD = {
    FeedKind.EVERYTHING: frozenset((Holding.MEETING, Holding.DEADLINE)),
    FeedKind.MEETINGS: frozenset((Holding.MEETING,)),
    FeedKind.DEADLINES: frozenset((Holding.DEADLINE,)),
    FeedKind.EVENTS: frozenset((Holding.EVENT,)),
    FeedKind.TASKS: frozenset((Holding.TASK,)),
}


@dataclass(frozen=True, slots=True)
class _Named:
    """A feed's name among files, and what it is called in people's calendars."""

    name: str
    title: str


def group_feeds(
    group: Group, own: GroupBlocks, segments: Segments, base_url: str
) -> Iterator[tuple[str, Content]]:
    """Yield each feed of a group by its path below the site; `own` is what they hold.

    `segments` makes the parts that several of them share.
    """
    group, name = tidy_group(group), slug(group.acronym)
    for kind in FeedKind:
        held = {language: of_kind(own.by_language[language], kind) for language in LANGUAGES}
        for variant in variants_of(kind):
            said = speaker(variant.language or group.language)
            named = _Named(name + kind, feed_title(group.acronym, kind, said))
            segment = segments.of(held[said.language], variant)
            yield _feed(group, named, variant, said, segment, base_url)
    for topic, called in own.topics.items():
        held = {language: of_topic(own.by_language[language], topic) for language in LANGUAGES}
        for variant in FEWER_VARIANTS:
            said = speaker(variant.language or group.language)
            title = said.say("%(group)s: %(topic)s", group=group.acronym, topic=called)
            named = _Named(topic_feed(name, topic), title)
            segment = segments.of(held[said.language], variant)
            yield _feed(group, named, variant, said, segment, base_url)


def everything(own: GroupBlocks, segments: Segments, variant: Variant) -> Segment:
    """Return what a group's feed of everything holds, in a variant that names its language."""
    held = own.by_language[variant.language or SOURCE_LANGUAGE]
    return segments.of(of_kind(held, FeedKind.EVERYTHING), variant)


def of_kind(blocks: EntryBlocks, kind: FeedKind) -> EntryBlocks:
    """Return those of some blocks that a kind of feed holds."""
    return tuple(one for one in blocks if one.holding in _HELD[kind])


def of_topic(blocks: EntryBlocks, topic: str) -> EntryBlocks:
    """Return the meetings on a topic, by its slug, and their deadlines."""
    return tuple(one for one in of_kind(blocks, FeedKind.EVERYTHING) if topic in one.topics)


def _feed(
    group: Group,
    named: _Named,
    variant: Variant,
    said: Speaker,
    segment: Segment,
    base_url: str,
) -> tuple[str, Content]:
    path = feed_path(named.name, variant=variant)
    return path, feed(
        path,
        page_path(slug(group.acronym), variant.language),
        base_url,
        name=named.title,
        about=_about(group, said),
        language=said.language,
        segments=[segment],
        color=group.color,
    )


def _about(group: Group, said: Speaker) -> str:
    return said.say(
        "Interim meetings of %(group)s. Times are agreed in %(zone)s.",
        group=f"{group.name} ({group.acronym})" if group.name else group.acronym,
        zone=group.zone,
    )
