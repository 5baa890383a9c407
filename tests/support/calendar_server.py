"""A real https server on loopback, in a thread, that may mean harm; and calendars to serve."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.support.mail_server import Certificate

Answer = Callable[[ssl.SSLSocket, Event], None]


@dataclass
class CalendarServer:
    """Where the server is, what it was asked, and what it answers; `over` ends slow answers."""

    port: int
    answer: Answer
    asked: list[bytes] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/secret-path/c.ics?token=secret-token"


def answering(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    """Answer at once, with these headers and body."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return lambda link, _: link.sendall("\r\n".join(head).encode() + body)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Answer:
    """Answer with a head, then pieces for ever."""

    def answer(link: ssl.SSLSocket, over: Event) -> None:
        link.sendall(head)
        while not over.wait(pause):
            link.sendall(piece)

    return answer


def silent(_: ssl.SSLSocket, over: Event) -> None:
    """Take the request and say nothing."""
    over.wait()


@contextmanager
def calendar_server(certificate: Certificate, answer: Answer) -> Iterator[CalendarServer]:
    """Serve on loopback while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = CalendarServer(port=listening.getsockname()[1], answer=answer)
        thread = Thread(target=_serve, args=(listening, certificate, server))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), timeout=60).close()
            thread.join()


def _serve(listening: socket.socket, certificate: Certificate, server: CalendarServer) -> None:
    while not server.over.is_set():
        plain, _ = listening.accept()
        with plain, contextlib.suppress(OSError):
            plain.settimeout(60)
            with certificate.server.wrap_socket(plain, server_side=True) as link:
                server.asked.append(link.recv(65_536))
                server.answer(link, server.over)


def a_calendar(*events: list[str], head: tuple[str, ...] = ()) -> bytes:
    """Return a calendar with these events, as lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", *head]
    lines += [line for event in events for line in event]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def an_event(*lines: str, uid: str = "one") -> list[str]:
    """Return the lines of an event."""
    stamp = "DTSTAMP:20270101T000000Z"
    return ["BEGIN:VEVENT", f"UID:{uid}", stamp, *lines, "END:VEVENT"]
