"""Content lines (RFC 5545, 3.1): values that cannot break out of them, and folding.

Texts are escaped and lines are folded as octets: that is what the limit of a line counts, what is
written in the end, and several times as fast as the same on text.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from struct import Struct
from urllib.parse import quote

LONGEST_LINE = 75  # octets, without the line break
_FOLD = b"\r\n "
_ROOM = LONGEST_LINE - 1  # for the octets of a line after its first, beside the space before them
_CUT_AT_ONCE = 2048  # octets: few texts of meetings are longer
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS_MARKED = bytes.maketrans(bytes({*range(32), 127} - {10}), b" " * 32)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(.)")
_URI_MARKS = "-._~:/?#[]@!$&'()*+,;=%"
_WEB_ADDRESS = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9._~%!$&'()*+,;=:@\[\]-]+"
    r"(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
)
_MAIL_ADDRESS = re.compile(r"([^\s@<>\"(),:;\\\[\]]+)@([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)")
_MAIL_MARKS = "-._~!$'*+"  # of a local part, what a mailto URI lets stand (RFC 6068, 2)
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
_FURTHER_OCTET, _OCTET_CLASS = 0b10000000, 0b11000000


def clean(text: str) -> str:
    r"""Return a text in which `\n` is the only control character.

    Every kind of line break becomes `\n` and a tab becomes a space, so that words stay apart;
    all else that is not for reading goes, half surrogate pairs included.
    """
    # most texts are found clean here, at a fraction of the cost: no control is printable
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    lines = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    return _CONTROL.sub("", lines)


def escape(text: str) -> str:
    """Return a text as a TEXT value (RFC 5545, 3.3.11): one line, without any structure."""
    return text_octets(text).decode()


def text_octets(text: str) -> bytes:
    """Return the octets of a text as a TEXT value, what `escape` returns in UTF-8."""
    # in ASCII quicker than to ask `clean`, which looks each letter up in the tables of Unicode
    if not text.isascii() or (octets := text.encode()).translate(_CONTROLS_MARKED) != octets:
        octets = clean(text).encode()
    octets = octets.replace(b"\\", b"\\\\").replace(b";", b"\\;")
    return octets.replace(b",", b"\\,").replace(b"\n", b"\\n")


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


def mail_uri(address: str) -> str | None:
    """Return a plain mail address as a URI value (RFC 6068), None for anything else."""
    found = _MAIL_ADDRESS.fullmatch(address)
    if found is None or not address.isprintable():
        return None
    return f"mailto:{quote(found[1], safe=_MAIL_MARKS)}@{found[2]}"


def utc_text(moment: datetime) -> str:
    """Return an aware datetime as a UTC DATE-TIME value (RFC 5545, 3.3.5), whole seconds."""
    at, two = moment.astimezone(UTC), _TWO_DIGITS
    # as `local_text` says it, which to call would cost more than the text itself
    return f"{_day_text(at.toordinal())}T{two[at.hour]}{two[at.minute]}{two[at.second]}Z"


def local_text(moment: datetime) -> str:
    """Return the wall time of a datetime as a DATE-TIME value, whole seconds."""
    at, two = moment, _TWO_DIGITS
    return f"{_day_text(at.toordinal())}T{two[at.hour]}{two[at.minute]}{two[at.second]}"


@lru_cache(maxsize=16_384)
def _day_text(ordinal: int) -> str:
    # entries have days in common, but hardly ever instants
    day = date.fromordinal(ordinal)
    return f"{day.year:04}{day.month:02}{day.day:02}"


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
    return fold_octets(line.encode()).decode()


def fold_octets(line: bytes) -> bytes:
    """Return the octets of a content line, folded as `fold` does it."""
    if len(line) <= LONGEST_LINE:
        return line
    if len(line) <= _CUT_AT_ONCE and line.isascii():
        return _FOLD.join(_lines_of(len(line)).unpack(line))
    return _FOLD.join(_cut_between_characters(line))


@lru_cache(maxsize=_CUT_AT_ONCE)
def _lines_of(octets: int) -> Struct:
    """Return what cuts so much ASCII into lines, all in one call."""
    whole, rest = divmod(octets - LONGEST_LINE, _ROOM)
    last = f"{rest}s" if rest else ""
    return Struct(f"{LONGEST_LINE}s" + f"{_ROOM}s" * whole + last)


def _cut_between_characters(line: bytes) -> list[bytes]:
    pieces = []
    at, room = 0, LONGEST_LINE
    while len(line) - at > room:
        cut = at + room
        while line[cut] & _OCTET_CLASS == _FURTHER_OCTET:
            cut -= 1
        pieces.append(line[at:cut])
        at, room = cut, _ROOM
    pieces.append(line[at:])
    return pieces
