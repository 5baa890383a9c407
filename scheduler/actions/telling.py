"""A plan that has come to stand: the letters about what it changes, or that nobody is told."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from scheduler.actions.plan import known_group
from scheduler.actions.sending import rooms_left
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.model.telling import Silence, Telling, Told
from scheduler.notification.beliefs import History, believed
from scheduler.notification.brakes import Brakes
from scheduler.notification.changes import Changes, changes_between
from scheduler.notification.due import readers_of, wants_letters
from scheduler.notification.telling import (
    CHANGE_KINDS,
    URGENT_CHANGE,
    Waiting,
    change_letter,
    due_at,
)
from scheduler.publication.letting_in import plan_seen, public_plan
from scheduler.store.protocol import Memory

BRAKES = Brakes()
CHANGED_BACK = "changed back since it was queued"
REPLACED = "a later change is told in its place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """How people are told what changes: `domain` is the right side of each Message-ID.

    Edits are gathered as `brakes` say unless a group has its own time; where it is `silent`,
    nobody is told, and that is recorded, with who said so in `by`. `brakes` say from how many
    letters on what is urgent goes in one with all that waits.
    """

    domain: str
    brakes: Brakes = BRAKES
    silent: bool = False
    by: str | None = None


def history_of(memory: Memory, plan: Plan) -> History:
    """Return what is known of the plans of a group whose plan stands."""

    @cache
    def revision(number: int) -> Plan | None:
        return memory.revision(plan.group, number) if number else None

    silent = frozenset(silence.revision for silence in memory.silences(plan.group))
    return History(plan=plan, revision=revision, silent=silent)


def seen_by(history: History, group: Group, *, member: bool) -> History:
    """Return what a member sees of a group's plans, or everybody."""
    if member:
        return history

    def revision(number: int) -> Plan | None:
        plan = history.revision(number)
        return plan and public_plan(plan, group)

    return replace(history, plan=public_plan(history.plan, group), revision=revision)


@dataclass(frozen=True, slots=True)
class View:
    """What readers of a group see of its plans at an instant: members all, others what is public.

    What it finds is kept, since many readers were told as much.
    """

    history: History
    group: Group
    now: Instant
    found: dict[tuple[Told, bool], Changes] = field(default_factory=dict)

    def known(self, told: Told) -> Plan | None:
        """Return the plan that somebody believes in who was told so far."""
        return believed(self.history, told.known, told.doubtful)

    def plan(self, *, member: bool) -> Plan:
        """Return the plan that stands."""
        return plan_seen(self.history.plan, self.group, member=member)

    def changes(self, told: Told, *, member: bool) -> Changes:
        """Return what has to be told to who was told so far."""
        if (told, member) not in self.found:
            known = self.known(told)
            known = known and plan_seen(known, self.group, member=member)
            self.found[told, member] = changes_between(known, self.plan(member=member), self.now)
        return self.found[told, member]


@dataclass(frozen=True, slots=True, kw_only=True)
class StillToTell:
    """What a letter has to tell a reader of a group, and how far they were told it before."""

    view: View
    reader: Subscription
    told: Told
    changes: Changes


def still_to_tell(
    memory: Memory,
    letter: Letter,
    groups: Mapping[str, Group],
    now: Instant,
    *,
    overtaken: bool = False,
) -> Iterator[StillToTell]:
    """Yield what a letter about changes has to tell of each of its groups, as that stands now.

    Of a plan that changed since it was queued another letter tells, unless the one that is
    `overtaken` goes all the same.
    """
    wishes = filter(wants_letters, memory.wishes_of(letter.recipient))
    followed = {wish.group: wish for wish in wishes}
    for telling in memory.tellings(letter.key):
        reader, plan = followed.get(telling.group), memory.current(telling.group)
        if reader and plan and (overtaken or plan.revision == telling.revision):
            view = View(history_of(memory, plan), known_group(telling.group, memory, groups), now)
            told = told_to(memory, reader)
            if changes := view.changes(told, member=reader.member):
                yield StillToTell(view=view, reader=reader, told=told, changes=changes)


def told_to(memory: Memory, reader: Subscription) -> Told:
    """Return how far one reader was told."""
    told = memory.told_of(reader.group, reader.address)
    return known_to(reader, told, memory.introductions(reader.group))


def known_to(reader: Subscription, told: Mapping[str, Told], begun: Mapping[int, int]) -> Told:
    """Return how far a reader was told, by letters and by what stood when they subscribed."""
    by_letters = told.get(reader.address, Told())
    known = max(by_letters.known, begun.get(reader.id, 0))
    doubtful = tuple(number for number in by_letters.doubtful if number > known)
    return Told(known=known, doubtful=doubtful)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """A plan that stands now, whose readers are told."""

    memory: Memory
    group: Group
    plan: Plan
    teller: Teller
    now: Instant


def tell(
    memory: Memory, group: Group, plan: Plan, teller: Teller, now: Instant
) -> tuple[Letter, ...]:
    """Queue what each reader has to be told now that `plan` stands; return the letters that do.

    A letter that waits is replaced by one that tells its changes as well, or called off where all
    of that was changed back; what still waits to be told of other entries does not tell of a
    silent change. In the transaction that made the plan stand.
    """
    if teller.silent:
        memory.keep_silent(Silence(group=plan.group, revision=plan.revision, at=now, by=teller.by))
    at = _Occasion(memory=memory, group=group, plan=plan, teller=teller, now=now)
    letters = tuple(_laid_anew(at))
    if not teller.silent:
        return letters
    before = memory.revision(plan.group, plan.revision - 1)
    changed = {uid for uid, _ in changes_between(before, plan, now).subjects}
    return tuple(letter for letter in letters if changed.intersection(letter.subjects))


