"""A way by which letters leave: what it is asked, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from scheduler.errors import ServiceUnreachable

MAIL_URL = "INTERIM_SMTP_URL"


class Verdict(StrEnum):
    """What became of one message; nothing of it was handed over where it was `forgone`."""

    TAKEN = "taken"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    NO_MAILBOX = "no mailbox"
    UNKNOWN = "unknown"
    FORGONE = "forgone"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on one message, and the reason in the server's words or ours."""

    verdict: Verdict
    reason: str | None = None


def always() -> bool:
    """Let every message go on."""
    return True


class Channel(Protocol):
    """A way by which letters leave, one at a time."""

    async def open(self) -> None:
        """Make ready; raises `ServiceUnreachable` where no letter at all can leave."""

    async def send(
        self,
        sender: str,
        recipient: str,
        message: bytes,
        may_go_on: Callable[[], bool] = always,
    ) -> Answer:
        """Hand one message over for one recipient; its lines end with CRLF.

        `may_go_on` is asked before anything is said of the message, and again before the message
        itself: where it says no, the message is forgone. Raises `ServiceUnreachable`
        where no letter at all can leave; what concerns this message alone is answered.
        """

    async def close(self) -> None:
        """Take leave; quiet also where the other side is gone or was never there."""


class MailServerUnreachable(ServiceUnreachable):
    """A mail server that does not answer, or not as mail servers do."""

    def __init__(
        self, server: str, cause: str, remedy: str = f"start it or correct {MAIL_URL}"
    ) -> None:
        super().__init__(
            f"mail server {server} could not be reached ({cause}); the letters stay queued;"
            f" {remedy}, then run 'interim remind' again"
        )


class MailServerRefused(ServiceUnreachable):
    """A mail server that answers, and takes no letters from us."""

    def __init__(self, server: str, cause: str, remedy: str) -> None:
        super().__init__(
            f"mail server {server} takes no letters from us ({cause});"
            f" the letters stay queued; {remedy}"
        )
