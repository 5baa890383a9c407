"""Whether letters may be sent: the pause that a person asked for, and the brakes."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache

from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.brakes import Brakes, day_start, room, week_start
from scheduler.notification.kinds import UNBRAKED
from scheduler.store.faults import UnknownLetter
from scheduler.store.protocol import Memory

_PAUSED = "sending_paused"
FEW = 1000  # people, whom a question may name one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """That nothing is sent, since when, by whom and why."""

    since: Instant
    by: str | None = None
    reason: str | None = None


def never() -> bool:
    """Let a run go on to its end."""
    return False


def paused(memory: Memory) -> Pause | None:
    """Return why nothing is sent, or None where letters go."""
    text = memory.recall(_PAUSED)
    if not text:
        return None
    document = json.loads(text)
    return Pause(**document | {"since": Instant.parse(document["since"])})


def pause_copy(memory: Memory, made: str, who: str, now: Instant) -> None:
    """Let nothing be sent from a copy that was made at an instant, until somebody has looked."""
    reason = f"recovered from a backup of {made}, which knows no letter sent since"
    record_pause(memory, Pause(since=now, by=who, reason=reason))


def record_pause(memory: Memory, pause: Pause | None) -> None:
    """Remember that nothing is sent, or with None that letters go again."""
    told = pause and {"since": str(pause.since), "by": pause.by, "reason": pause.reason}
    memory.remember(_PAUSED, json.dumps(told) if told else "")


def rooms_left(
    memory: Memory, brakes: Brakes, now: Instant, people: Collection[str] | None = None
) -> Callable[[str], int]:
    """Return what tells how many letters of braked kinds an address may still get today.

    The store is asked once for all of them, or all of some `people`, and not before the first.
    """
    among = people if people is not None and len(people) <= FEW else None

    @cache
    def counted() -> tuple[Mapping[str, int], ...]:
        spans = (day_start(now), week_start(now))
        return tuple(
            memory.handed_over_each(since, besides=UNBRAKED, among=among) for since in spans
        )

    def left(address: str) -> int:
        today, this_week = (had.get(address, 0) for had in counted())
        return room(brakes, today, this_week)

    return left


def known_letter(memory: Memory, key: str) -> Letter:
    """Return the letter with this key; raises `UnknownLetter`."""
    letter = memory.letter(key)
    if letter is None:
        raise UnknownLetter(key)
    return letter
