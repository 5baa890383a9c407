"""A real mail server on loopback, in a thread of its own, that behaves as a test asks."""

import asyncio
import shutil
import ssl
import subprocess
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from examples.mail_sink import DROP, HANG, Manners, Taken, listen

__all__ = [
    "DROP",
    "HANG",
    "ONE_AT_A_TIME",
    "PIPELINING",
    "Certificate",
    "MailServer",
    "mail_server",
]

ONE_AT_A_TIME = ("8BITMIME", "SMTPUTF8")
PIPELINING = ("PIPELINING", *ONE_AT_A_TIME)  # several commands may come at once


class Certificate:
    """A certificate made for one test run, and the two sides that use it."""

    def __init__(self, folder: Path) -> None:
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("no openssl here to make a certificate with")
        self.path, key = folder / "certificate.pem", folder / "key.pem"
        wish = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sink"]
        names = ["-addext", "subjectAltName=IP:127.0.0.1"]
        files = ["-keyout", str(key), "-out", str(self.path)]
        subprocess.run([openssl, *wish, *names, *files], check=True, capture_output=True)
        self.server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.server.load_cert_chain(self.path, key)

    def trusted(self) -> ssl.SSLContext:
        """What a client believes in that was given this certificate."""
        return ssl.create_default_context(cafile=self.path)


class MailServer:
    """What the server took, what it was asked, and what it is to answer instead."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.stages: list[str] = []
        self.port = 0
        self.at_each: Callable[[str], None] = lambda _stage: None
        self._instead: dict[str, deque[str]] = defaultdict(deque)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        return self.stages.count("GREETING")

    def answer(self, stage: str, *texts: str) -> None:
        """Answer the next times at this stage with these texts (or DROP, or HANG)."""
        self._instead[stage].extend(texts)

    def instead(self, stage: str) -> str | None:
        self.stages.append(stage)
        self.at_each(stage)
        waiting = self._instead[stage]
        return waiting.popleft() if waiting else None


async def let_go(conversations: set[asyncio.Task[None]]) -> None:
    """Let conversations end as their clients leave, and the others after a while."""
    if conversations:
        _, left = await asyncio.wait(conversations, timeout=2)
        for task in left:
            task.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)
    await asyncio.sleep(0.01)  # closed connections are taken down by the loop's next turns


@contextmanager
def mail_server(
    *,
    users: dict[str, str] | None = None,
    starttls: ssl.SSLContext | None = None,
    encrypted: ssl.SSLContext | None = None,
    extensions: tuple[str, ...] = ONE_AT_A_TIME,
) -> Iterator[MailServer]:
    """Run a server while the block runs."""
    server = MailServer()
    manners = Manners(
        keep=server.taken.append,
        instead=server.instead,
        tls=starttls,
        users=users or {},
        extensions=extensions,
    )
    ready, done = threading.Event(), asyncio.Event()

    async def serve() -> None:
        listening, server.port = await listen(manners, encrypted=encrypted)
        ready.set()
        await done.wait()
        listening.close()
        await let_go(asyncio.all_tasks() - {asyncio.current_task()})

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)
        loop.close()
