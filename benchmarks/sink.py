"""A mail server that takes every letter, keeps none, and does as little as it can with each.

It offers PIPELINING, prints its port, counts (`NOOP` answers how many it took), and ends with its
standard input. Used by `letters.py`, and not for use where a letter matters.
"""

import asyncio
import sys

END = b"\r\n.\r\n"
OFFER = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"


class Sink(asyncio.Protocol):
    """One client's connection."""

    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport = transport
        self.waiting = bytearray()
        self.in_message = False
        self.transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer all that is whole, in one piece."""
        self.waiting += data
        answers = []
        while True:
            end = self.waiting.find(END) if self.in_message else self.waiting.find(b"\r\n")
            if end < 0:
                break
            line = bytes(self.waiting[:end])
            del self.waiting[: end + len(END if self.in_message else b"\r\n")]
            answers.append(self.answer(line))
        if answers:
            self.transport.write(b"".join(answers))

    def answer(self, line: bytes) -> bytes:
        """Return the answer to a line, or to a message."""
        if self.in_message:
            self.in_message = False
            Sink.taken += 1
            return b"250 taken\r\n"
        match line[:4].upper():
            case b"EHLO":
                return OFFER
            case b"DATA":
                self.in_message = True
                return b"354 go on\r\n"
            case b"NOOP":
                return f"250 {Sink.taken}\r\n".encode()
            case b"QUIT":
                asyncio.get_running_loop().call_soon(self.transport.close)
                return b"221 bye\r\n"
        return b"250 ok\r\n"


async def serve() -> None:
    """Take letters until the standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
