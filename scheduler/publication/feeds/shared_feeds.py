"""The feeds that hold entries of several groups: of all, of each subtree and of each body."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.model.group import Group
from scheduler.publication.feeds.assembling import feed
from scheduler.publication.feeds.segments import Segment
from scheduler.publication.feeds.subtrees import bodies, subtrees
from scheduler.publication.folder.pieces import Content
from scheduler.publication.names import (
    ALL,
    OF_ALL,
    VARIANTS,
    Variant,
    body_feed,
    feed_path,
    index_path,
    tree_feed,
)
from scheduler.wording.languages import SOURCE_LANGUAGE, Speaker, speaker
from scheduler.wording.lines import one_line

Source = tuple[str, str]  # "tree" or "body", and the name of the parent or body
Held = Callable[[Variant], Segment]  # what a group's feed of everything holds, by its variant

_TREE, _BODY = "tree", "body"


@dataclass(frozen=True, slots=True)
class SharedFeed:
    """A feed of several groups: its name among files, their acronyms, and what it is called.

    `source` is what it is made for; `owner` says in a refusal whose it is, `title` and `about` in
    the language of a speaker.
    """

    source: Source
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
    yield SharedFeed(("", ""), ALL, OF_ALL, published, _all_title, _all_about)
    for parent, below in subtrees([*known, *groups]).items():
        if below & published:
            yield _tree(parent, below & published)
    for body, members in bodies(groups).items():
        yield _body(body, members)


def with_former(feeds: Iterable[SharedFeed], former: Iterable[Source]) -> Iterator[SharedFeed]:
    """Yield feeds, and for each of the `former` sources that has none any more an empty one."""
    names = set[str]()
    for feed_of_several in feeds:
        names.add(feed_of_several.name)
        yield feed_of_several
    for kind, name in former:
        empty = (_tree if kind == _TREE else _body)(name, frozenset())
        if empty.name not in names:
            names.add(empty.name)
            yield empty


def shared_feeds(
    shared: SharedFeed, held: Mapping[str, Held], base_url: str
) -> Iterator[tuple[str, Content]]:
    """Yield one such feed in each variant by its path below the site.

    `held` gives what the feed of each group holds, by its acronym. The groups come one after the
    other, so that what one of them holds is written once, and is a part of each of its feeds.
    Raises `NotRewritable`.
    """
    chosen = [held[acronym] for acronym in sorted(shared.groups)]
    for language, variants in groupby(sorted(VARIANTS, key=_language), key=_language):
        said = speaker(language)
        for variant in variants:
            path = feed_path(shared.name, variant=variant)
            wish = replace(variant, language=language)
            yield (
                path,
                feed(
                    path,
                    index_path(variant.language),
                    base_url,
                    name=shared.title(said),
                    about=shared.about(said),
                    language=language,
                    segments=[own(wish) for own in chosen],
                ),
            )


def _language(variant: Variant) -> str:
    return variant.language or SOURCE_LANGUAGE


def _all_title(said: Speaker) -> str:
    return said.say("Interim meetings and deadlines")


def _all_about(said: Speaker) -> str:
    return said.say("Interim meetings and deadlines of all groups.")


def _tree(parent: str, groups: frozenset[str]) -> SharedFeed:
    name = one_line(parent)
    return SharedFeed(
        (_TREE, parent),
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
        (_BODY, body),
        body_feed(body),
        f"the body {body!r}",
        groups,
        lambda said: said.say("Interim meetings of %(body)s", body=name),
        lambda said: said.say(
            "Interim meetings and deadlines of all groups of %(body)s.", body=name
        ),
    )
