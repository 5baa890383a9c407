"""Whether a text is a mail that was saved, told by its first lines."""

import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]*(\S.*)?")
_KNOWN = {"from", "to", "cc", "subject", "date", "reply-to", "sender"}
_SURE = {"message-id", "mime-version", "received", "return-path", "delivered-to"}
_MOST_HEADER_LINES = 300


def looks_like_mail(text: str) -> bool:
    """Tell whether a text begins with the headers of a mail, and not with a memo's.

    A memo has "From:" and "Date:" too; a mail has headers that no person writes, or a date in
    the form of RFC 5322.
    """
    headers = _leading_headers(text)
    if headers.keys() & _SURE:
        return bool(headers.keys() & _KNOWN)
    return len(headers.keys() & _KNOWN) > 1 and is_mail_date(headers.get("date", ""))


def is_mail_date(text: str) -> bool:
    """Tell whether a text is a date as mail programs write it."""
    try:
        parsedate_to_datetime(text)
    except ValueError:
        return False
    return True


def header_text(message: EmailMessage, name: str) -> str | None:
    """Return a header's text decoded, in one line; None where it is absent or broken."""
    try:
        value = message.get(name)
        return None if value is None else " ".join(str(value).split())
    except (ValueError, LookupError, IndexError, TypeError, AttributeError):
        return None  # the parser of the standard library fails on some broken headers


def _leading_headers(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    lines = text.lstrip("\ufeff").split("\n", _MOST_HEADER_LINES)[:_MOST_HEADER_LINES]
    for index, line in enumerate(lines):
        header = _HEADER.fullmatch(line.rstrip("\r"))
        folded = line[:1] in {" ", "\t"} and found
        if not (header or folded or (index == 0 and line.startswith("From "))):
            break
        if header:
            found.setdefault(header[1].lower(), header[2] or "")
    return found
