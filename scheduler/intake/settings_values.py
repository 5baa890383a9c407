"""What values of settings files may be: zones, languages, mail and web addresses, plain names."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from scheduler.errors import InterimError
from scheduler.model.address import domain_of, parse_address
from scheduler.model.domain_limit import OTHERS
from scheduler.model.moment import zone_named
from scheduler.wording.languages import speaker

LONGEST_NAME = 200
LONGEST_COALESCING = 240  # minutes
LONGEST_PATH = 1000
FIRST_YEAR, LAST_YEAR = 1900, 2199
# Labels of names in the DNS (RFC 6376, 3.1).
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_USER = re.compile(r"://.*@", re.DOTALL)
_SELECTOR = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)


def _zone(text: str) -> str:
    try:
        zone_named(text)
    except InterimError as fault:
        raise ValueError(str(fault)) from fault
    return text


def _language(text: str) -> str:
    try:
        return speaker(text).language
    except InterimError as fault:
        raise ValueError(str(fault)) from fault


def _address(text: str) -> str:
    try:
        return parse_address(text)
    except InterimError as fault:
        raise ValueError(str(fault)) from fault


def _domain(text: str) -> str:
    if text == OTHERS:
        return text
    try:
        return domain_of(parse_address(f"someone@{text}"))
    except InterimError:
        raise ValueError(
            f"{text!r} is no mail domain; give one such as example.org, or '{OTHERS}' for each of "
            "the others"
        ) from None


def without_password(url: str) -> str:
    """Return an address that is refused as it may be quoted: nothing before its last @ is shown."""
    return _USER.sub("://…@", url)


def _web_address(text: str) -> str:
    scheme, _, rest = text.partition("://")
    if scheme not in ("http", "https") or not rest or not text.isprintable() or " " in text:
        raise ValueError(
            f"{without_password(text)!r} is no web address; give one that begins with https://"
        )
    return text


def _base_address(text: str) -> str:
    parts = urlsplit(_web_address(text))
    if not leads_somewhere(parts):
        raise ValueError(
            f"{without_password(text)!r} names no host, or a port that is none; give one such as "
            "https://meetings.example.org/ or https://meetings.example.org:8443/"
        )
    if parts.username or parts.password or parts.fragment or "#" in text:
        raise ValueError(
            "links cannot begin with an address that has a user, a password or a #fragment; "
            "give one such as https://meetings.example.org/"
        )
    return text


def leads_somewhere(parts: SplitResult) -> bool:
    """Tell whether a web address has a host, and a port that can be if it names one."""
    try:
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a port that is no number, or too large a one
        return False


def _mail_domain(text: str) -> str:
    domain = domain_of(_address(f"postmaster@{text}"))
    if domain != text:
        raise ValueError(f"write the domain as letters carry it, {domain!r}")
    return text


def _selector(text: str) -> str:
    if not _SELECTOR.fullmatch(text):
        raise ValueError(
            f"{text!r} is no selector; give letters, digits, - and dots, such as interim1"
        )
    return text


def _key_file(text: str) -> str:
    # What is refused may be the key itself, and so is not quoted.
    if not text or len(text) > LONGEST_PATH or not text.isprintable() or "-----" in text:
        raise ValueError("give the path of the file that holds the key, never the key itself")
    return text


def one_line(text: str) -> str:
    """Return a text that can be printed on one line; raises `ValueError` for others."""
    if not text.isprintable():
        raise ValueError(f"{text!r} holds control characters; write it on one line")
    return text


def _day(value: object) -> object:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"{value!r} is no date; give one such as 2027-03-17") from None
    if isinstance(day, date):
        known_year(day.year)
    return day


def known_year(year: int) -> None:
    """Raise `ValueError` for a year that calendars do not know."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"calendars know the years {FIRST_YEAR} to {LAST_YEAR}, not {year}")


Day = Annotated[date, BeforeValidator(_day)]
Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
Domain = Annotated[str, AfterValidator(_domain)]
MailAddress = Annotated[str, AfterValidator(_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
MailDomain = Annotated[str, AfterValidator(_mail_domain)]
Selector = Annotated[str, AfterValidator(_selector)]
KeyFile = Annotated[str, AfterValidator(_key_file)]
BaseAddress = Annotated[str, AfterValidator(_base_address)]
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_NAME, strip_whitespace=True),
    AfterValidator(one_line),
]


class Strict(BaseModel):
    """A mapping that takes no unknown keys and guesses no types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Mail(Strict):
    """Who letters come from, where answers go, and how long edits are gathered into one letter."""

    sender: MailAddress | None = Field(default=None, alias="from")
    reply_to: MailAddress | None = None
    coalesce_minutes: int | None = Field(default=None, ge=0, le=LONGEST_COALESCING)
