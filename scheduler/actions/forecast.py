"""`forecast`: how many letters would go out in the days to come, as everything stands now."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.answer_reminders import answer_reminders_between, answer_reminders_due
from scheduler.actions.gather import gather
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
    due = gather(memory, groups, brakes, now, domain=NO_DOMAIN)
    taken_in = {letter.key for letter in due.taken_in}
    for state in _WAITING:
        for letter in memory.letters(state):
            goes = letter.due <= end and letter.key not in taken_in
            if goes and doubt(memory, letter, groups, now) is None:
                yield letter
    unanswered = answer_reminders_due(memory, groups, NO_DOMAIN, now)
    gone = (*due.letters, *unanswered)
    yield from gone
    had = _Days(brakes)
    for letter in answer_reminders_between(memory, groups, now, end):
        had.count(letter, letter.due)
        yield letter
    yield from _to_come(memory, groups, had, gone, (now, end))


@dataclass(frozen=True, slots=True)
class _Readers:
    found: ByChoice[Open]
    readers: tuple[Subscription, ...]


class _Days:
    """What each person had, day by day of UTC, and what is left for the next."""

    def __init__(self, brakes: Brakes) -> None:
        self._brakes = brakes
        self._had: Counter[tuple[str, Instant]] = Counter()
        self._digests: set[tuple[str, Instant]] = set()
        self._left: dict[str, list[Letter]] = {}
        self._wishes: dict[int, Subscription] = {}

    def count(self, letter: Letter, now: Instant) -> None:
        """Take a letter as gone."""
        today = (letter.recipient, day_start(now))
        self._had[today] += letter.kind not in UNBRAKED
        if letter.kind == DIGEST:
            self._digests.add(today)

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
        today = day_start(now)
        week = (self._had[address, today.plus(A_DAY * -back)] for back in range(_DAYS_PER_WEEK))
        return Box(
            wishes=self._wishes,
            room=room(self._brakes, self._had[address, today], sum(week)),
            had_digest=(address, today) in self._digests,
        )


def _to_come(
    memory: Memory,
    groups: Mapping[str, Group],
    days: _Days,
    gone: Iterable[Letter],
    span: tuple[Instant, Instant],
) -> Iterator[Letter]:
    """Yield what opens in a span, as if there were a run whenever something does."""
    now, end = span
    for letter in gone:
        days.count(letter, now)
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
