"""Mail addresses: one plain address, or a refusal."""

import re
from functools import lru_cache

import idna

from scheduler.errors import InterimError

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
_SHOWN = 60
_REMEMBERED = 256  # those of senders, which every letter asks for

# RFC 5321's Dot-string, with the letters and digits of all scripts (RFC 6531, 3.3).
_ATOM = r"(?:[!#$%&'*+/=?^`{|}~-]|\w)+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")


class BadAddress(InterimError):
    """A text that should be one mail address and is none."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        super().__init__(
            f"{shown!a} is not a mail address; give one plain address such as someone@example.org"
        )


@lru_cache(maxsize=_REMEMBERED)
def parse_address(text: str) -> str:
    """Return `text` as one addr-spec, its domain in lower-case ASCII.

    Display names, lists, comments, quoted local parts, address literals, white space and
    control characters are refused with `BadAddress`, and so is what looks like an encoded word.
    A local part may hold letters of any script.
    """
    local, _, domain = text.rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or len(local.encode()) > LONGEST_LOCAL_PART:
        raise BadAddress(text)
    if "=?" in local:  # some mail programs decode it (RFC 2047), and write to whom it then names
        raise BadAddress(text)
    address = f"{local}@{_ascii_domain(domain, text)}"
    if len(address.encode()) > LONGEST_ADDRESS:
        raise BadAddress(text)
    return address


def mailbox_of(address: str) -> str:
    """Return what all ways of capitalising one address have in common."""
    return address.casefold()


def domain_of(address: str) -> str:
    """Return the domain of a parsed address."""
    return address.rpartition("@")[2]


def _ascii_domain(domain: str, text: str) -> str:
    try:
        # UTS 46 folds case and width; IDNA 2008 keeps the sharp s, which IDNA 2003 rewrote.
        found = idna.encode(domain, uts46=True, transitional=False, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise BadAddress(text) from None
    last_label = found.rpartition(".")[2]
    # This machine itself is the one host that is known without a dot (RFC 6761, 6.3).
    named = "." in found or found == "localhost"
    if not named or not last_label or last_label.isdigit():
        raise BadAddress(text)
    return found
