"""What has to be made of a site, for the rest of it stands and holds."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from calendars.stretches import NotRewritable
from scheduler.actions.feed_life import FeedLife, feed_life, shared_sources
from scheduler.actions.metrics import published_figures
from scheduler.actions.past import past_of
from scheduler.actions.plan import known_group
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.tombstone import Tombstone
from scheduler.publication.feeds.shared_feeds import Source
from scheduler.publication.folder.files import Folder
from scheduler.publication.folder.state import Portion
from scheduler.publication.lists.told import Told, told
from scheduler.publication.names import slug
from scheduler.publication.upkeep.origins import digest_of, product, turns_of
from scheduler.publication.upkeep.portions import (
    OwnPortion,
    SharedPortion,
    Sharing,
    refuse_collisions,
    shared_portions,
)
from scheduler.publication.upkeep.shares import Share
from scheduler.publication.upkeep.shelf import KeptFeeds, Shelf
from scheduler.publication.upkeep.touching import touched
from scheduler.store.protocol import Memory, PlanMark

_SHARED = "\0"  # what the names of portions begin with that no group has


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a site is made with: the groups' files, the packs, where it is public, and the time."""

    groups: Mapping[str, Group]
    packs: Sequence[Pack]
    base_url: str
    now: Instant
    only: str | None = None
    fresh: bool = False
    subscribe_form: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """The paths of the files that stand beside those that were made, and what each was made from.

    `groups` are those that are published as their plans stand, and `lives` what is to be
    remembered of their feeds, as far as it is new; `sources` are all that shared feeds were made
    for. `left` is what is left of entries that are kept no longer, by group, as far as it was
    asked.
    """

    marks: Mapping[str, PlanMark]
    groups: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()
    portions: Mapping[str, Portion] = field(default_factory=dict)
    lives: Mapping[str, FeedLife] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    left: Mapping[str, tuple[Tombstone, ...]] = field(default_factory=dict)


def remake(memory: Memory, folder: Folder, kept: Path | None, making: Making) -> Made:
    """Put what differs from what stands in a folder into it, to be written.

    In the folder `kept` lies what groups gave to the shared files. Raises `FeedNameCollision`,
    and `OutputNotWritable`.
    """
    marks = memory.marks()
    groups = {name: known_group(name, memory, making.groups) for name in sorted(marks)}
    lives = {name: feed_life(memory, name) for name in groups}
    inputs = {
        name: _inputs(group, lives[name], (marks[name], memory.tombstones(name)), making)
        for name, group in groups.items()
    }
    work = partial(_Work, memory, folder, making, groups, lives, inputs)
    try:
        shelf = Shelf(kept, folder) if kept else None
        return work(shelf, _standing_by(folder, groups, making)).made(marks)
    except NotRewritable:
        folder.begin_again()
        return work(None, None).made(marks)


def _standing_by(folder: Folder, groups: Iterable[str], making: Making) -> frozenset[str] | None:
    """Return the groups that stay as they were published, None where all are published now.

    All are, too, where nobody knows any more what else was published.
    """
    published = frozenset(groups) & folder.state.portions.keys()
    if making.only is None or (folder.ours and not published):
        return None
    portions = folder.state.portions
    whole = (name for name in published if folder.all_stand(portions[name]))
    return frozenset(whole) - {making.only}


def _inputs(group: Group, life: FeedLife, known: object, making: Making) -> str:
    since = life.under(group, making.base_url, making.now).since
    periods = [pack.study_periods for pack in making.packs if pack.body == group.body]
    where = making.base_url, making.subscribe_form
    return digest_of(product(), where, group, periods, since, known)


