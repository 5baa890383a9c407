"""What a group's feeds hold, written once for each language, to stand in many feeds."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from calendars.blocks import Block, block, with_alarm
from calendars.model import Entry, EntryStatus
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.publication.entries import deadline_entry, meeting_entry
from scheduler.publication.standing import standing_deadlines, standing_meetings
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.wording.languages import LANGUAGES, Speaker, speaker

MEETING_ALARM = dt.timedelta(minutes=15)
DEADLINE_ALARM = dt.timedelta(days=1)


class Holding(Enum):
    """What an entry of a feed is."""

    MEETING = auto()
    DEADLINE = auto()


_ALARMS = {Holding.MEETING: MEETING_ALARM, Holding.DEADLINE: DEADLINE_ALARM}


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """An entry as its feeds hold it: plain, and with the alarm that some of them have."""

    holding: Holding
    plain: Block
    ringing: Block

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


def blocks_of(group: Group, plan: Plan, base_url: str, today: Instant) -> BlocksByLanguage:
    """Return what the feeds of a group hold on a day, by language, in order of time."""
    plan, group = tidy_plan(plan), tidy_group(group)
    return {
        said.language: _blocks(group, plan, base_url, today, said)
        for said in map(speaker, LANGUAGES)
    }


def in_order(blocks: Iterable[EntryBlock]) -> EntryBlocks:
    """Return blocks by the start of their entries."""
    return tuple(sorted(blocks, key=_order))


def _blocks(group: Group, plan: Plan, base_url: str, today: Instant, said: Speaker) -> EntryBlocks:
    meetings = (
        _written(Holding.MEETING, meeting_entry(meeting, plan, group, said, base_url))
        for meeting in standing_meetings(plan, group, today)
    )
    deadlines = (
        _written(Holding.DEADLINE, deadline_entry(deadline, meeting, plan, group, said, base_url))
        for meeting, deadline in standing_deadlines(plan, group, today)
    )
    return in_order([*meetings, *deadlines])


def _written(holding: Holding, entry: Entry) -> EntryBlock:
    plain = block(entry)
    # A cancelled entry has nothing to wake for, and a day without an hour no moment to do it.
    silent = entry.status is EntryStatus.CANCELLED or not isinstance(entry.starts, dt.datetime)
    return EntryBlock(holding, plain, plain if silent else with_alarm(plain, _ALARMS[holding]))


def _order(one: EntryBlock) -> tuple[dt.datetime, str]:
    starts = one.entry.starts
    if isinstance(starts, dt.datetime):
        return starts.astimezone(dt.UTC), one.entry.uid
    return dt.datetime.combine(starts, dt.time(), dt.UTC), one.entry.uid
