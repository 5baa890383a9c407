"""What a foreign calendar may ask of a reader, checked in its text before it is read.

Libraries expand a zone's rules while they read; a rule for every second, or hundreds of them,
keeps them busy for ever. So zones may hold what real zones hold: a few yearly rules.
"""

import re
from collections.abc import Iterator

MOST_OCTETS = 5_000_000
MOST_COMPONENTS = 20_000
MOST_ZONE_RULES = 64
MOST_ZONE_LINES = 5_000
DEEPEST = 8
_FOLD = (" ", "\t")
_ZONE_RULE = re.compile(
    r"FREQ=YEARLY|INTERVAL=1|WKST=[A-Z]{2}"
    r"|(UNTIL|COUNT|BYMONTH|BYDAY|BYMONTHDAY)=[A-Z0-9,+-]{1,120}"
)


class UnreadableCalendar(ValueError):
    """A calendar that is not read: `what` is wrong with it, and `where`."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"unreadable calendar, {where}: {what}")
        self.what = what
        self.where = where


def check_limits(data: bytes) -> str:
    """Return the text of a calendar that asks for no more than real ones do.

    Raises `UnreadableCalendar` for more than `MOST_OCTETS`, other encodings than UTF-8,
    unbalanced or too many components, and zones beyond `MOST_ZONE_RULES` yearly rules.
    """
    if len(data) > MOST_OCTETS:
        raise UnreadableCalendar(
            f"{len(data)} octets, where {MOST_OCTETS} are read at most", "as a whole"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise UnreadableCalendar(
            "these octets are not UTF-8; save it in that encoding", f"line {line}"
        ) from None
    _check_structure(text)
    _check_zones(text)
    return text


def _check_structure(text: str) -> None:
    """Follow the components as they open and close."""
    opened: list[str] = []
    components = 0
    for number, word, value in _content_lines(text):
        where = f"line {number}"
        if not opened and (components or (word, value) != ("BEGIN", "VCALENDAR")):
            raise UnreadableCalendar("it is not one calendar from BEGIN to END", where)
        if word == "BEGIN":
            opened.append(value)
            components += 1
        elif word == "END" and opened.pop() != value:
            raise UnreadableCalendar(f"END:{value} ends what was not begun", where)
        if components > MOST_COMPONENTS or len(opened) > DEEPEST:
            limits = f"{MOST_COMPONENTS} components, {DEEPEST} within each other"
            raise UnreadableCalendar(f"more than {limits}", where)
    if opened or not components:
        missing = opened[-1] if opened else "VCALENDAR"
        raise UnreadableCalendar(f"END:{missing} is missing", "at its end")


def _check_zones(text: str) -> None:
    """Check each line that stands in a VTIMEZONE."""
    inside = False
    rules = lines = 0
    for number, word, value in _content_lines(text):
        where = f"line {number}"
        if value == "VTIMEZONE" and word in ("BEGIN", "END"):
            inside = word == "BEGIN"
        lines += inside
        rules += inside and word == "RRULE"
        if rules > MOST_ZONE_RULES or lines > MOST_ZONE_LINES:
            raise UnreadableCalendar(f"more than {MOST_ZONE_RULES} rules of time zones", where)
        if inside and word == "RRULE" and not all(map(_ZONE_RULE.fullmatch, value.split(";"))):
            raise UnreadableCalendar(f"a zone changes by {value!r}, not by a yearly rule", where)


def _content_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield name and value of each content line in upper case, and the line it begins on.

    Lines are unfolded as the library does it: over empty lines too. A name keeps parameters
    out; a value of BEGIN or END behind parameters would be read differently by every reader.
    """
    for number, line in _unfolded(text):
        name, _, value = line.partition(":")
        word, semicolon, _ = name.partition(";")
        word = word.strip().upper()
        if semicolon and word in ("BEGIN", "END"):
            raise UnreadableCalendar(f"{word} with parameters", f"line {number}")
        yield number, word, value.strip().upper()


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    parts: list[str] = []
    first = 1
    for number, physical in enumerate(text.split("\n"), 1):
        line = physical.removesuffix("\r")
        if "\r" in line:
            raise UnreadableCalendar("a carriage return within a line", f"line {number}")
        if line.startswith(_FOLD) and parts:
            parts.append(line[1:])
        elif line:
            if parts:
                yield first, "".join(parts)
            parts, first = [line], number
    if parts:
        yield first, "".join(parts)
