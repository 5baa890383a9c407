"""The channel that speaks SMTP: one connection for all letters of a run."""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress

from aiosmtplib import SMTP, SMTPException

from scheduler.notification.channel import Answer, always
from scheduler.notification.smtp.handover import Conversation, hand_over
from scheduler.notification.smtp.pipeline import Pipeline, pipeline_of
from scheduler.notification.smtp.servers import MailServer
from scheduler.notification.smtp.welcome import abandon, connect

FAREWELL_SECONDS = 5.0


class SmtpChannel:
    """A connection to one mail server, made anew where it was lost."""

    def __init__(self, server: MailServer, *, trust: ssl.SSLContext | None = None) -> None:
        """Name the server; `trust` replaces the system's certificates."""
        self._server = server
        self._trust = trust
        self._client: SMTP | None = None
        self._pipeline: Pipeline | None = None

    async def open(self) -> None:
        """Connect, encrypt and sign in, as the server's URL says.

        Raises `MailServerUnreachable` or `MailServerRefused`.
        """
        await self._connected()

    async def send(
        self,
        sender: str,
        recipient: str,
        message: bytes,
        may_go_on: Callable[[], bool] = always,
    ) -> Answer:
        """Hand one message over; connects again where the connection was lost."""
        client = await self._connected()
        server = self._server
        conversation = Conversation(client, str(server), may_go_on, self._pipeline, server.stands)
        return await hand_over(conversation, sender, recipient, message)

    async def close(self) -> None:
        """Say goodbye, and do not mind if nobody listens."""
        client, self._client = self._client, None
        if client is None or not client.is_connected:
            return
        transport = client.transport
        pipeline, self._pipeline = self._pipeline, None
        with suppress(SMTPException, OSError):
            if pipeline is not None:
                await pipeline.quit(FAREWELL_SECONDS)
            else:
                await client.quit(timeout=FAREWELL_SECONDS)
        client.close()
        abandon(transport)  # an encrypted one would wait for the other side's goodbye
        await asyncio.sleep(0)  # the loop's next turn takes it down

    async def _connected(self) -> SMTP:
        if self._client is None or not self._client.is_connected:
            self._client = await connect(self._server, self._trust)
            self._pipeline = pipeline_of(self._client)
        return self._client


async def sign_in(server: MailServer) -> None:
    """Open a conversation as for letters, and take leave; raises what keeps letters from going."""
    channel = SmtpChannel(server)
    try:
        await channel.open()
    finally:
        await channel.close()
