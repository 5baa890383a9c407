"""What a plan would change in feeds: the files, and each entry as calendars will see it."""

from dataclasses import dataclass

from calendars.model import Entry
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.tombstone import Holding
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.publication.feeds.entry_blocks import EntryBlock, blocks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry as calendars know it and as they would; None where they have none."""

    uid: str
    holding: Holding
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChanges:
    """The paths of feeds whose bytes change, sorted, and the entries that do: meetings first."""

    files: tuple[str, ...] = ()
    entries: tuple[EntryChange, ...] = ()


def feed_changes(
    group: Group, before: Plan | None, after: Plan, base_url: str, today: Instant
) -> FeedChanges:
    """Return what becomes of the feeds when `after`, as it is stamped, takes the place of a plan.

    The feeds of all groups change exactly where those of this group alone would, so that no
    other group has to be looked at.
    """
    old = feeds([(group, before)] if before else [], base_url, today)
    new = feeds([(group, after)], base_url, today)
    files = (path for path in {*old, *new} if old.get(path) != new.get(path))
    known = _by_uid(group, before, base_url, today) if before else {}
    said = _by_uid(group, after, base_url, today)
    entries = (
        EntryChange(
            uid=uid,
            holding=either.holding,
            before=known[uid].entry if uid in known else None,
            after=said[uid].entry if uid in said else None,
        )
        for uid, either in (said | known).items()
        if known.get(uid) != said.get(uid)
    )
    return FeedChanges(files=tuple(sorted(files)), entries=tuple(entries))


def _by_uid(group: Group, plan: Plan, base_url: str, today: Instant) -> dict[str, EntryBlock]:
    own = blocks_of(group, plan, base_url, today)[group.language]
    # A task is the entry of its deadline in another form.
    kinds = (Holding.MEETING, Holding.DEADLINE, Holding.EVENT)
    return {one.entry.uid: one for kind in kinds for one in own if one.holding is kind}
