"""From the name of a host to its addresses, within a time that the system's resolver ignores."""

import ipaddress
import socket
from queue import Empty, Queue
from threading import Thread

from scheduler.intake.outside.faults import NoSuchHost, TooSlow
from scheduler.intake.outside.fetching.addresses import Address


def resolve(host: str, port: int, seconds: float) -> tuple[Address, ...]:
    """Return the addresses of a host in the system's order, each once.

    Raises `NoSuchHost` or `TooSlow`. A resolver that hangs is left behind in a thread that ends
    with the process.
    """
    answers: Queue[tuple[Address, ...]] = Queue()
    asking = Thread(target=lambda: answers.put(_addresses(host, port)), daemon=True)
    asking.start()
    try:
        found = answers.get(timeout=seconds)
    except Empty:
        raise TooSlow(host, seconds) from None
    if not found:
        raise NoSuchHost(host)
    return found


def _addresses(host: str, port: int) -> tuple[Address, ...]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    # A zone index (`fe80::1%eth0`) belongs to link-local addresses alone.
    texts = (str(place[0]).partition("%")[0] for *_, place in answers)
    return tuple(dict.fromkeys(ipaddress.ip_address(text) for text in texts))
