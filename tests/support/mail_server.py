"""A real mail server on loopback, in a thread of its own, that behaves as a test asks."""

import asyncio
import shutil
import ssl
import subprocess
import threading
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path

import pytest

from examples.mail_sink import DROP, HANG, Manners, Taken, at_once, listen
from tests.support.privacy import check_privacy

__all__ = [
    "DROP",
    "HANG",
    "ONE_AT_A_TIME",
    "PIPELINING",
    "Certificate",
    "MailServer",
    "in_pieces",
    "mail_server",
]

ONE_AT_A_TIME = ("8BITMIME", "SMTPUTF8")
PIPELINING = ("PIPELINING", *ONE_AT_A_TIME)  # several commands may come at once
Writer = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]


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


def in_pieces(*sizes: int, pause: float = 0.001) -> Writer:
    """Return what writes answers in pieces of so many octets, over and over, after a pause each."""

    async def write(writer: asyncio.StreamWriter, answer: bytes) -> None:
        size = cycle(sizes)
        while answer:
            piece = next(size)
            await at_once(writer, answer[:piece])
            answer = answer[piece:]
            await asyncio.sleep(pause)

    return write


class MailServer:
    """What the server took, what it was asked, and what it is to answer instead.

    `people` are addresses that no letter to somebody else may hold, besides those it took letters
    for; `public` are those that any letter may.
    """

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.people: set[str] = set()
        self.public: set[str] = set()
        self.write: Writer = at_once
        self.stages: list[str] = []
        self.port = 0
        self.at_each: Callable[[str], None] = lambda _stage: None
        self._instead: dict[str, deque[str]] = defaultdict(deque)
        self._always: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        return self.stages.count("GREETING")

    def letters_since(self, before: int) -> list[EmailMessage]:
        """Return the letters that were taken after so many."""
        taken = self.taken[before:]
        return [message_from_bytes(one.message, policy=policy.default) for one in taken]

    def answer(self, stage: str, *texts: str) -> None:
        """Answer the next times at this stage with these texts (or DROP, or HANG)."""
        self._instead[stage].extend(texts)

    def always_answer(self, stage: str, text: str) -> None:
        """Answer at this stage with this text (or DROP, or HANG) until the server recovers."""
        self._always[stage] = text

    def recover(self) -> None:
        """Answer as usual from now on."""
        self._instead.clear()
        self._always.clear()
        self.write = at_once

    def instead(self, stage: str) -> str | None:
        self.stages.append(stage)
        self.at_each(stage)
        waiting = self._instead[stage]
        return waiting.popleft() if waiting else self._always.get(stage)


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
    """Run a server while the block runs.

    At the end no letter that it took may hold the address of anybody else.
    """
    server = MailServer()

    async def write(writer: asyncio.StreamWriter, answer: bytes) -> None:
        await server.write(writer, answer)

    manners = Manners(
        keep=server.taken.append,
        instead=server.instead,
        write=write,
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
    assert ready.wait(60)
    try:
        yield server
        check_privacy(server.taken, server.people, server.public)
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(60)
        loop.close()
