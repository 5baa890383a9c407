"""The feeds of one group: each kind in each variant."""

from collections.abc import Iterator

from scheduler.model.group import Group
from scheduler.publication.assembling import feed
from scheduler.publication.entry_blocks import BlocksByLanguage, EntryBlocks, Holding
from scheduler.publication.names import (
    VARIANTS,
    FeedKind,
    feed_path,
    feed_title,
    page_path,
    slug,
)
from scheduler.publication.tidying import tidy_group
from scheduler.wording.languages import Speaker, speaker

_HELD = {
    FeedKind.EVERYTHING: frozenset((Holding.MEETING, Holding.DEADLINE)),
    FeedKind.MEETINGS: frozenset((Holding.MEETING,)),
    FeedKind.DEADLINES: frozenset((Holding.DEADLINE,)),
}


def group_feeds(group: Group, own: BlocksByLanguage, base_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield each feed of a group with its path below the site; `own` is what they hold."""
    group, name = tidy_group(group), slug(group.acronym)
    for kind in FeedKind:
        held = {language: of_kind(blocks, kind) for language, blocks in own.items()}
        for variant in VARIANTS:
            language = variant.language or group.language
            said = speaker(language)
            path = feed_path(name, kind, variant)
            yield (
                path,
                feed(
                    path,
                    page_path(name, variant.language),
                    base_url,
                    name=feed_title(group.acronym, kind, said),
                    about=_about(group, said),
                    language=language,
                    variant=variant,
                    blocks=held[language],
                ),
            )


def of_kind(blocks: EntryBlocks, kind: FeedKind) -> EntryBlocks:
    """Return those of some blocks that a kind of feed holds."""
    return tuple(one for one in blocks if one.holding in _HELD[kind])


def _about(group: Group, said: Speaker) -> str:
    return said.say(
        "Interim meetings of %(group)s. Times are agreed in %(zone)s.",
        group=f"{group.name} ({group.acronym})" if group.name else group.acronym,
        zone=group.zone,
    )
