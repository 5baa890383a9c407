"""Tokens in links: signed ones, which say what they are for, and secrets, kept as digests."""

import base64
import hashlib
import hmac
import re
from enum import StrEnum

_TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})", re.ASCII)
_MAC_OCTETS = 16
SECRET_OCTETS = 24  # 192 bits of chance: nobody finds one by trying
_SECRET = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)  # the same in base64


class Purpose(StrEnum):
    """What a signed token lets its holder do; one for one purpose serves no other."""

    UNSUBSCRIBE = "unsubscribe"
    LEAVE_ALL = "leave_all"
    CONFIRM = "confirm"
    DECLINE = "decline"
    INVITATION = "invitation"
    MAILING_LIST = "mailing_list"


def token(secret: bytes, number: int, purpose: Purpose = Purpose.UNSUBSCRIBE) -> str:
    """Return the token of a subscription or request: its number and a keyed digest, for a URL."""
    return f"{number}-{_mac(secret, number, purpose)}"


def verify(secret: bytes, text: str, purpose: Purpose = Purpose.UNSUBSCRIBE) -> int | None:
    """Return the number a token was made for, or None for any other text."""
    found = _TOKEN.fullmatch(text)
    if found is None:
        return None
    number = int(found[1])
    return number if hmac.compare_digest(found[2], _mac(secret, number, purpose)) else None


def feed_digest(text: str) -> str | None:
    """Return what is kept of the secret of a person's own calendar; None for any other text.

    One round of SHA-256 does: a slow hash protects what people make up, and this is chance.
    """
    return hashlib.sha256(text.encode()).hexdigest() if _SECRET.fullmatch(text) else None


def _mac(secret: bytes, number: int, purpose: Purpose) -> str:
    digest = hmac.digest(secret, f"{purpose}:{number}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_MAC_OCTETS]).rstrip(b"=").decode()
