"""Which groups a letter comes from: since when its reader follows each, and how they leave it."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.subscription import Subscription
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.wording.languages import Speaker
from scheduler.wording.lines import one_line
from scheduler.wording.moments import day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A group that the reader follows, since when, and where they leave it."""

    group: str
    since: str
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """The groups of a letter, what its sender is called, and where one click leaves them all."""

    groups: tuple[Followed, ...]
    sender: str
    leave: str


def follows(
    wishes: Iterable[tuple[str, Subscription]],
    reader: Subscription,
    letterhead: Letterhead,
    speaker: Speaker,
    *,
    sender: str | None = None,
) -> Follows:
    """Return what a letter says of the groups it comes from: names of groups, each with a wish.

    `reader` is the wish in whose language and zone the letter speaks. One group is called
    `sender`, or by its name; of several none is the sender.
    """
    groups = tuple(
        Followed(
            group=one_line(group),
            since=day_in_words(wish.since.in_zone(reader.zone).date(), speaker),
            leave=letterhead.unsubscribe_url(wish.id),
        )
        for group, wish in wishes
    )
    if len(groups) == 1:
        (only,) = groups
        return Follows(groups=groups, sender=sender or only.group, leave=only.leave)
    return Follows(
        groups=groups,
        sender=speaker.say("Interim meetings"),
        leave=letterhead.leave_all_url(reader.id),
    )
