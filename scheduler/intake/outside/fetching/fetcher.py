"""Fetches a calendar over https from a host that may mean harm."""

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

from scheduler import __version__
from scheduler.intake.outside.faults import (
    BadCalendarUrl,
    NoAnswer,
    NotPublic,
    Redirected,
    Refused,
    TooSlow,
)
from scheduler.intake.outside.fetching.addresses import (
    Address,
    CalendarUrl,
    is_public,
    parse_calendar_url,
)
from scheduler.intake.outside.fetching.connection import Line, Patience, connect, patience
from scheduler.intake.outside.fetching.resolving import resolve
from scheduler.intake.outside.fetching.unpacking import MOST_OCTETS, calendar_bytes, unpacked

OK, NOT_MODIFIED, FIRST_REDIRECTION, FIRST_REFUSAL = 200, 304, 300, 400
LONGEST_VALIDATOR = 500
MOST_ADDRESSES = 4
_HEADER = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server named the version of a calendar by, for asking whether there is a newer one."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A calendar's bytes; None where they are those that were known."""

    data: bytes | None
    validators: Validators


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """How calendars are fetched: how much, how long, whom to trust, which addresses to reach.

    `trust` None is what the system trusts; `reachable` and `resolved` are given otherwise only
    where a server of one's own network is meant, as in tests.
    """

    most_octets: int = MOST_OCTETS
    seconds: float = 20.0
    trust: ssl.SSLContext | None = None
    reachable: Callable[[Address], bool] = is_public
    resolved: Callable[[str, int, float], tuple[Address, ...]] = resolve

    def fetch(self, address: str, known: Validators = NO_VALIDATORS) -> Fetched:
        """Return the calendar at an https address, or that it is the one that is known.

        Raises `NoCalendar`, one kind for each cause, in little more than `seconds`.
        """
        url = parse_calendar_url(address)
        left = patience(self.seconds)
        try:
            with self._connected(url, left) as line:
                return self._asked(url, line, known)
        except TimeoutError:
            raise TooSlow(url.host, self.seconds) from None
        except ssl.SSLCertVerificationError as fault:
            raise NoAnswer(url.host, f"its certificate: {fault.verify_message}") from None
        except (OSError, HTTPException) as fault:
            raise NoAnswer(url.host, type(fault).__name__) from None

    def _connected(self, url: CalendarUrl, left: Patience) -> Line:
        addresses = self.resolved(url.host, url.port, left.left)
        for address in addresses:
            if not self.reachable(address):
                raise NotPublic(url.host, str(address))
        trust = self.trust or ssl.create_default_context()
        failed: OSError = OSError()
        for address in addresses[:MOST_ADDRESSES]:
            try:
                return connect(url, address, left, trust)
            except OSError as fault:
                failed = fault
        raise failed

    def _asked(self, url: CalendarUrl, line: Line, known: Validators) -> Fetched:
        line.send(_request(url, known))
        response = HTTPResponse(line)  # type: ignore[arg-type]  # it needs no more than makefile
        response.begin()
        if response.status == NOT_MODIFIED and known != NO_VALIDATORS:
            return Fetched(data=None, validators=known)
        if FIRST_REDIRECTION <= response.status < FIRST_REFUSAL:
            raise Redirected(url.host, _place(response.getheader("Location") or ""))
        if response.status != OK:
            raise Refused(url.host, response.status)
        packing = response.getheader("Content-Encoding") or ""
        data = unpacked(response, packing, url.host, self.most_octets)
        if response.length:
            raise NoAnswer(url.host, "the answer breaks off")
        validators = Validators(
            etag=_validator(response, "ETag"), modified=_validator(response, "Last-Modified")
        )
        return Fetched(data=calendar_bytes(data, url.host), validators=validators)


def _request(url: CalendarUrl, known: Validators) -> bytes:
    lines = [
        f"GET {url.target} HTTP/1.1",
        f"Host: {url.authority}",
        f"User-Agent: interim/{__version__}",
        "Accept: text/calendar",
        "Accept-Encoding: gzip",
        "Connection: close",
    ]
    if known.etag:
        lines.append(f"If-None-Match: {known.etag}")
    if known.modified:
        lines.append(f"If-Modified-Since: {known.modified}")
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _validator(response: HTTPResponse, name: str) -> str | None:
    """A header that will be sent back, unless it is one that nobody should repeat."""
    value = response.getheader(name) or ""
    return value if len(value) <= LONGEST_VALIDATOR and _HEADER.fullmatch(value) else None


def _place(location: str) -> str:
    """Return where a redirection leads, without what may be secret in it."""
    try:
        return f"https://{parse_calendar_url(location).authority}/…"
    except BadCalendarUrl:
        pass
    try:
        parts = urlsplit(location[:LONGEST_VALIDATOR])
        host = parts.hostname or ""
    except ValueError:
        return "an address that cannot be read"
    named = re.sub(r"[^a-z0-9.:-]", "?", host)
    return f"{re.sub(r'[^a-z]', '?', parts.scheme)}://{named}/…" if host else "another path there"
