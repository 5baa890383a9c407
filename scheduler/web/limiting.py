"""How often one address may ask: a bucket each, filled by the second, in bounded memory."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil

MOST_ADDRESSES = 10_000
_NETWORK_BITS = 64  # what one customer gets of IPv6


class Limiter:
    """Lets each address ask `burst` times at once and `per_second` times a second for long.

    `clock` gives seconds that never go back. The addresses that asked longest ago are forgotten
    beyond `MOST_ADDRESSES`.
    """

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float]) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, list[float]] = OrderedDict()  # what is left, since when

    def wait(self, address: str) -> int:
        """Return the seconds that an address has to wait, 0 where it may be answered now."""
        now = self._clock()
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = self._new(address, now)
        left = bucket[0] + (now - bucket[1]) * self._per_second
        if left > self._burst:
            left = self._burst
        bucket[1] = now
        self._buckets.move_to_end(address)
        if left < 1:
            bucket[0] = left
            return ceil((1 - left) / self._per_second)
        bucket[0] = left - 1
        return 0

    def give_back(self, address: str) -> None:
        """Let an address ask once more, for what it asked last came to nothing."""
        bucket = self._buckets.get(address)
        if bucket is not None:  # a forgotten one is full
            bucket[0] = min(bucket[0] + 1, self._burst)

    def _new(self, address: str, now: float) -> list[float]:
        """Return a full bucket, for which the one that was used longest ago may have to go."""
        bucket = self._buckets[address] = [self._burst, now]
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket


def network_of(host: str) -> str:
    """Return what counts as one asker: an IPv4 address, or the network of an IPv6 address."""
    if ":" not in host:
        return host
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(int(address) >> _NETWORK_BITS)
