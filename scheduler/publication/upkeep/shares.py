"""What a group gives to the files that speak of several groups."""

from dataclasses import dataclass

from scheduler.publication.feeds.shared_feeds import Held
from scheduler.publication.lists.news import News
from scheduler.publication.pages.timeline import Line
from scheduler.publication.upkeep.ordered import Ordered


@dataclass(frozen=True, slots=True)
class Share:
    """What a group's own feed of everything holds, its lines among those of all, and its news."""

    feed: Held
    lines: Ordered[Line]
    news: Ordered[News]
