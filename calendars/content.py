"""Content lines (RFC 5545, 3.1): values that cannot break out of them, and folding."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

LONGEST_LINE = 75  # octets, without the line break
_FOLD = "\r\n "
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(.)")
_URI_MARKS = "-._~:/?#[]@!$&'()*+,;=%"
_WEB_ADDRESS = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9._~%!$&'()*+,;=:@\[\]-]+"
    r"(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
)
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
_FURTHER_OCTET, _OCTET_CLASS = 0b10000000, 0b11000000


def clean(text: str) -> str:
    r"""Return a text in which `\n` is the only control character.

    Every kind of line break becomes `\n` and a tab becomes a space, so that words stay apart;
    all else that is not for reading goes, half surrogate pairs included.
    """
    if text.isprintable():
        return text
    lines = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    return _CONTROL.sub("", lines)


def escape(text: str) -> str:
    """Return a text as a TEXT value (RFC 5545, 3.3.11): one line, without any structure."""
    escaped = (
        text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    )
    # most texts are found clean here, at a fraction of the cost: no control is printable
    if escaped.isprintable() or (cleaned := clean(text)) == text:
        return escaped
    return escape(cleaned)


def unescape(value: str) -> str:
    """Return the text of a TEXT value, the inverse of `escape`."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def quoted(text: str) -> str:
    """Return a text as a quoted parameter value (RFC 5545, 3.2), in one line.

    No quotation mark can stand inside one; an apostrophe is what every reader shows, while the
    escape of RFC 6868 would be shown as it is by many. Its own mark is doubled, as it asks.
    """
    line = clean(text).replace("\n", " ")
    return '"' + line.replace('"', "'").replace("^", "^^") + '"'


def web_address(text: str) -> str | None:
    """Return an http or https address as a URI value (RFC 3986), None for anything else.

    Letters beyond ASCII are percent-encoded; nothing else is mended.
    """
    if _WEB_ADDRESS.fullmatch(text):
        return text
    if text.isascii() or not text.isprintable():
        return None
    encoded = quote(text, safe=_URI_MARKS)
    return encoded if _WEB_ADDRESS.fullmatch(encoded) else None


def utc_text(moment: datetime) -> str:
    """Return an aware datetime as a UTC DATE-TIME value (RFC 5545, 3.3.5), whole seconds."""
    return _utc_text(moment.astimezone(UTC))


@lru_cache(maxsize=65_536)
def _utc_text(moment: datetime) -> str:
    # only for UTC: two readings of a repeated local time are equal, and would share one text
    return local_text(moment) + "Z"


def local_text(moment: datetime) -> str:
    """Return the wall time of a datetime as a DATE-TIME value, whole seconds."""
    two = _TWO_DIGITS
    return (
        f"{moment.year:04}{two[moment.month]}{two[moment.day]}"
        f"T{two[moment.hour]}{two[moment.minute]}{two[moment.second]}"
    )


def duration_text(span: timedelta) -> str:
    """Return a positive span as an exact DURATION value (RFC 5545, 3.3.6), such as PT6H.

    Days are not used: a day may have 23 or 25 hours.
    """
    minutes, seconds = divmod(span.days * 86_400 + span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{count}{unit}" for count, unit in parts if count)


def fold(line: str) -> str:
    """Return a content line in physical lines of at most 75 octets, none within a character."""
    if line.isascii():
        if len(line) <= LONGEST_LINE:
            return line
        # the first physical line has room for one more, since no space stands before it
        first, room = LONGEST_LINE, LONGEST_LINE - 1
        rest = [line[at : at + room] for at in range(first, len(line), room)]
        return line[:first] + _FOLD + _FOLD.join(rest)
    return _fold_octets(line.encode())


def _fold_octets(octets: bytes) -> str:
    pieces = []
    at, room = 0, LONGEST_LINE
    while len(octets) - at > room:
        cut = at + room
        while octets[cut] & _OCTET_CLASS == _FURTHER_OCTET:
            cut -= 1
        pieces.append(octets[at:cut])
        at, room = cut, LONGEST_LINE - 1
    pieces.append(octets[at:])
    return b"\r\n ".join(pieces).decode()
