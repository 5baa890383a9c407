"""What every letter is put in: headers of RFC 5322 and its kin, two forms of words, boundaries."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache

from scheduler.model.address import domain_of
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.notification.letters.header_text import header_text
from scheduler.notification.letters.headers import ASCII_LETTER, UTF8_LETTER
from scheduler.notification.letters.letterheads import Letterhead, quoted_url

OF_SEVERAL_GROUPS = "several_groups"
_LINE_END = re.compile(rb"\r\n|\r|\n")


def envelope(
    letter: Letter, letterhead: Letterhead, subject: str, *, name: str, leave: str, now: Instant
) -> EmailMessage:
    """Return a message with its headers and nothing in it yet.

    `name` is what its sender is called, `leave` the address of the one click by which its
    recipient gets no more of its kind (RFC 8058), `now` the instant of sending.
    """
    message = EmailMessage(ASCII_LETTER if letter.recipient.isascii() else UTF8_LETTER)
    message["Date"] = date_of(now)
    message["From"] = _address(letterhead.sender, name)
    if letterhead.reply_to:
        message["Reply-To"] = _address(letterhead.reply_to, name)
    message["To"] = _address(letter.recipient)
    message["Subject"] = subject
    message["Message-ID"] = letter.message_id
    _say_where_it_comes_from(message, letter, letterhead, leave)
    return message


@lru_cache(maxsize=8)
def date_of(now: Instant) -> str:
    """Return what stands in the header Date of a letter sent at an instant."""
    return format_datetime(now.utc)


def put_words(message: EmailMessage, text: str, html: str) -> None:
    """Put in the words, in 7-bit forms, so that any server may pass them on."""
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")


def sealed(message: EmailMessage, letter: Letter, language: str) -> bytes:
    """Return the message as it is sent, with CRLF; the same bytes for the same message."""
    message["Content-Language"] = language  # the content manager drops an earlier one
    _name_boundaries(message, letter.key)
    # Whatever a line ended with: a server might take a lone CR or LF for the end of one, too.
    return _LINE_END.sub(b"\r\n", message.as_bytes())


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(header_text(name), local, domain)


def _say_where_it_comes_from(
    message: EmailMessage, letter: Letter, letterhead: Letterhead, leave: str
) -> None:
    message["X-Notification-Key"] = letter.key
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message["List-Id"] = f"<{_list_label(letter)}.{domain_of(letterhead.sender)}>"  # RFC 2919
    ways = [leave]
    if letterhead.reply_to:
        ways.append(f"mailto:{letterhead.reply_to}?subject=unsubscribe")
    # RFC 2369, and RFC 8058 for the one click
    message["List-Unsubscribe"] = ", ".join(f"<{quoted_url(way)}>" for way in ways)
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _list_label(letter: Letter) -> str:
    """Return the first part of a List-Id: the group's, which never has an underscore in it."""
    if not letter.group:
        return OF_SEVERAL_GROUPS
    return re.sub(r"[^a-z0-9]+", "-", letter.group.lower()).strip("-") or "group"


def _name_boundaries(message: EmailMessage, key: str) -> None:
    """Name the boundaries after the key, not by chance.

    "=_" occurs in neither quoted-printable nor base64, so no part can hold its own end.
    """
    containers = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(containers):
        part.set_boundary(f"=_{number}_{key}")
