"""Signatures of letters (DKIM, RFC 6376): what signs, what proves it, and what may be wrong.

How a letter is signed is a filling of its own, `scheduler.notification.signatures`.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.errors import InterimError, WrongUsage
from scheduler.model.signing import SigningKey

Sign = Callable[[str, bytes], bytes]
"""Takes a sender's address and a message; returns the message, signed where a key is set for it."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key, in both forms that a record may have (RFC 6376, 3.6.1)."""

    wrapped: bytes
    bare: bytes
    bits: int

    @property
    def record(self) -> str:
        """The text of its record in the DNS."""
        return f"v=DKIM1; k=rsa; p={base64.b64encode(self.wrapped).decode()}"

    def is_in(self, octets: bytes) -> bool:
        """Tell whether a record that holds these octets is of this key."""
        return octets in (self.wrapped, self.bare)


class SigningKeyUnusable(WrongUsage):
    """A key that letters cannot be signed with; the message never repeats what is in its file."""

    def __init__(self, key: SigningKey, fault: str, remedy: str) -> None:
        super().__init__(f"{key.setting}: the key file {key.file} {fault}; {remedy}")


class SigningLibraryMissing(InterimError):
    """Letters are to be signed, and what signs them is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "mail.dkim needs the library 'dkimpy', which is not installed;"
            " pip install 'interim-scheduler[dkim]', or take mail.dkim out of interim.yaml"
        )


def unsigned(sender: str, message: bytes) -> bytes:  # noqa: ARG001
    """Return a message as it is."""
    return message
