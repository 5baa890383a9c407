"""HTTP by hand: octets sent over one connection, and the answers that come back."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.serving_process import ServingProcess

PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, its headers by name in lower case, and its body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Line:
    """An open connection, and what has come over it and was not read yet."""

    connection: socket.socket
    come: bytearray = field(default_factory=bytearray)  # grows without being copied each time

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait(self) -> None:
        """Wait until something has come."""
        if not self.come:
            self._more()

    def answer(self, method: str = "GET") -> Answer:
        """Read the next answer, which is one to `method`."""
        while b"\r\n\r\n" not in self.come:
            self._more()
        head, _, self.come = self.come.partition(b"\r\n\r\n")
        start, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.split(": ", 1) for line in lines)
        headers = {name.lower(): value for name, value in pairs}
        status = int(start.split()[1])
        bare = method == "HEAD" or status == 304
        wanted = 0 if bare else int(headers["content-length"])
        while len(self.come) < wanted:
            self._more()
        body, self.come = self.come[:wanted], self.come[wanted:]
        return Answer(status, headers, bytes(body))

    def is_closed(self) -> bool:
        """Wait for what comes next, and tell whether it is the end."""
        try:
            return not self.come and not self.connection.recv(1)
        except ConnectionResetError:
            return True

    def _more(self) -> None:
        data = self.connection.recv(65_536)
        if not data:
            raise ConnectionError("the server hung up in the middle of an answer")
        self.come += data


@contextmanager
def line_to(serving: ServingProcess) -> Iterator[Line]:
    """A connection to a server, while the context lasts."""
    with socket.create_connection(serving.host_and_port, timeout=PATIENCE_SECONDS) as connection:
        yield Line(connection)


def request(path: str, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    """Return a request as octets."""
    lines = (f"{method} {path} HTTP/{version}", "Host: calendar.example.org", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1")


def ask(serving: ServingProcess, data: bytes, method: str = "GET") -> Answer:
    """Send octets over a connection of their own, and return the first answer."""
    with line_to(serving) as line:
        line.send(data)
        return line.answer(method)
