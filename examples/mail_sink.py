"""A mail server to try things out with: takes every letter on loopback and keeps it as a file.

    python examples/mail_sink.py FOLDER [--port PORT]

The first line it prints is its URL, for INTERIM_SMTP_URL; then one line for each letter kept.
It delivers nothing, and ends with the process that started it.
"""

import argparse
import asyncio
import base64
import os
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

DROP = "(drop the connection)"
HANG = "(say nothing)"
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A letter as it came: the envelope, the message, and how the conversation was held."""

    sender: str
    recipients: tuple[str, ...]
    message: bytes
    encrypted: bool = False
    user: str | None = None


class Dropped(Exception):
    """The conversation ends without a goodbye."""


async def at_once(writer: asyncio.StreamWriter, answer: bytes) -> None:
    """Write an answer in one piece."""
    writer.write(answer)
    await writer.drain()


@dataclass(kw_only=True)
class Manners:
    """How a server behaves: what it keeps letters with, what it offers, what it says instead.

    `instead` is asked before each answer with its stage (GREETING, EHLO, STARTTLS, AUTH, MAIL,
    RCPT, DATA, BODY, KEPT, QUIT …), and as LINES before a message is read; what it returns is
    answered in the place of the usual. What ends with DROP or HANG is sent as it stands, without
    the end of a line, before the server does so. `write` sends an answer's octets.
    """

    keep: Callable[[Taken], None]
    instead: Callable[[str], str | None] = lambda _stage: None
    write: Callable[[asyncio.StreamWriter, bytes], Awaitable[None]] = at_once
    tls: ssl.SSLContext | None = None
    users: dict[str, str] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("8BITMIME", "SMTPUTF8")


class Conversation:
    """One client's connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, manners: Manners
    ) -> None:
        self.reader, self.writer, self.manners = reader, writer, manners
        self.user: str | None = None
        self.start_over()

    def start_over(self) -> None:
        """Forget the envelope."""
        self.sender: str | None = None
        self.recipients: list[str] = []

    async def hold(self) -> None:
        """Answer until the client leaves."""
        try:
            with suppress(Dropped, OSError, asyncio.IncompleteReadError):
                await self.say("GREETING", "220 sink ESMTP")
                while await self.answer((await self.reader.readline()).decode().rstrip("\r\n")):
                    pass
        finally:
            self.writer.close()
            with suppress(OSError):
                await self.writer.wait_closed()

    async def say(self, stage: str, usual: str) -> bool:
        """Send the answer of a stage; tell whether it was a good one."""
        return await self.send(self.manners.instead(stage) or usual)

    async def send(self, text: str) -> bool:
        """Send one answer, or misbehave; tell whether it was a good one."""
        said = text.removesuffix(DROP).removesuffix(HANG)
        if said:
            line_end = "\r\n" if said == text else ""
            await self.manners.write(
                self.writer, (said + line_end).encode(errors="surrogateescape")
            )
        if text.endswith(HANG):
            await self.reader.read()
        if said != text:
            raise Dropped
        return text[:1] in "23"

    async def answer(self, line: str) -> bool:
        """Answer one command; tell whether the conversation goes on."""
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                await self.say("EHLO", self.offers())
            case "STARTTLS" if self.manners.tls:
                if await self.say("STARTTLS", "220 go on"):
                    await self.writer.start_tls(self.manners.tls)
            case "AUTH":
                await self.sign_in(rest)
            case "MAIL" | "RCPT" as stage:
                await self.name_people(stage, rest.partition("<")[2].partition(">")[0])
            case "DATA":
                await self.take()
            case "RSET":
                self.start_over()
                await self.say("RSET", "250 ok")
            case "QUIT" | "":
                await self.say("QUIT", "221 bye")
                return False
            case _:
                await self.say("UNKNOWN", "502 not known here")
        return True

    @property
    def encrypted(self) -> bool:
        """Tell whether the connection is encrypted by now."""
        return self.writer.get_extra_info("sslcontext") is not None

    def offers(self) -> str:
        """Return the answer to EHLO."""
        offered = ["sink", *self.manners.extensions]
        if self.manners.users:
            offered.append("AUTH PLAIN")
        if self.manners.tls and not self.encrypted:
            offered.append("STARTTLS")
        return "\r\n".join([*(f"250-{name}" for name in offered[:-1]), f"250 {offered[-1]}"])

    async def sign_in(self, text: str) -> None:
        """Check a user and password given with AUTH PLAIN."""
        _, user, password = base64.b64decode(text.partition(" ")[2]).decode().split("\0")
        known = self.manners.users.get(user) == password
        if await self.say("AUTH", "235 welcome" if known else "535 wrong user or password"):
            self.user = user

    async def name_people(self, stage: str, address: str) -> None:
        """Note the sender or a recipient, unless told otherwise."""
        if stage == "RCPT" and self.sender is None:
            await self.say(stage, "503 from whom?")
            return
        if not await self.say(stage, "250 ok"):
            return
        if stage == "MAIL":
            self.sender = address
        else:
            self.recipients.append(address)

    async def take(self) -> None:
        """Read a message to its final dot, and keep it unless told otherwise."""
        if not self.recipients:
            await self.say("DATA", "503 for whom?")
            return
        if not await self.say("DATA", "354 go on"):
            return
        interruption = self.manners.instead("LINES")
        if interruption:
            await self.send(interruption)
            raise Dropped
        lines = []
        while (line := await self.reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        refusal = self.manners.instead("BODY")
        if refusal is None:
            self.manners.keep(self.letter(b"".join(lines)))
        await (self.send(refusal) if refusal else self.say("KEPT", "250 taken"))
        self.start_over()

    def letter(self, message: bytes) -> Taken:
        """Return the message with its envelope."""
        return Taken(
            sender=self.sender or "",
            recipients=tuple(self.recipients),
            message=message,
            encrypted=self.encrypted,
            user=self.user,
        )


async def listen(
    manners: Manners, port: int = 0, *, encrypted: ssl.SSLContext | None = None
) -> tuple[asyncio.Server, int]:
    """Start a server on loopback; return it with its port (a free one for 0)."""

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Conversation(reader, writer, manners).hold()

    server = await asyncio.start_server(hold, "127.0.0.1", port, limit=_LONGEST_LINE, ssl=encrypted)
    return server, server.sockets[0].getsockname()[1]


def keep_in(folder: Path) -> Callable[[Taken], None]:
    """Return what writes each letter into `folder`, numbered, and prints where."""
    folder.mkdir(parents=True, exist_ok=True)

    def keep(letter: Taken) -> None:
        path = folder / f"{len(list(folder.glob('*.eml'))) + 1:04}.eml"
        path.write_bytes(letter.message)
        print(f"{path}  to {', '.join(letter.recipients)}", flush=True)

    return keep


async def serve(folder: Path, port: int) -> None:
    """Take letters until the process that started this one is gone."""
    parent = os.getppid()
    server, port = await listen(Manners(keep=keep_in(folder)), port)
    print(f"smtp://127.0.0.1:{port}", flush=True)
    async with server:
        while os.getppid() == parent:  # noqa: ASYNC110  # nobody announces its end
            await asyncio.sleep(0.2)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="Take every letter on loopback, as a file.")
    parser.add_argument("folder", type=Path, help="where the letters are kept")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(given.folder, given.port))


if __name__ == "__main__":
    main()
