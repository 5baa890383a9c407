"""Addresses that calendars may be fetched from: https, and in nobody's own network."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

from scheduler.intake.outside.faults import BadCalendarUrl

HTTPS_PORT = 443
LONGEST_URL = 2000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# The IPv4 network that stands behind these can be any: RFC 6052, 3.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_HOST = re.compile(r"[a-z0-9:._-]{1,253}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarUrl:
    """An https address; `target` is its path and query, which may be a secret."""

    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"


def parse_calendar_url(text: str) -> CalendarUrl:
    """Return an address that a calendar may be fetched from.

    Raises `BadCalendarUrl`, which repeats nothing of what was given: it may hold a secret.
    """
    if not text.isascii() and len(text) <= LONGEST_URL and text.isprintable():
        text = _in_ascii(text)
    if len(text) > LONGEST_URL or not text.isascii() or not text.isprintable() or " " in text:
        raise BadCalendarUrl("the address is too long, or holds signs that no address has")
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port or HTTPS_PORT
    except ValueError:
        raise BadCalendarUrl("the address is not written as addresses are") from None
    if parts.scheme != "https":
        raise BadCalendarUrl("calendars are fetched over https alone")
    if "@" in parts.netloc:
        raise BadCalendarUrl("a name or password stands in the address")
    if not _HOST.fullmatch(host):
        raise BadCalendarUrl("the address names no host")
    query = f"?{parts.query}" if parts.query else ""
    return CalendarUrl(host=host, port=port, target=(parts.path or "/") + query)


def _in_ascii(text: str) -> str:
    """Return an address whose host is written in another script, as DNS has it."""
    scheme, slashes, rest = text.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    try:
        return scheme + slashes + idna.encode(host, uts46=True).decode() + rest[len(host) :]
    except (idna.IDNAError, UnicodeError):
        raise BadCalendarUrl("the host is not written as hosts are") from None


def is_public(address: Address) -> bool:
    """Tell whether an address lies in the internet, and in nobody's own network."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped or address.sixtofour or address.teredo or address.is_site_local:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    local = address.is_private or address.is_loopback or address.is_link_local
    return address.is_global and not special and not local
