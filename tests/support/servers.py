"""A real server on loopback, in a thread of this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from starlette.types import ASGIApp

from scheduler.web.serving import address_of, listen, server


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Serve `app` while the context lasts; gives its address."""
    with listen("127.0.0.1", 0) as listening:
        serving = server(app)
        thread = Thread(target=serving.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield address_of(listening)
        finally:
            serving.should_exit = True
            thread.join()
