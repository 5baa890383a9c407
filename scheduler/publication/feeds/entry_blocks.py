"""What a group's feeds hold, written once for each language, to stand in many feeds."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calendars.blocks import Block, block, with_alarm
from calendars.model import Entry, EntryStatus
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.tombstone import Holding
from scheduler.publication.feeds.entries import as_task, deadline_entry, event_entry, meeting_entry
from scheduler.publication.feeds.topics import GroupTopics, group_topics
from scheduler.publication.letting_in import public_plan
from scheduler.publication.standing import (
    standing_deadlines,
    standing_events,
    standing_meetings,
)
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker

MEETING_ALARM = dt.timedelta(minutes=15)
DEADLINE_ALARM = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """An entry as its feeds hold it: plain, and with the alarm that some of them have.

    `topics` are the slugs of the topics it is about.
    """

    holding: Holding
    plain: Block
    ringing: Block
    topics: frozenset[str] = frozenset()

    @property
    def entry(self) -> Entry:
        """The entry itself, without an alarm."""
        return self.plain.entry

    @property
    def is_cancelled(self) -> bool:
        """Whether it no longer holds."""
        return self.entry.status is EntryStatus.CANCELLED


EntryBlocks = tuple[EntryBlock, ...]
BlocksByLanguage = Mapping[str, EntryBlocks]


@dataclass(frozen=True, slots=True)
class GroupBlocks:
    """What the feeds of a group hold by language, in order of time.

    `topics` are those that have feeds, the name of each by its slug: the ones that its meetings
    in the feeds are held on, and those that had feeds before.
    """

    by_language: BlocksByLanguage
    topics: Mapping[str, str]


def group_blocks(
    group: Group,
    plan: Plan,
    base_url: str,
    today: Instant,
    former_topics: Mapping[str, str] | None = None,
) -> GroupBlocks:
    """Return what the public feeds of a group hold on a day.

    `former_topics` had feeds before: these become empty, for a feed that is gone would leave
    what it held with whoever follows it.
    """
    names = group_topics(tidy_plan(plan), tidy_group(group)).names
    blocks = blocks_of(group, plan, base_url, today)
    held = frozenset().union(*(one.topics for one in blocks[SOURCE_LANGUAGE]))
    now = {topic: name for topic, name in names.items() if topic in held}
    return GroupBlocks(blocks, dict(sorted(({**(former_topics or {}), **now}).items())))


def blocks_of(
    group: Group,
    plan: Plan,
    base_url: str,
    today: Instant,
    *,
    for_members: bool = False,
    languages: Iterable[str] = LANGUAGES,
) -> BlocksByLanguage:
    """Return what feeds of a group hold on a day, by language, in order of time.

    `for_members` says that they are for nobody else, and may hold what only members see.
    """
    shown = tidy_plan(plan if for_members else public_plan(plan, group))
    group = tidy_group(group)
    topics = group_topics(shown, group)
    return {
        said.language: in_order(_blocks(group, shown, base_url, today, said, topics))
        for said in map(speaker, languages)
    }


def in_order(blocks: Iterable[EntryBlock]) -> EntryBlocks:
    """Return blocks by the start of their entries."""
    return tuple(sorted(blocks, key=_order))


def _blocks(
    group: Group, plan: Plan, base_url: str, today: Instant, said: Speaker, topics: GroupTopics
) -> Iterator[EntryBlock]:
    for meeting in standing_meetings(plan, group, today):
        entry = meeting_entry(meeting, plan, group, said, base_url)
        yield _written(Holding.MEETING, entry, MEETING_ALARM, topics.by_meeting[meeting.uid])
    for meeting, deadline in standing_deadlines(plan, group, today):
        entry = deadline_entry(deadline, meeting, plan, group, said, base_url)
        about = topics.by_meeting[meeting.uid]
        yield _written(Holding.DEADLINE, entry, DEADLINE_ALARM, about)
        yield _written(Holding.TASK, as_task(entry), DEADLINE_ALARM, about)
    for event in standing_events(plan, group, today):
        plain = block(event_entry(event, group, said, base_url))
        yield EntryBlock(Holding.EVENT, plain, plain)


def _written(
    holding: Holding, entry: Entry, alarm: dt.timedelta, topics: frozenset[str]
) -> EntryBlock:
    plain = block(entry)
    # A cancelled entry has nothing to wake for, and a day without an hour no moment to do it.
    silent = entry.status is EntryStatus.CANCELLED or not isinstance(entry.starts, dt.datetime)
    return EntryBlock(holding, plain, plain if silent else with_alarm(plain, alarm), topics)


def _order(one: EntryBlock) -> tuple[dt.datetime, str]:
    starts = one.entry.starts
    if isinstance(starts, dt.datetime):
        return starts.astimezone(dt.UTC), one.entry.uid
    return dt.datetime.combine(starts, dt.time(), dt.UTC), one.entry.uid
