"""The CRC-32 of octets that stand one after the other, from those of each.

A CRC-32 is a polynomial over GF(2), modulo that of IEEE 802.3 and reflected; octets behind others
move these by eight times as many powers of x.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_MODULUS = 0xEDB88320
_ONE = 1 << 31  # x to the power of 0: the highest bit comes first
_OCTET = 3  # as a power of two: so many bits


class Check(NamedTuple):
    """The CRC-32 of some octets, and what takes that of what stands before them past them."""

    value: int
    shift: int


def joint(parts: Iterable[Check]) -> int:
    """Return the CRC-32 of octets from the checks of their parts, in their order."""
    whole = 0
    for check, shift in parts:
        whole = _product(shift, whole) ^ check
    return whole


@lru_cache(maxsize=1024)
def shift_of(count: int) -> int:
    """Return what takes a CRC-32 past so many further octets."""
    power, bit = _ONE, _OCTET
    while count:
        if count & 1:
            power = _product(_doubled(bit), power)
        count, bit = count >> 1, bit + 1
    return power


@lru_cache(maxsize=64)
def _doubled(bit: int) -> int:
    """Return x to a power that is this power of two."""
    return _product(_doubled(bit - 1), _doubled(bit - 1)) if bit else _ONE >> 1


def _product(one: int, other: int) -> int:
    found = 0
    while one:
        if one & _ONE:
            found ^= other
        one = one << 1 & 0xFFFFFFFF
        other = other >> 1 ^ _MODULUS if other & 1 else other >> 1
    return found
