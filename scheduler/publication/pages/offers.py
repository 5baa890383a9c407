"""Which feeds a page offers: those of its group and of each of its topics, or of many groups."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.publication.feeds.shared_feeds import shared_feed_names
from scheduler.publication.feeds.topics import group_topics
from scheduler.publication.names import (
    ALL,
    FEWER_VARIANTS,
    SILENT_VARIANTS,
    FeedKind,
    topic_feed,
    variants_of,
)
from scheduler.publication.pages.views import GroupView
from scheduler.wording.languages import Speaker


class Limits(StrEnum):
    """Which wishes a feed is not published with; the page's script knows these words."""

    NONE = ""
    FEWER = "fewer"  # reminders and leaving out what is cancelled: in the group's language alone
    SILENT = "silent"  # and no reminders


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed that can be chosen: what its names begin with, its label, and what limits it.

    `topic` is whether it is that of a topic.
    """

    stem: str
    label: str
    limits: Limits = Limits.NONE
    topic: bool = False


def group_offers(group: Group, plan: Plan, view: GroupView, said: Speaker) -> Iterator[Offer]:
    """Yield what the page of a group offers, the feed of everything first."""
    for kind in FeedKind:
        yield Offer(stem=view.slug + kind, label=kind_label(kind, said), limits=_limits(kind))
    topics = group_topics(plan, group)
    shown = frozenset[str]().union(*(topics.by_meeting[meeting.uid] for meeting in view.meetings))
    for topic, name in topics.names.items():
        if topic in shown:
            stem = topic_feed(view.slug, topic)
            yield Offer(stem=stem, label=name, limits=Limits.FEWER, topic=True)


def shared_offers(
    groups: Sequence[Group], known: Iterable[Group], said: Speaker
) -> Iterator[Offer]:
    """Yield what the page of all groups offers: everything first, then subtrees and bodies.

    `known` are further groups, whose settings tell who stands under whom.
    """
    for shared in shared_feed_names(groups, known):
        label = said.say("All groups") if shared.name == ALL else shared.title(said)
        yield Offer(stem=shared.name, label=label)


def kind_label(kind: FeedKind, said: Speaker) -> str:
    """Return what a page calls the feed of a kind."""
    match kind:
        case FeedKind.MEETINGS:
            return said.say("Meetings only")
        case FeedKind.DEADLINES:
            return said.say("Deadlines only")
        case FeedKind.EVENTS:
            return said.say("Events beside the meetings")
        case FeedKind.TASKS:
            return said.say("Deadlines as tasks")
        case FeedKind.EVERYTHING:
            return said.say("Meetings and deadlines")


def _limits(kind: FeedKind) -> Limits:
    found = variants_of(kind)
    if found == SILENT_VARIANTS:
        return Limits.SILENT
    return Limits.FEWER if found == FEWER_VARIANTS else Limits.NONE
