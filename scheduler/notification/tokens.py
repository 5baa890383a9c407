"""Tokens by which a letter's reader unsubscribes without signing in."""

import base64
import hashlib
import hmac
import re

_TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})", re.ASCII)
_PURPOSE = b"unsubscribe:"  # so that the secret may sign other things as well
_MAC_OCTETS = 16


def token(secret: bytes, subscription_id: int) -> str:
    """Return the token of a subscription: its number and a keyed digest, safe in a URL."""
    return f"{subscription_id}-{_mac(secret, subscription_id)}"


def verify(secret: bytes, text: str) -> int | None:
    """Return the subscription a token was made for, or None for any other text."""
    found = _TOKEN.fullmatch(text)
    if found is None:
        return None
    number = int(found[1])
    return number if hmac.compare_digest(found[2], _mac(secret, number)) else None


def _mac(secret: bytes, subscription_id: int) -> str:
    digest = hmac.digest(secret, _PURPOSE + str(subscription_id).encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_MAC_OCTETS]).rstrip(b"=").decode()
