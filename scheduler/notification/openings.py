"""Which rungs of a plan are open, were opened, or are to come, once for all who choose alike."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import Rung, RungUnit
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.owing import NOTHING_YET, Fulfilled, apart, exemption
from scheduler.notification.rungs import OVERDUE_HOLDS, Opening, nearest, opening, rungs_for
from scheduler.notification.standing import Occasion, occasions

Found = TypeVar("Found")
_A_DAY_OF_ANY_ZONE = 2
_HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class Open:
    """An occasion, and the life of one of its rungs."""

    occasion: Occasion
    opening: Opening


class ByChoice(Generic[Found]):
    """What is worked out for one reader, and holds for all who choose alike.

    Who wants no letters has nothing. For the mailboxes `apart` it is worked out one by one.
    """

    def __init__(
        self,
        work_out: Callable[[Subscription], Iterable[Found]],
        apart: AbstractSet[str] = frozenset(),
    ) -> None:
        self._work_out = work_out
        self._apart = apart
        self._found: dict[object, tuple[Found, ...]] = {}

    def of(self, reader: Subscription) -> tuple[Found, ...]:
        """Return what holds for a reader."""
        if reader.letters is Letters.NONE:
            return ()
        mailbox = reader.address.casefold() if self._apart else ""
        choice = (reader.kinds, reader.rungs, mailbox if mailbox in self._apart else "")
        if choice not in self._found:
            self._found[choice] = tuple(self._work_out(reader))
        return self._found[choice]


def open_now(
    plan: Plan, group: Group, now: Instant, fulfilled: Fulfilled = NOTHING_YET
) -> ByChoice[Open]:
    """Return, for each reader, the nearest rung of each occasion that has one open at `now`.

    Without what they do not owe, by what is known to be `fulfilled`.
    """
    near = tuple(occasions(plan))

    def found(reader: Subscription) -> Iterator[Open]:
        for occasion, rungs in _in_reach(near, group, reader, now, now):
            life = nearest(occasion, rungs, now)
            if life and not exemption(reader.address, occasion, group, fulfilled):
                yield Open(occasion, life)

    return ByChoice(found, apart(group, fulfilled))


def opened(
    plan: Plan,
    group: Group,
    since: Instant,
    until: Instant,
    fulfilled: Fulfilled = NOTHING_YET,
) -> ByChoice[Open]:
    """Return, for each reader, the rungs that open after `since` and not after `until`.

    Without those of what they do not owe, by what is known to be `fulfilled`.
    """
    near = tuple(occasions(plan))

    def found(reader: Subscription) -> Iterator[Open]:
        for occasion, rungs in _in_reach(near, group, reader, since, until):
            owed = not exemption(reader.address, occasion, group, fulfilled)
            for rung in rungs if owed else ():
                life = opening(occasion, rung)
                if life and since < life.opens <= until and life.opens < life.closes:
                    yield Open(occasion, life)

    return ByChoice(found, apart(group, fulfilled))


def rungs_ahead(
    plan: Plan,
    group: Group,
    reader: Subscription | None,
    now: Instant,
    fulfilled: Fulfilled = NOTHING_YET,
) -> Mapping[tuple[str, Rung], Instant]:
    """Return when each rung that is not open yet will open, by UID and rung.

    Without a reader it is the group's rungs that are looked at, and otherwise not those of what
    they do not owe.
    """
    return {
        (found.uid, rung): life.opens
        for found in occasions(plan)
        if not (reader and exemption(reader.address, found, group, fulfilled))
        for rung in (rungs_for(reader, group, found.kind) if reader else group.rungs_of(found.kind))
        if (life := opening(found, rung)) and now < life.opens < life.closes
    }


def _in_reach(
    near: Sequence[Occasion], group: Group, reader: Subscription, since: Instant, until: Instant
) -> Iterator[tuple[Occasion, tuple[Rung, ...]]]:
    """Yield what may have a rung open in a span by the calendar alone, for most are far away."""
    first, last = since.utc.date(), until.utc.date()
    rungs_of_kinds: dict[str, tuple[Rung, ...]] = {}
    for found in near:
        if found.kind not in rungs_of_kinds:
            rungs_of_kinds[found.kind] = rungs_for(reader, group, found.kind)
        rungs = rungs_of_kinds[found.kind]
        if rungs and _may_open(found.moment.day, rungs, first, last):
            yield found, rungs


def _may_open(day: dt.date, rungs: Iterable[Rung], first: dt.date, last: dt.date) -> bool:
    before = max((-_days(rung) for rung in rungs if not rung.is_after), default=0)
    after = max((_days(rung) + OVERDUE_HOLDS.days for rung in rungs if rung.is_after), default=0)
    return (day - last).days <= before + _A_DAY_OF_ANY_ZONE and (
        first - day
    ).days <= after + _A_DAY_OF_ANY_ZONE


def _days(rung: Rung) -> int:
    """Return the days of a rung, signed, hours counted as whole days."""
    if rung.unit is RungUnit.DAY:
        return rung.offset
    whole = abs(rung.offset) // _HOURS_PER_DAY + 1
    return whole if rung.is_after else -whole