def _laid_anew(at: _Occasion) -> Iterator[Letter]:
    view = View(history_of(at.memory, at.plan), at.group, at.now)
    told, begun = at.memory.told_of(at.plan.group), at.memory.introductions(at.plan.group)
    waiting = _waiting(at.memory, at.plan.group)
    _free_invitations(at)
    elsewhere = _elsewhere(at)
    room_of = rooms_left(at.memory, at.teller.brakes, at.now)
    readers = readers_of(at.group, at.memory.subscriptions(at.plan.group))
    for reader in filter(wants_letters, readers):
        changes = view.changes(known_to(reader, told, begun), member=reader.member)
        before = waiting.get(reader.address, ())
        if changes:
            others = elsewhere.get(reader.address, ())
            before += tuple(_taken_along(at, changes.is_urgent(at.now), others, room_of))
            _call_off(at, before, REPLACED)
            yield _queued(at, reader, changes, before)
        else:  # what a letter tells of other groups still goes
            _call_off(at, [one for one in before if len(one.tellings) == 1], CHANGED_BACK)


def _queued(
    at: _Occasion, reader: Subscription, changes: Changes, before: Iterable[Waiting]
) -> Letter:
    name, wait = at.plan.group, coalescing(at.group, at.teller.brakes.coalescing)
    before = tuple(before)
    earlier = {one.group: one for waiting in before for one in waiting.tellings}
    since = min([at.now, *(one.since for one in earlier.values())])
    mine = Telling(group=name, revision=at.plan.revision, since=since)
    tellings = tuple((earlier | {name: mine}).values())
    own = due_at(changes, since, at.now, wait)
    letter = change_letter(
        reader,
        changes,
        tellings,
        before,
        due=max(at.now, min([own, *_urgent_elsewhere(before, name)])),
        now=at.now,
        domain=at.teller.domain,
    )
    if at.memory.queue(letter):
        at.memory.record_tellings(letter.key, tellings)
    return letter


def coalescing(group: Group, usual: dt.timedelta) -> dt.timedelta:
    """Return how long the edits of a group are gathered."""
    own = group.coalesce_minutes
    return usual if own is None else dt.timedelta(minutes=own)


def changes_waiting(
    memory: Memory, group: str | None, recipient: str | None = None
) -> tuple[Letter, ...]:
    """Return the letters about changes that wait: of a group or any, to one recipient or all.

    An invitation that tells of changes besides is none of them.
    """
    return tuple(one for one in memory.untold(group, recipient) if one.kind in CHANGE_KINDS)


def _waiting(memory: Memory, group: str) -> Mapping[str, tuple[Waiting, ...]]:
    """Return the letters that wait to tell of a group, by their recipients."""
    return _by_recipient(memory, changes_waiting(memory, group))


def _urgent_elsewhere(waiting: Iterable[Waiting], group: str) -> Iterator[Instant]:
    """Yield when what is urgent of other groups alone was to go: one more does not put it off."""
    for one in waiting:
        if one.letter.kind == URGENT_CHANGE and all(t.group != group for t in one.tellings):
            yield one.letter.due


def _elsewhere(at: _Occasion) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters that wait to tell of other groups alone, by their recipients."""
    ours = {letter.key for letter in changes_waiting(at.memory, at.plan.group)}
    found: dict[str, tuple[Letter, ...]] = defaultdict(tuple)
    for letter in changes_waiting(at.memory, None):
        if letter.key not in ours:
            found[letter.recipient] += (letter,)
    return found


def _taken_along(
    at: _Occasion, urgent: bool, others: Sequence[Letter], room_of: Callable[[str], int]
) -> Iterator[Waiting]:
    """Yield what goes with a letter, of what its reader still waits for of other groups.

    What is urgent takes along what a brake or a pause holds, so that whoever has had their
    letters of the day gets one; where there is more than these, all that waits goes together.
    """
    if not urgent and all(one.kind != URGENT_CHANGE for one in others):
        return
    found = [Waiting(one, at.memory.tellings(one.key)) for one in others]
    groups = {telling.group for one in found for telling in one.tellings}
    above = others and len(groups) >= room_of(others[0].recipient)
    yield from (one for one in found if above or (urgent and one.letter.due < at.now))


def _by_recipient(memory: Memory, letters: Iterable[Letter]) -> Mapping[str, tuple[Waiting, ...]]:
    found: dict[str, tuple[Waiting, ...]] = defaultdict(tuple)
    for letter in letters:
        found[letter.recipient] += (Waiting(letter, memory.tellings(letter.key)),)
    return found


def _free_invitations(at: _Occasion) -> None:
    """Let invitations that wait tell of their meeting alone: letters are laid anew for the rest."""
    for letter in at.memory.untold(at.plan.group):
        if letter.kind not in CHANGE_KINDS:
            at.memory.forget_tellings(letter.key)


def _call_off(at: _Occasion, waiting: Iterable[Waiting], reason: str) -> None:
    for one in waiting:
        at.memory.settle(one.letter.key, LetterState.CANCELLED, reason, at.now)
