"""Several commands at once to a server that lets them (PIPELINING, RFC 2920)."""

import asyncio
import re
from collections import deque
from collections.abc import Sequence
from typing import Any

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from aiosmtplib.email import quote_address

_LONGEST_REPLY = 1 << 15
_GO_ON = 354
_INVALID = -1
_PLAIN = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_REPLY = re.compile(r"\d{3}(?:[ -]|$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Pipeline(asyncio.Protocol):
    """Takes an open conversation over from aiosmtplib, whose replies come one at a time alone.

    What goes wrong is raised as aiosmtplib does. One at a time may use it.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        """Take over; nothing may be on its way at that moment."""
        self._transport = transport
        self._received = bytearray()
        self._said: list[str] = []
        self._replies: deque[SMTPResponse | SMTPResponseException] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self._lost = False
        transport.set_protocol(self)

    async def name_people(
        self, sender: str, recipient: str, *, beyond_ascii: bool, seconds: float
    ) -> None:
        """Say MAIL, RCPT and DATA in one go; return where the message may follow.

        Raises `SMTPSenderRefused`, `SMTPRecipientRefused` or `SMTPDataError` where one of them
        is refused; nothing is open then, and the next letter may begin.
        """
        options = " SMTPUTF8" if beyond_ascii else ""
        commands = (
            f"MAIL FROM:{_quoted(sender)}{options}",
            f"RCPT TO:{_quoted(recipient)}",
            "DATA",
        )
        self._write("".join(f"{command}\r\n" for command in commands).encode())
        replies: list[SMTPResponse] = []
        try:
            while len(replies) < len(commands):
                replies.append(await self._reply(seconds))
            refusal = _refusal(replies, sender, recipient)
            if refusal is None:
                return
            # To nobody: a lone dot ends it (RFC 2920, 3.1).
            self._write(b".\r\n" if replies[-1].code == _GO_ON else b"RSET\r\n")
            await self._reply(seconds)
        except SMTPException as fault:
            self._transport.abort()  # nobody knows any more what is open
            raise _refusal(replies, sender, recipient) or fault from fault
        raise refusal

    async def send(self, message: bytes, seconds: float) -> None:
        """Send the message that was let in, to its final dot; raises `SMTPDataError`."""
        self._write(travelling(message))
        reply = await self._reply(seconds)
        if reply.code != 250:
            raise SMTPDataError(reply.code, reply.message)

    async def quit(self, seconds: float) -> None:
        """Say goodbye."""
        self._write(b"QUIT\r\n")
        await self._reply(seconds)

    def data_received(self, data: bytes) -> None:
        """Take in what the server says."""
        self._received += data
        while (end := self._received.find(b"\n")) >= 0 and self._is_bearable(end):
            line = bytes(self._received[: end + 1])
            del self._received[: end + 1]
            self._take(line)
        if not self._is_bearable(len(self._received) if end < 0 else end):
            self._replies.append(SMTPResponseException(_INVALID, "Response too long"))
            self._transport.abort()
        self._wake()

    def _is_bearable(self, more: int) -> bool:
        """Tell whether a reply is of a length that servers answer in, with so much more."""
        return more + sum(map(len, self._said)) <= _LONGEST_REPLY

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Note that nothing more comes."""
        self._lost = True
        self._wake()

    def _take(self, line: bytes) -> None:
        text = line.decode(errors="replace").strip()
        if not _REPLY.match(text):
            told = f"Malformed SMTP response line: {text}"
            self._replies.append(SMTPResponseException(_INVALID, told))
            return
        self._said.append(text[4:].strip())
        if text[3:4] != "-":
            self._replies.append(SMTPResponse(int(text[:3]), "\n".join(self._said)))
            self._said = []

    def _wake(self) -> None:
        # Not for a part of a reply: it would begin the wait anew, and one that drips never ends.
        over = bool(self._replies) or self._lost
        if over and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _write(self, data: bytes) -> None:
        if self._lost or self._transport.is_closing():
            raise SMTPServerDisconnected("Connection lost")
        self._transport.write(data)

    async def _reply(self, seconds: float) -> SMTPResponse:
        while not self._replies:
            if self._lost:
                raise SMTPServerDisconnected("Connection lost")
            await self._wait(seconds)
        found = self._replies.popleft()
        if isinstance(found, SMTPResponseException):
            raise found
        return found

    async def _wait(self, seconds: float) -> None:
        """Wait for a reply or the end; with a bare timer, for this is done for each letter."""
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = loop.call_later(seconds, _give_up, self._waiting)
        try:
            await self._waiting
        finally:
            timer.cancel()


def _give_up(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(SMTPReadTimeoutError("Timed out waiting for server response"))


def pipeline_of(client: SMTP) -> Pipeline | None:
    """Take the conversation over where the server lets several commands come at once."""
    transport: Any = client.transport  # one of any loop, which need not be asyncio's by its type
    if transport is None or not client.supports_extension("pipelining"):
        return None
    return Pipeline(transport)


def _refusal(
    replies: Sequence[SMTPResponse], sender: str, recipient: str
) -> SMTPResponseException | None:
    """Return what is wrong with the first of the replies that refuses, None where none does."""
    for place, (code, text) in enumerate(replies):
        if place == 0 and code // 100 != 2:
            return SMTPSenderRefused(code, text, sender)
        if place == 1 and code // 100 != 2:
            return SMTPRecipientRefused(code, text, recipient)
        if place == 2 and code != _GO_ON:
            return SMTPDataError(code, text)
    return None


def _quoted(address: str) -> str:
    if _CONTROL.search(address):
        raise ValueError("an address holds a control character")
    return f"<{address}>" if _PLAIN.fullmatch(address) else quote_address(address)


def travelling(message: bytes) -> bytes:
    """Return a message as it travels: none of its lines is a lone dot, and then comes one.

    Its lines end with CRLF, as with `Channel.send`.
    """
    stuffed = message.replace(b"\r\n.", b"\r\n..")
    start = b"." if message.startswith(b".") else b""
    return start + stuffed + (b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n")
