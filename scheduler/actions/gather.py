"""What is due for everybody as of now: found group by group, put together person by person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.actions.mail.preparing import doubt
from scheduler.actions.owing import Known, fulfilled_by
from scheduler.actions.publish import standing
from scheduler.actions.sending import rooms_left
from scheduler.actions.telling import changes_waiting
from scheduler.model.group import Group
from scheduler.model.kept import NOBODY
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.brakes import Brakes, day_start
from scheduler.notification.digests import DIGEST, Box, Bundle, bundled, digest_key, told_about
from scheduler.notification.due import REMINDERS, due_letters, may_be_due
from scheduler.notification.owing import Fulfilled
from scheduler.store.protocol import Memory

AT_ONCE = 50
_TAKEN_IN = (*REMINDERS, DIGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The letters to queue, and those in the outbox that a digest among them takes in."""

    letters: tuple[Letter, ...]
    taken_in: tuple[Letter, ...] = ()


def gather(
    memory: Memory, groups: Mapping[str, Group], brakes: Brakes, now: Instant, *, domain: str
) -> Gathered:
    """Return what is due at `now` and not told: one letter each, or one digest for several.

    `domain` is the right side of each Message-ID. Only those are read whom the store does not
    know to be told, and their letters.
    """
    known = Known(memory)
    candidates = tuple(_candidates(memory, groups, known, now))
    waiting = _by_person(_waiting(memory.letters(LetterState.QUEUED), now))
    letters = _letters_of(memory, candidates, waiting, now)
    changing = set(_being_changed(memory, candidates, now))
    due = _by_person(
        letter
        for letter in _due(candidates, letters, known, now, domain)
        if changing.isdisjoint((letter.recipient, uid) for uid in letter.subjects)
    )
    boxes = _Boxes(memory, brakes, letters, candidates, {*due, *waiting}, now)
    bundles = list(_bundles(memory, groups, due, waiting, boxes, now, domain))
    made = (letter for bundle in bundles for letter in bundle.letters)
    return Gathered(
        letters=tuple(sorted(made, key=lambda one: (one.due, one.recipient, one.key))),
        taken_in=tuple(letter for bundle in bundles for letter in bundle.taken_in),
    )


def take_in(memory: Memory, gathered: Gathered, now: Instant) -> None:
    """Record in the outbox what is told by a digest instead."""
    for letter in gathered.taken_in:
        reason = f"told by the digest {digest_key(letter.recipient, now)}"
        memory.settle(letter.key, LetterState.CANCELLED, reason, now)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Readers of a group who may have something due, of what opened at `since` at the earliest."""

    group: Group
    plan: Plan
    readers: tuple[Subscription, ...]
    since: Instant


class _Boxes:
    """Looks up what each person's letters are put together by, in a few questions for all."""

    def __init__(
        self,
        memory: Memory,
        brakes: Brakes,
        letters: Iterable[Letter],
        candidates: Iterable[Candidates],
        people: Collection[str],
        now: Instant,
    ) -> None:
        self._now = now
        self._known = {letter.key for letter in letters}
        self._wishes = {wish.id: wish for found in candidates for wish in found.readers}
        self._room_of = rooms_left(memory, brakes, now, people)

    def of(self, address: str) -> Box:
        return Box(
            wishes=self._wishes,
            room=self._room_of(address),
            had_digest=digest_key(address, self._now) in self._known,
        )


def _bundles(
    memory: Memory,
    groups: Mapping[str, Group],
    due: Mapping[str, list[Letter]],
    waiting: Mapping[str, list[Letter]],
    boxes: _Boxes,
    now: Instant,
    domain: str,
) -> Iterator[Bundle]:
    """Put together what is due for each person, by their addresses, some people at a time.

    What waits and is not to be sent after all is left to its turn. Where all of it goes alone it is
    not looked at, for each letter will be.
    """

    def bundle(address: str, waits: Sequence[Letter]) -> Bundle:
        return bundled(due.get(address, ()), waits, boxes.of(address), now, domain=domain)

    people = sorted({*due, *waiting})
    for some in (people[at : at + AT_ONCE] for at in range(0, len(people), AT_ONCE)):
        found = {one: bundle(one, waiting.get(one, ())) for one in some}
        mixed = [one for one in some if one in waiting and (one in due or found[one].taken_in)]
        if mixed:
            memory.foresee([letter for one in mixed for letter in waiting[one]])
        for one in mixed:
            true = [letter for letter in waiting[one] if doubt(memory, letter, groups, now) is None]
            found[one] = bundle(one, true)
        yield from found.values()


