"""A connection that is over at a moment, however slowly its other end goes."""

import io
import socket
import ssl
import time
from dataclasses import dataclass

from scheduler.intake.outside.fetching.addresses import Address, CalendarUrl


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a whole fetch may take; `ends` is on the clock that only goes forward."""

    seconds: float
    ends: float

    @property
    def left(self) -> float:
        """The seconds that are left; raises `TimeoutError` where there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def patience(seconds: float) -> Patience:
    """Return so many seconds from now on."""
    return Patience(seconds, time.monotonic() + seconds)


class Line(io.RawIOBase):
    """A TLS connection to one address, read with what patience is left."""

    def __init__(self, link: ssl.SSLSocket, left: Patience) -> None:
        super().__init__()
        self._link = link
        self._left = left

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Read what has come, waiting no longer than the whole fetch may take."""
        self._link.settimeout(self._left.left)
        return self._link.recv_into(buffer)  # type: ignore[arg-type]  # Buffer is new in 3.12

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._link.settimeout(self._left.left)
        self._link.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - as a socket has it
        """Return what `http.client` reads an answer from."""
        return io.BufferedReader(self)

    def close(self) -> None:
        """Hang up."""
        self._link.close()
        super().close()


def connect(url: CalendarUrl, address: Address, left: Patience, trust: ssl.SSLContext) -> Line:
    """Connect to the very address that was checked, and make sure that it is the host.

    Raises `OSError`, of which `ssl.SSLError` and `TimeoutError` are kinds.
    """
    # Half of the patience is kept for a host's other addresses.
    plain = socket.create_connection((str(address), url.port), timeout=left.left / 2)
    try:
        plain.settimeout(left.left)
        return Line(trust.wrap_socket(plain, server_hostname=url.host), left)
    except BaseException:
        plain.close()
        raise
