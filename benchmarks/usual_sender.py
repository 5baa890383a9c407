"""The usual way to send many letters in Python: an `EmailMessage` for each, through aiosmtplib."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import perf_counter

import aiosmtplib

from scheduler.notification.delivery import Ready


@dataclass(frozen=True)
class Parts:
    """What the usual sender is given: the same words, calendar and headers."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    calendar: bytes

    @classmethod
    def of(cls, ready: Ready) -> "Parts":
        """Take a letter apart."""
        message = message_from_bytes(ready.message, policy=policy.SMTP)
        if not isinstance(message, EmailMessage):
            raise TypeError(message)
        text, html, calendar = (part for part in message.walk() if not part.is_multipart())
        kept = {"content-type", "mime-version", "content-transfer-encoding"}
        headers = ((name, str(value)) for name, value in message.items())
        return cls(
            headers=tuple((name, value) for name, value in headers if name.lower() not in kept),
            text=text.get_content(),
            html=html.get_content(),
            calendar=calendar.get_payload(decode=True),
        )

    def built(self) -> bytes:
        """Return the message, built and serialised for one person."""
        message = EmailMessage(policy.SMTP)
        for name, value in self.headers:
            message[name] = value
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        message.add_attachment(
            self.calendar, maintype="text", subtype="calendar", filename="deadlines.ics"
        )
        return message.as_bytes()

    @property
    def recipient(self) -> str:
        """The one that it goes to."""
        return dict(self.headers)["To"]


def usually_sent(parts: Sequence[Parts], sender: str, port: int) -> float:
    """Return the seconds in which the usual sender sends some letters from an address."""

    async def send() -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for one in parts:
                await client.sendmail(sender, [one.recipient], one.built())

    started = perf_counter()
    asyncio.run(send())
    return perf_counter() - started
