"""The mail server as its URL names it."""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from scheduler.errors import WrongUsage

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
    """A URL that names no mail server; the message never repeats it, for it holds a password."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"INTERIM_SMTP_URL {fault}; give smtp://user:password@host:port or smtps://…,"
            " with ?starttls=required|optional|none where it is to differ,"
            " and %-escapes for special characters in the password"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed over, and how; `user` None means without signing in."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str = field(default="", repr=False)

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
            return f"letters go to {self} unencrypted, as INTERIM_SMTP_URL asks (starttls=none)"
        return (
            f"letters go to {self} encrypted only where it offers to, and whoever it is,"
            " as INTERIM_SMTP_URL asks (starttls=optional)"
        )


def parse_mail_url(url: str) -> MailServer:
    """Return the server that an `INTERIM_SMTP_URL` names; raises `BadMailUrl`.

    STARTTLS is required except on loopback, where it is optional; anything weaker has to be
    asked for.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadMailUrl("cannot be read") from None
    if parts.scheme not in ("smtp", "smtps"):
        raise BadMailUrl("does not begin with smtp:// or smtps://")
    if not host or not _is_plain(host):
        raise BadMailUrl("names no host")
    if parts.path not in ("", "/") or parts.fragment:
        raise BadMailUrl("goes on after the port")
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
        raise BadMailUrl(f"has the unknown option {min(asked)!a}")
    if parts.scheme == "smtps":
        if chosen is not None:
            raise BadMailUrl("asks for starttls, and smtps:// is encrypted from the start")
        return Encryption.IMPLICIT
    if chosen is None:
        return Encryption.OPTIONAL if _is_loopback(host) else Encryption.REQUIRED
    if chosen not in ("required", "optional", "none"):
        raise BadMailUrl(f"has starttls={chosen!a}")
    return Encryption(chosen)


def _default_port(encryption: Encryption, host: str) -> int:
    if encryption is Encryption.IMPLICIT:
        return SUBMISSIONS_PORT
    return _RELAY_PORT if _is_loopback(host) else _SUBMISSION_PORT


def _credential(text: str, name: str) -> str:
    value = unquote(text)
    if not all(sign.isprintable() for sign in value):
        raise BadMailUrl(f"has a control character in its {name}")
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
