"""The feeds that hold entries of several groups: of all, of each subtree and of each body."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.publication.assembling import feed
from scheduler.publication.entry_blocks import GroupBlocks, in_order
from scheduler.publication.group_feeds import of_kind
from scheduler.publication.names import (
    ALL,
    OF_ALL,
    VARIANTS,
    FeedKind,
    body_feed,
    feed_path,
    index_path,
    tree_feed,
)
from scheduler.publication.subtrees import bodies, subtrees
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker
from scheduler.wording.lines import one_line


@dataclass(frozen=True, slots=True)
class SharedFeed:
    """A feed of several groups: its name among files, their acronyms, and what it is called.

    `owner` says in a refusal whose it is, `title` and `about` in the language of a speaker.
    """

    name: str
    owner: str
    groups: frozenset[str]
    title: Callable[[Speaker], str]
    about: Callable[[Speaker], str]


def shared_feed_names(groups: Sequence[Group], known: Iterable[Group]) -> Iterator[SharedFeed]:
    """Yield the feeds of several of the `groups`.

    `known` are all groups whose settings tell who stands under whom, published or not.
    """
    published = frozenset(group.acronym for group in groups)
    yield SharedFeed(ALL, OF_ALL, published, _all_title, _all_about)
    for parent, below in subtrees([*known, *groups]).items():
        if below & published:
            yield _tree(parent, below & published)
    for body, members in bodies(groups).items():
        yield _body(body, members)


def shared_feeds(
    shared: SharedFeed, held: Mapping[str, GroupBlocks], base_url: str
) -> Iterator[tuple[str, bytes]]:
    """Yield one such feed in each variant by its path below the site.

    `held` is what the feeds of each group hold, by its acronym.
    """
    chosen = [held[acronym] for acronym in sorted(shared.groups)]
    whole = {
        language: in_order(
            one for own in chosen for one in of_kind(own.by_language[language], FeedKind.EVERYTHING)
        )
        for language in LANGUAGES
    }
    for variant in VARIANTS:
        said = speaker(variant.language or SOURCE_LANGUAGE)
        path = feed_path(shared.name, variant=variant)
        yield (
            path,
            feed(
                path,
                index_path(variant.language),
                base_url,
                name=shared.title(said),
                about=shared.about(said),
                language=said.language,
                variant=variant,
                blocks=whole[said.language],
            ),
        )


def _all_title(said: Speaker) -> str:
    return said.say("Interim meetings and deadlines")


def _all_about(said: Speaker) -> str:
    return said.say("Interim meetings and deadlines of all groups.")


def _tree(parent: str, groups: frozenset[str]) -> SharedFeed:
    name = one_line(parent)
    return SharedFeed(
        tree_feed(parent),
        f"{parent!r} and all groups below it",
        groups,
        lambda said: said.say("%(group)s and all groups below it", group=name),
        lambda said: said.say(
            "Interim meetings and deadlines of %(group)s and of all groups below it.", group=name
        ),
    )


def _body(body: str, groups: frozenset[str]) -> SharedFeed:
    name = one_line(body)
    return SharedFeed(
        body_feed(body),
        f"the body {body!r}",
        groups,
        lambda said: said.say("Interim meetings of %(body)s", body=name),
        lambda said: said.say(
            "Interim meetings and deadlines of all groups of %(body)s.", body=name
        ),
    )
