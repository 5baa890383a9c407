"""What a group gives to the files that speak of several groups."""

from dataclasses import dataclass

from scheduler.publication.lists.news import News
from scheduler.publication.ordered import Ordered
from scheduler.publication.shared_feeds import Held
from scheduler.publication.timeline import Line


@dataclass(frozen=True, slots=True)
class Share:
    """What a group's own feed of everything holds, its lines among those of all, and its news."""

    feed: Held
    lines: Ordered[Line]
    news: Ordered[News]
