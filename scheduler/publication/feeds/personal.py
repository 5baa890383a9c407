"""One person's own calendar: what they follow of each group, with the alarms they chose."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from calendars.blocks import with_alarm
from calendars.model import Calendar
from calendars.writer import assemble
from scheduler.model.subscription import Following, Subscription
from scheduler.model.tombstone import Holding
from scheduler.publication.addresses import absolute
from scheduler.publication.feeds.entry_blocks import EntryBlock, EntryBlocks, in_order
from scheduler.publication.feeds.topics import topic_slug
from scheduler.publication.folder.compression import compressed
from scheduler.publication.folder.manifest import digest
from scheduler.publication.names import index_path
from scheduler.wording.languages import speaker

_HELD = {
    Following.EVERYTHING: frozenset((Holding.MEETING, Holding.DEADLINE, Holding.EVENT)),
    Following.MEETINGS: frozenset((Holding.MEETING,)),
    Following.DEADLINES: frozenset((Holding.DEADLINE,)),
}


@dataclass(frozen=True, slots=True)
class PersonalFeed:
    """A person's own calendar as it is sent: plain and compressed, each with its digest."""

    plain: bytes
    packed: bytes
    plain_digest: str
    packed_digest: str


def personal_feed(
    followed: Iterable[tuple[Subscription, EntryBlocks]], language: str, base_url: str
) -> PersonalFeed:
    """Return the calendar of who follows these groups; with each, what its members' feeds hold.

    It does not name its own address, as other feeds do: that is a secret, and files are shared.
    """
    said = speaker(language)
    calendar = Calendar(
        name=said.say("My interim meetings and deadlines"),
        description=said.say("What you follow of interim meetings. Its address is for you alone."),
        url=absolute(base_url, index_path(language)),
        language=language,
    )
    chosen = in_order(one for wish, held in followed for one in _chosen(wish, held))
    plain = assemble(calendar, [one.plain for one in chosen])
    packed = compressed(plain)
    return PersonalFeed(plain, packed, digest(plain), digest(packed))


def _chosen(wish: Subscription, held: EntryBlocks) -> Iterator[EntryBlock]:
    topics = frozenset(map(topic_slug, wish.topics))
    for one in held:
        if one.holding in _HELD[wish.following] and (not topics or topics & one.topics):
            yield _ringing(one, wish)


def _ringing(one: EntryBlock, wish: Subscription) -> EntryBlock:
    of_meeting = one.holding is Holding.MEETING
    minutes = wish.meeting_alarm_minutes if of_meeting else wish.deadline_alarm_minutes
    # What has no alarm in any feed, such as a cancelled entry, has nothing to wake for here.
    if not minutes or one.ringing is one.plain:
        return one
    return replace(one, plain=with_alarm(one.plain, dt.timedelta(minutes=minutes)))