def _candidates(
    memory: Memory, groups: Mapping[str, Group], known: Known, now: Instant
) -> Iterator[Candidates]:
    """Yield of each group whoever may have something due; of most groups that is nobody.

    Among them are those who have submitted: what is due to them is found out later, once for all.
    """
    ways = ways_by_group(memory)
    for group, plan in standing(memory, groups):
        found = untold(memory, plan, group, ways.get(group.acronym, ()), known.done(group), now)
        if found.readers:
            yield found


def ways_by_group(memory: Memory) -> Mapping[str, list[Subscription]]:
    """Return each way of being reminded that is chosen in a group, as if nobody's own."""
    ways: dict[str, list[Subscription]] = defaultdict(list)
    for wish in memory.ways_chosen():
        ways[wish.group].append(replace(wish, address=NOBODY))
    return ways


def untold(
    memory: Memory,
    plan: Plan,
    group: Group,
    ways: Iterable[Subscription],
    done: Fulfilled,
    now: Instant,
) -> Candidates:
    """Return the readers of a group who chose as one of `ways` and may have something due."""
    found = tuple(may_be_due(plan, group, ways, now, done))
    readers = {
        wish.id: wish
        for one in found
        for wish in memory.not_told(one.reader, one.letter, one.over, now)
    }
    owners = memory.wishes_in(group.acronym, group.owners) if group.owners else ()
    owed = tuple(may_be_due(plan, group, owners, now, done)) if owners else ()
    readers |= {one.reader.id: one.reader for one in owed}
    since = min((one.letter.due for one in (*found, *owed)), default=now)
    return Candidates(group, plan, tuple(readers.values()), since)


def _letters_of(
    memory: Memory, candidates: Iterable[Candidates], waiting: Iterable[str], now: Instant
) -> tuple[Letter, ...]:
    """Return the letters by which people were told of what is open, and those of today."""
    since = min([day_start(now), *(found.since for found in candidates)])
    addresses = {wish.address for found in candidates for wish in found.readers}
    return memory.letters_to({*addresses, *waiting}, since)


def _due(
    candidates: Sequence[Candidates],
    letters: Sequence[Letter],
    known: Known,
    now: Instant,
    domain: str,
) -> Iterator[Letter]:
    # What was called off by a person, or withdrawn, is not told again in the same words.
    keys = {letter.key for letter in letters}
    came = known.submissions({one.address for found in candidates for one in found.readers})
    theirs = _by_person(letters)
    for found in candidates:
        told = [one for reader in found.readers for one in theirs.get(reader.address, ())]
        due = due_letters(
            found.plan,
            found.group,
            found.readers,
            now,
            domain=domain,
            letters=told_about(found.group, told),
            fulfilled=fulfilled_by(
                found.plan, found.group, known.done(found.group), came.get(found.group.acronym, ())
            ),
        )
        yield from (letter for letter in due if letter.key not in keys)


def _waiting(letters: Iterable[Letter], now: Instant) -> Iterator[Letter]:
    """Yield what was due before and nobody has tried to send or let go."""
    for letter in letters:
        untried = letter.state is LetterState.QUEUED and not letter.attempts
        if untried and letter.kind in _TAKEN_IN and not letter.released and letter.due <= now:
            yield letter


def _being_changed(
    memory: Memory, candidates: Iterable[Candidates], now: Instant
) -> Iterator[tuple[str, str]]:
    """Yield who is about to be told of a change of which entry, while its edits are gathered.

    A reminder that came first would speak of a date that they never heard of.
    """
    for found in candidates:
        for letter in changes_waiting(memory, found.group.acronym):
            if now < letter.due:
                yield from ((letter.recipient, uid) for uid in letter.subjects)


def _by_person(letters: Iterable[Letter]) -> Mapping[str, list[Letter]]:
    found: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        found[letter.recipient].append(letter)
    return found