class _Work:
    """One publication in the making; without a shelf, shares are held in memory.

    The groups of `standing` stay as they were published; beside them and the one that is asked
    for none is published. None publishes all.
    """

    def __init__(
        self,
        memory: Memory,
        folder: Folder,
        making: Making,
        groups: Mapping[str, Group],
        known: Mapping[str, FeedLife],
        inputs: Mapping[str, str],
        shelf: Shelf | None,
        standing: frozenset[str] | None,
    ) -> None:
        self._memory, self._folder, self._shelf = memory, folder, shelf
        self._making, self._inputs = making, inputs
        self._before = folder.state.portions
        self._standing = set(standing or ())
        named = {making.only, *self._standing, *self._before} if standing is not None else groups
        self._groups = {name: group for name, group in groups.items() if name in named}
        self._known = known
        self._lives = {
            name: known[name].under(group, making.base_url, making.now)
            for name, group in self._groups.items()
        }
        self._plans: dict[str, Plan] = {}
        self._left: dict[str, tuple[Tombstone, ...]] = {}
        self._shares: dict[str, Share] = {}
        self._portions: dict[str, Portion] = {}

    def made(self, marks: Mapping[str, PlanMark]) -> Made:
        """Return what was made, and what stands."""
        for name in self._groups:
            if self._stands(name):
                self._portions[name] = self._before[name]
            else:
                self._make_own(name)
        sharing = self._sharing()
        shared = dict(self._make_shared(sharing))
        owned = {name: one.files for name, one in self._portions.items()}
        refuse_collisions(owned, {owner: one.files for owner, one in shared.items()})
        self._portions |= {_SHARED + owner: one for owner, one in shared.items()}
        self._folder.await_writers()
        return Made(
            marks,
            groups=frozenset(self._groups.keys() - self._standing),
            kept=tuple({path for one in self._portions.values() for path in one.files}),
            portions=self._portions,
            lives={name: one for name, one in self._lives.items() if one != self._known[name]},
            sources=tuple(one.source for one in sharing.feeds() if any(one.source)),
            left=self._left,
        )

    def _stands(self, name: str) -> bool:
        if name in self._standing:
            return True
        return self._holds(name, self._inputs[name], self._today(self._groups[name].zone))

    def _holds(self, name: str, inputs: str, today: dt.date) -> bool:
        portion = self._before.get(name)
        return (
            not self._making.fresh
            and portion is not None
            and portion.holds(inputs, today)
            and self._folder.all_stand(portion)
        )

    def _make_own(self, name: str) -> None:
        group, plan, making = self._groups[name], self._plan(name), self._making
        own = self._own_portion(name)
        self._lives[name] = replace(self._lives[name], topics=own.topics)
        known = published_figures(self._memory, [(group, plan)], making.packs)
        files = own.files(known.get(name, ()), subscribe_form=making.subscribe_form)
        feeds = KeptFeeds(slug(group.acronym), own.share)
        paths = list[str]()
        for path, content in files:
            paths += self._folder.put(path, content)
            feeds.see(path, content)
        if self._shelf is None:
            self._shares[name] = own.share
        else:
            self._shelf.put(self._key(name), own.share, feeds)
        turns, today = turns_of(plan, group), self._today(group.zone)
        self._portions[name] = Portion(self._inputs[name], tuple(sorted(paths)), turns, today)

    def _sharing(self) -> Sharing:
        making = self._making
        shares = {name: self._share(name) for name in self._groups}
        keys = {name: self._key(name) for name in self._groups}
        if self._shelf is not None:
            self._shelf.clear(frozenset(keys.values()))
        return Sharing(
            self._groups,
            shares,
            keys,
            making.base_url,
            tuple(making.groups.values()),
            shared_sources(self._memory),
            making.subscribe_form,
        )

    def _make_shared(self, sharing: Sharing) -> Iterator[tuple[str, Portion]]:
        """Yield the portions that no group has, each with its owner."""
        for one in shared_portions(sharing, self._making.now):
            where = sharing.base_url, sharing.subscribe_form
            yield one.owner, self._made_or_held(one, digest_of(product(), where, one.made_from))

    def _made_or_held(self, one: SharedPortion, inputs: str) -> Portion:
        today, name = self._today("UTC"), _SHARED + one.owner
        if self._holds(name, inputs, today):
            return self._before[name]
        paths = self._folder.put_all(one.files())
        return Portion(inputs, tuple(sorted(paths)), (), today)

    def _share(self, name: str) -> Share:
        """Return what a group gives to the shared files: as it was made now, or before."""
        if name not in self._shares and (kept := self._kept(name)) is not None:
            return kept
        if name not in self._shares:
            # The same files again, and what is kept of them; or those of now, with the shared ones.
            self._standing.discard(name)
            self._make_own(name)
        return self._shares.get(name) or self._kept(name) or self._own_portion(name).share

    def _kept(self, name: str) -> Share | None:
        return self._shelf.get(self._key(name)) if self._shelf else None

    def _own_portion(self, name: str) -> OwnPortion:
        group, making = self._groups[name], self._making
        plan, told, life = self._plan(name), self._told(name), self._lives[name]
        return OwnPortion(group, plan, making.base_url, making.now, told, life.topics)

    def _told(self, name: str) -> Told:
        group, plan, now = self._groups[name], self._plan(name), self._making.now
        past = past_of(self._memory, group, plan, now)
        self._left[name] = past.tombstones
        return told(group, plan, past, now)

    def _key(self, name: str) -> str:
        """Return a digest of all that a group's share is made from, the day included."""
        if name in self._standing:
            known = self._before[name]
            return digest_of(known.inputs, bisect_left(known.turns, known.made_on))
        return digest_of(self._inputs[name], self._turned(name))

    def _turned(self, name: str) -> int:
        known = self._before.get(name)
        today = self._today(self._groups[name].zone)
        if known is not None and known.inputs == self._inputs[name]:
            return bisect_left(known.turns, today)
        return bisect_left(turns_of(self._plan(name), self._groups[name]), today)

    def _plan(self, name: str) -> Plan:
        if name not in self._plans:
            found = self._memory.current(name)
            if found is None:
                raise LookupError(name)
            self._plans[name] = touched(found, self._lives[name].since)
        return self._plans[name]

    def _today(self, zone: str) -> dt.date:
        return self._making.now.in_zone(zone).date()
