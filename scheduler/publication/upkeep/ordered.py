"""What several groups put into one order, whatever the language it is told in."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Told = TypeVar("Told")
Key = tuple[str, str]  # an instant that sorts as text, and a UID
Place = tuple[str, str, str, int]  # a key, and where it is: an acronym, and which of its things


@dataclass(frozen=True, slots=True)
class Ordered(Generic[Told]):
    """Things of one group: the key of each, and by language the same things as they are told."""

    keys: Sequence[Key]
    told: Mapping[str, Sequence[Told]]


def key(moment: dt.datetime, uid: str) -> Key:
    """Return the key of a thing by its moment in UTC."""
    return moment.isoformat(), uid


def ordered(told: Mapping[str, Sequence[Told]], key_of: Callable[[Told], Key]) -> Ordered[Told]:
    """Return things by the keys that they have in every language."""
    one = next(iter(told.values()), ())
    return Ordered(tuple(map(key_of, one)), told)


def places(held: Mapping[str, Ordered[Told]]) -> list[Place]:
    """Return the place of each thing of some groups, by moment and UID."""
    return sorted(
        (moment, uid, acronym, number)
        for acronym, own in held.items()
        for number, (moment, uid) in enumerate(own.keys)
    )


def found(
    held: Mapping[str, Ordered[Told]], chosen: Iterable[Place], language: str
) -> tuple[Told, ...]:
    """Return the things at some places as they are told in a language."""
    return tuple(held[acronym].told[language][number] for _, _, acronym, number in chosen)
