"""`forecast`: how many letters would go out in the days to come, as everything stands now."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.answer_reminders import answer_reminders_between, answer_reminders_due
from scheduler.actions.combining import paired, without
from scheduler.actions.gather import Gathered, gather
from scheduler.actions.invitations import invitations_to_come
from scheduler.actions.mail.preparing import doubt
from scheduler.actions.owing import fulfilled
from scheduler.actions.plan import known_group
from scheduler.actions.publish import standing
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant, zone_named
from scheduler.model.subscription import Subscription
from scheduler.notification.brakes import A_DAY, Brakes, day_start, room
from scheduler.notification.digests import DIGEST, Box, bundled
from scheduler.notification.due import NO_DOMAIN, letters_opening, readers_of
from scheduler.notification.kinds import UNBRAKED
from scheduler.notification.openings import ByChoice, Open, opened
from scheduler.store.protocol import Memory, Store

OF_ALL_GROUPS = "UTC"
_DAYS_PER_WEEK = 7
_WAITING = (LetterState.QUEUED, LetterState.AMBIGUOUS)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Expected:
    """How many letters of a kind, of one group, go out on a day of a zone, and to how many people.

    A digest of several groups has none: its `group` is empty, and its day one of UTC.
    """

    day: dt.date
    group: str
    kind: str
    zone: str
    letters: int
    people: int


def forecast(
    store: Store,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    brakes: Brakes,
    now: Instant,
    days: int,
) -> tuple[Expected, ...]:
    """Return what would go out from `now` on in so many times 24 hours, oldest first.

    That is what waits, what is due and what will be, were there a run whenever something opens and
    nothing changed; of one `group`, without the digests of several, or of all. Raises
    `UnknownGroup`.
    """
    with store.reading() as memory:
        if group is not None:
            known_group(group, memory, groups)
        suppressed = {one.address.casefold() for one in memory.suppressions()}
        zones = {found.acronym: found.zone for found, _ in standing(memory, groups)}
        told: dict[tuple[dt.date, str, str, str], Counter[str]] = defaultdict(Counter)
        for letter in _letters(memory, groups, brakes, now, days):
            if letter.recipient.casefold() not in suppressed and group in {None, letter.group}:
                zone = zones.get(letter.group, OF_ALL_GROUPS)
                day = max(letter.due, now).utc.astimezone(zone_named(zone)).date()
                told[day, letter.group, letter.kind, zone][letter.recipient] += 1
    found = (
        Expected(
            day=day, group=name, kind=kind, zone=zone, letters=people.total(), people=len(people)
        )
        for (day, name, kind, zone), people in told.items()
    )
    return tuple(sorted(found))


def _letters(
    memory: Memory, groups: Mapping[str, Group], brakes: Brakes, now: Instant, days: int
) -> Iterator[Letter]:
    end = now.plus(A_DAY * days)
    had = _Days(brakes, memory, now)
    due = gather(memory, groups, brakes, now, domain=NO_DOMAIN)
    unanswered = answer_reminders_due(memory, groups, NO_DOMAIN, now)
    invited = invitations_to_come(memory, groups, brakes, NO_DOMAIN, now)
    waiting = without(_waiting(memory, groups, due, now), tuple(paired(memory, invited)))
    alone = [*waiting, *(told.letter for told in invited), *unanswered]
    alone += answer_reminders_between(memory, groups, now, end)
    for letter in due.letters:
        had.count(letter, now)
    expected = (*due.letters, *filter(None, (had.alone(letter, now) for letter in alone)))
    yield from (letter for letter in expected if letter.due <= end)
    yield from _to_come(memory, groups, had, (now, end))


def _waiting(
    memory: Memory, groups: Mapping[str, Group], due: Gathered, now: Instant
) -> Iterator[Letter]:
    """Yield what waits in the outbox and goes as it is, the oldest first."""
    taken_in = {letter.key for letter in due.taken_in}
    for state in _WAITING:
        for letter in memory.letters(state):
            if letter.key not in taken_in and doubt(memory, letter, groups, now) is None:
                yield letter


@dataclass(frozen=True, slots=True)
class _Readers:
    found: ByChoice[Open]
    readers: tuple[Subscription, ...]


class _Days:
    """What each person had, day by day of UTC, and what is left for the next."""

    def __init__(self, brakes: Brakes, memory: Memory, now: Instant) -> None:
        self._brakes = brakes
        self._had = _had_lately(memory, now)
        self._digests: set[tuple[str, Instant]] = set()
        self._left: dict[str, list[Letter]] = {}
        self._wishes: dict[int, Subscription] = {}

    def count(self, letter: Letter, now: Instant) -> None:
        """Take a letter as gone."""
        today = (letter.recipient, day_start(now))
        self._had[today] += letter.kind not in UNBRAKED
        if letter.kind == DIGEST:
            self._digests.add(today)

    def alone(self, letter: Letter, now: Instant) -> Letter | None:
        """Take a letter as gone once its brakes let it; return it due then, None if too late."""
        at = max(letter.due, now)
        while (
            letter.kind not in UNBRAKED
            and at < letter.not_after
            and not self._room(letter.recipient, at)
        ):
            at = day_start(at).plus(A_DAY)
        if letter.not_after <= at:
            return None
        self.count(letter, at)
        return replace(letter, due=at)

    def run(self, opening: Iterable[_Readers], now: Instant) -> Iterator[Letter]:
        """Yield what goes at an instant; what waits for another day is kept."""
        due: dict[str, list[Letter]] = defaultdict(list, self._left)
        self._left = {}
        for group in opening:
            self._wishes |= {reader.id: reader for reader in group.readers}
            for letter in letters_opening(group.found, group.readers, now):
                due[letter.recipient].append(letter)
        for address, letters in due.items():
            useful = [letter for letter in letters if now < letter.not_after]
            going = bundled(useful, (), self._box(address, now), now, domain=NO_DOMAIN).letters
            told = {uid for letter in going for uid in letter.subjects}
            if left := [one for one in useful if not told.issuperset(one.subjects)]:
                self._left[address] = left
            for letter in going:
                self.count(letter, now)
                yield replace(letter, due=now)

    def _box(self, address: str, now: Instant) -> Box:
        return Box(
            wishes=self._wishes,
            room=self._room(address, now),
            had_digest=(address, day_start(now)) in self._digests,
        )

    def _room(self, address: str, now: Instant) -> int:
        today = day_start(now)
        week = (self._had[address, today.plus(A_DAY * -back)] for back in range(_DAYS_PER_WEEK))
        return room(self._brakes, self._had[address, today], sum(week))


def _had_lately(memory: Memory, now: Instant) -> Counter[tuple[str, Instant]]:
    """Return how many braked letters each person had on each of the last seven days of UTC."""
    had: Counter[tuple[str, Instant]] = Counter()
    later: Counter[str] = Counter()
    for back in range(_DAYS_PER_WEEK):
        day = day_start(now).plus(A_DAY * -back)
        since = Counter(memory.handed_over_each(day, besides=UNBRAKED))
        had.update({(address, day): count for address, count in (since - later).items()})
        later = since
    return had


def _to_come(
    memory: Memory,
    groups: Mapping[str, Group],
    days: _Days,
    span: tuple[Instant, Instant],
) -> Iterator[Letter]:
    """Yield what opens in a span, as if there were a run whenever something does."""
    now, end = span
    opening: dict[Instant, list[_Readers]] = defaultdict(list)
    for group, plan in standing(memory, groups):
        readers = tuple(readers_of(group, memory.subscriptions(group.acronym)))
        found = opened(plan, group, now, end, fulfilled(memory, plan, group))
        instants = {one.opening.opens for reader in readers for one in found.of(reader)}
        for instant in instants:
            opening[instant].append(_Readers(found, readers))
    midnights = (day_start(now).plus(A_DAY * number) for number in range((end.utc - now.utc).days))
    for instant in sorted({*opening, *(one for one in midnights if one > now)}):
        yield from days.run(opening[instant], instant)
