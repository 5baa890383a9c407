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
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return the seconds that an address has to wait, 0 where it may be answered now."""
        now = self._clock()
        left, then = self._buckets.pop(address, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._per_second)
        allowed = left >= 1
        self._buckets[address] = (left - allowed, now)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if allowed else ceil((1 - left) / self._per_second)


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
