"""The mail server as its URL names it."""

import ipaddress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from scheduler.errors import WrongUsage
from scheduler.notification.channel import MAIL_URL

_SUBMISSION_PORT = 587  # RFC 6409
SUBMISSIONS_PORT = 465  # RFC 8314
_RELAY_PORT = 25


class Encryption(StrEnum):
    """How the way to the server is encrypted; the last three are `?starttls=` in the URL."""

    IMPLICIT = "implicit"
    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class BadMailUrl(WrongUsage):
    """A URL that names no mail server; the message never repeats it, for it holds a password.

    `stands` says where the URL was found.
    """

    def __init__(self, fault: str, stands: str = MAIL_URL) -> None:
        super().__init__(
            f"{stands} {fault}; give smtp://user:password@host:port or smtps://…,"
            " with ?starttls=required|optional|none where it is to differ,"
            " and %-escapes for special characters in the password"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed over, and how; `user` None means without signing in.

    `stands` says where it is set, for whoever has to correct it.
    """

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str = field(default="", repr=False)
    stands: str = MAIL_URL

    def __str__(self) -> str:
        """Host and port, as messages name the server."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Tell whether letters to it never leave this machine."""
        return _is_loopback(self.host)

    @property
    def notice(self) -> str | None:
        """Return what to say of a weakness that was asked for, or None."""
        if self.is_loopback or self.encryption in (Encryption.IMPLICIT, Encryption.REQUIRED):
            return None
        if self.encryption is Encryption.NONE:
            return f"letters go to {self} unencrypted, as {self.stands} asks (starttls=none)"
        return (
            f"letters go to {self} encrypted only where it offers to, and whoever it is,"
            f" as {self.stands} asks (starttls=optional)"
        )


class _Unfit(Exception):
    """What is wrong with a URL, before it is said where that stands."""


def parse_mail_url(url: str, stands: str = MAIL_URL) -> MailServer:
    """Return the server that a URL names, which `stands` somewhere; raises `BadMailUrl`.

    STARTTLS is required except on loopback, where it is optional; anything weaker has to be
    asked for.
    """
    try:
        return replace(_parsed(url), stands=stands)
    except _Unfit as fault:
        raise BadMailUrl(str(fault), stands) from None


def _parsed(url: str) -> MailServer:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _Unfit("cannot be read") from None
    if parts.scheme not in ("smtp", "smtps"):
        raise _Unfit("does not begin with smtp:// or smtps://")
    if not host or not _is_plain(host):
        raise _Unfit("names no host")
    if parts.path not in ("", "/") or parts.fragment:
        raise _Unfit("goes on after the port")
    encryption = _encryption(parts, host)
    return MailServer(
        host=host,
        port=port or _default_port(encryption, host),
        encryption=encryption,
        user=_credential(parts.username, "user name") if parts.username else None,
        password=_credential(parts.password or "", "password"),
    )


def _encryption(parts: SplitResult, host: str) -> Encryption:
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    chosen = asked.pop("starttls", None)
    if asked:
        raise _Unfit(f"has the unknown option {min(asked)!a}")
    if parts.scheme == "smtps":
        if chosen is not None:
            raise _Unfit("asks for starttls, and smtps:// is encrypted from the start")
        return Encryption.IMPLICIT
    if chosen is None:
        return Encryption.OPTIONAL if _is_loopback(host) else Encryption.REQUIRED
    if chosen not in ("required", "optional", "none"):
        raise _Unfit(f"has starttls={chosen!a}")
    return Encryption(chosen)


def _default_port(encryption: Encryption, host: str) -> int:
    if encryption is Encryption.IMPLICIT:
        return SUBMISSIONS_PORT
    return _RELAY_PORT if _is_loopback(host) else _SUBMISSION_PORT


def _credential(text: str, name: str) -> str:
    value = unquote(text)
    if not all(sign.isprintable() for sign in value):
        raise _Unfit(f"has a control character in its {name}")
    return value


def _is_plain(host: str) -> bool:
    return host.isprintable() and not any(sign in host for sign in " \"'<>%\\")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
