"""What has to be made of a site, for the rest of it stands and holds."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.actions.metrics import published_figures
from scheduler.actions.past import past_of
from scheduler.actions.plan import known_group
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.tombstone import Tombstone
from scheduler.publication.compression import with_compressed
from scheduler.publication.files import Folder
from scheduler.publication.lists.told import Told, told
from scheduler.publication.origins import digest_of, product, turns_of
from scheduler.publication.portions import (
    Share,
    own_files,
    refuse_collisions,
    share_of,
    shared_files,
)
from scheduler.publication.shelf import NotKept, Shelf
from scheduler.publication.state import Portion
from scheduler.store.protocol import Memory, PlanMark

_SHARED = ""  # the name of the portion that no group has


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
    """The files that were made, the paths of those that stand, and what each was made from.

    `left` is what is left of entries that are kept no longer, by group, as far as it was asked.
    """

    marks: Mapping[str, PlanMark]
    files: Mapping[str, bytes] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    portions: Mapping[str, Portion] = field(default_factory=dict)
    left: Mapping[str, tuple[Tombstone, ...]] = field(default_factory=dict)


def remake(memory: Memory, folder: Folder, shelf: Shelf, making: Making) -> Made:
    """Make what differs from what stands in a folder; raises `FeedNameCollision`."""
    marks = memory.marks()
    groups = {name: known_group(name, memory, making.groups) for name in sorted(marks)}
    inputs = {
        name: _inputs(group, (marks[name], memory.tombstones(name)), making)
        for name, group in groups.items()
    }
    try:
        work = _Work(memory, folder, shelf, making, groups, inputs)
        return work.made(marks)
    except NotKept:
        work = _Work(memory, folder, Shelf(None), making, groups, inputs)
        return work.made(marks)


def _inputs(group: Group, known: object, making: Making) -> str:
    periods = [pack.study_periods for pack in making.packs if pack.body == group.body]
    where = making.base_url, making.subscribe_form
    return digest_of(product(), where, group, periods, known)


class _Work:
    """One publication in the making."""

    def __init__(
        self,
        memory: Memory,
        folder: Folder,
        shelf: Shelf,
        making: Making,
        groups: Mapping[str, Group],
        inputs: Mapping[str, str],
    ) -> None:
        self._memory, self._folder, self._shelf = memory, folder, shelf
        self._making, self._groups, self._inputs = making, groups, inputs
        self._plans: dict[str, Plan] = {}
        self._left: dict[str, tuple[Tombstone, ...]] = {}
        self._shares: dict[str, Share] = {}
        self._portions: dict[str, Portion] = {}
        self._files: dict[str, bytes] = {}

    def made(self, marks: Mapping[str, PlanMark]) -> Made:
        """Return what was made, and what stands."""
        before = self._folder.state.portions
        for name in self._groups:
            if not self._stands(name):
                self._make_own(name)
            elif name in before:
                self._portions[name] = before[name]
        self._make_shared()
        owned = {name: one.files for name, one in self._portions.items() if name != _SHARED}
        refuse_collisions(owned, self._portions[_SHARED].files)
        paths = {path for one in self._portions.values() for path in one.files}
        kept = tuple(paths - self._files.keys())
        return Made(marks, self._files, kept, self._portions, self._left)

    def _stands(self, name: str) -> bool:
        only = self._making.only
        if only is not None and name != only:
            return True
        return self._holds(name, self._inputs[name], self._today(self._groups[name].zone))

    def _holds(self, name: str, inputs: str, today: dt.date) -> bool:
        portion = self._folder.state.portions.get(name)
        return (
            not self._making.fresh
            and portion is not None
            and portion.holds(inputs, today)
            and all(map(self._folder.stands, portion.files))
        )

    def _make_own(self, name: str) -> None:
        group, plan = self._groups[name], self._plan(name)
        share = self._shares[name] = self._make_share(name)
        known = published_figures(self._memory, [(group, plan)], self._making.packs)
        figures = known.get(name, ())
        own = own_files(
            group,
            plan,
            share,
            figures,
            self._making.base_url,
            self._told(name),
            subscribe_form=self._making.subscribe_form,
        )
        files = with_compressed(own)
        self._files |= files
        today = self._today(group.zone)
        turns = turns_of(plan, group)
        self._portions[name] = Portion(self._inputs[name], tuple(sorted(files)), turns, today)

    def _make_shared(self) -> None:
        today = self._today("UTC")
        known = tuple(self._making.groups.values())
        keys = [self._key(name) for name in self._groups]
        making = self._making
        where = making.base_url, making.subscribe_form
        inputs = digest_of(product(), where, keys, known, today)
        if self._holds(_SHARED, inputs, today):
            self._portions[_SHARED] = self._folder.state.portions[_SHARED]
            return
        shares = {name: self._share(name) for name in self._groups}
        self._shelf.clear(frozenset(keys))
        made = shared_files(
            self._groups,
            shares,
            making.base_url,
            making.now,
            known,
            subscribe_form=making.subscribe_form,
        )
        files = with_compressed(made)
        self._files |= files
        self._portions[_SHARED] = Portion(inputs, tuple(sorted(files)), (), today)

    def _share(self, name: str) -> Share:
        """Return what a group gives to the shared files: as it was made now, or before."""
        key = self._key(name)
        if name not in self._shares:
            kept = None if self._making.fresh else self._shelf.get(key)
            self._shares[name] = kept or self._make_share(name)
        return self._shares[name]

    def _make_share(self, name: str) -> Share:
        making = self._making
        group, plan = self._groups[name], self._plan(name)
        share = share_of(group, plan, making.base_url, making.now, self._told(name))
        self._shelf.put(self._key(name), share)
        return share

    def _told(self, name: str) -> Told:
        group, plan, now = self._groups[name], self._plan(name), self._making.now
        past = past_of(self._memory, group, plan, now)
        self._left[name] = past.tombstones
        return told(group, plan, past, now)

    def _key(self, name: str) -> str:
        """Return a digest of all that a group's share is made from, the day included."""
        return digest_of(self._inputs[name], self._turned(name))

    def _turned(self, name: str) -> int:
        known = self._folder.state.portions.get(name)
        today = self._today(self._groups[name].zone)
        if known is not None and known.inputs == self._inputs[name]:
            return bisect_left(known.turns, today)
        return bisect_left(turns_of(self._plan(name), self._groups[name]), today)

    def _plan(self, name: str) -> Plan:
        if name not in self._plans:
            found = self._memory.current(name)
            if found is None:
                raise LookupError(name)
            self._plans[name] = found
        return self._plans[name]

    def _today(self, zone: str) -> dt.date:
        return self._making.now.in_zone(zone).date()
