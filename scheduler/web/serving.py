"""A server process: its listening socket, and the run until it is interrupted."""

import errno
import signal
import socket
from asyncio import Protocol
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from scheduler.errors import InterimError

_PORTS = range(65_536)
_WAITING_CONNECTIONS = 2048
_LAST_ANSWERS_SECONDS = 5


class PortTaken(InterimError):
    """A port on which another program listens already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is taken by another program; "
            "stop that one, or choose another with --port (0 takes any free one)"
        )


class AddressNotUsable(InterimError):
    """An address that this machine does not let us listen on."""

    def __init__(self, host: str, port: int, cause: str) -> None:
        super().__init__(
            f"cannot listen on {host} port {port}: {cause}; "
            "choose another with --host, such as 127.0.0.1, and a --port above 1023"
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`; port 0 takes any free one.

    Raises `PortTaken` or `AddressNotUsable`.
    """
    if port not in _PORTS:  # which the system would take modulo 65,536
        raise AddressNotUsable(host, port, "there is no such port")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_WAITING_CONNECTIONS)
        except BaseException:
            listening.close()
            raise
    except UnicodeError as error:
        raise AddressNotUsable(host, port, "this is no name of a host") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise AddressNotUsable(host, port, error.strerror or str(error)) from error
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the URL under which a listening socket is reached from this machine."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def run(
    app: ASGIApp, host: str, port: int, *, announce: Callable[[str], None] = lambda _: None
) -> None:
    """Serve `app` until the process is interrupted; `announce` is told its address first.

    Told to stop (SIGINT, SIGTERM), it takes no more requests, and ends when those under way have
    their answers, or after some seconds.
    Requests are not logged: links in letters carry the token that unsubscribes.
    Raises `PortTaken` or `AddressNotUsable`.
    """
    with listen(host, port) as listening:
        # which ends the process in peace, where it would be killed once the server has stopped
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        announce(address_of(listening))
        with suppress(KeyboardInterrupt):
            server(app).run(sockets=[listening])


def server(app: ASGIApp) -> uvicorn.Server:
    """Return a server that keeps no record of requests and does not name itself."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="error",  # not a line for each thing that is no HTTP
            lifespan="off",
            server_header=False,
            http=_protocol(),
            timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
        )
    )


def _protocol() -> type[Protocol] | Literal["h11"]:
    """Return what speaks HTTP: our own connection, or another where httptools is missing."""
    try:
        from scheduler.web.connection import Connection
    except ImportError:
        return "h11"
    return Connection
