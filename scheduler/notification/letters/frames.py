"""Letters composed once for many: a frame with gaps, where each reader's own words are put in.

A frame is made of a letter to nobody, composed as every other, with marks in the place of what
differs from reader to reader. Marks are drawn by lot for each run, so that nothing anybody wrote
can look like one. What comes out is, octet for octet, what composing would have given; the first
letter of each frame is composed as well and compared, and where that fails, or somebody's address
is out of the ordinary, letters are composed one by one.
"""

import quopri
import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from email import quoprimime
from typing import Any

from markupsafe import escape

from scheduler.model.letter import Letter

MOST_FRAMES = 512
_LINE_LENGTH = 78
_LONGEST_ADDRESS = 64
_PLAIN_ADDRESS = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_PLAIN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What is each reader's own in a letter that many get.

    `leave` is the address of the one click by which they get no more, `since` the day in words
    on which they subscribed.
    """

    recipient: str
    key: str
    message_id: str
    leave: str
    since: str

    @property
    def is_plain(self) -> bool:
        """Tell whether none of it has to be quoted, encoded or folded in a header."""
        address = self.recipient
        return (
            len(address) <= _LONGEST_ADDRESS
            and _PLAIN_ADDRESS.fullmatch(address) is not None
            and all(map(_PLAIN.fullmatch, (self.key, self.message_id, self.leave)))
        )


@dataclass(frozen=True, slots=True)
class Nobody:
    """A reader who is none: what stands in the gaps while a frame is composed."""

    letter: Letter
    since: str


@dataclass(frozen=True, slots=True)
class _Gap:
    """The place of a reader's own word, among octets that go as they are."""

    name: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A line of text or HTML with gaps, whose own parts are quoted-printable already."""

    parts: tuple[str | _Gap, ...]
    html: bool


_DATE = _Gap("date")
_NAMES = tuple(one.name for one in fields(Personal))
_Piece = bytes | _Gap | _Words


class Frames:
    """The frames of one run, a bounded number of them, made where they are first wanted."""

    def __init__(self, most: int = MOST_FRAMES) -> None:
        """Begin with none."""
        self._most = most
        self._made: dict[Hashable, tuple[_Piece, ...] | None] = {}
        self._calendars: dict[Hashable, bytes] = {}

    def calendar(self, alike: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the calendar of letters in which it is `alike`, whoever reads them."""
        if alike not in self._calendars:
            _make_room(self._calendars, self._most)
            self._calendars[alike] = make()
        return self._calendars[alike]

    def written(
        self,
        alike: Hashable,
        letter: Letter,
        reader: Personal,
        date: str,
        compose: Callable[[Nobody | None], bytes],
        leave: Callable[[int], str],
    ) -> bytes:
        """Return a letter's message; all that are `alike` differ in what is personal, and no more.

        `date` is what stands in its header of that name. `compose` writes the letter itself, or
        one to `Nobody`; `leave` gives the address of the one click of a subscription.
        """
        if not reader.is_plain:
            return compose(None)
        if alike not in self._made:
            whole = compose(None)
            made = _frame(letter, compose, leave)
            _make_room(self._made, self._most)
            self._made[alike] = made if _filled(made, reader, date) == whole else None
            return whole
        frame = self._made[alike]
        return compose(None) if frame is None else _filled(frame, reader, date)


def _make_room(shelf: dict[Hashable, Any], most: int) -> None:
    if len(shelf) >= most:
        del shelf[next(iter(shelf))]


def _frame(
    letter: Letter, compose: Callable[[Nobody | None], bytes], leave: Callable[[int], str]
) -> tuple[_Piece, ...]:
    """Return the frame of a letter."""
    number = secrets.randbits(62)
    lot = secrets.token_hex(max(16, len(letter.key)))
    marks = Personal(
        recipient=f"r{lot[:30]}@nobody.invalid",
        key=secrets.token_hex(len(letter.key))[: len(letter.key)],
        message_id=f"<{lot}@nobody.invalid>",
        leave=leave(number),
        since=f"s{lot[-30:]}",
    )
    alias = replace(
        letter,
        recipient=marks.recipient,
        key=marks.key,
        message_id=marks.message_id,
        subscription=number,
    )
    return _joined(_pieces(compose(Nobody(alias, marks.since)), marks))


def _pieces(model: bytes, marks: Personal) -> Iterator[_Piece]:
    """Yield a message in pieces, with gaps where the marks stand."""
    names = {getattr(marks, name): name for name in _NAMES}
    any_mark = re.compile("|".join(map(re.escape, names)))

    def parted(text: str) -> list[str | _Gap]:
        found, at = list[str | _Gap](), 0
        for mark in any_mark.finditer(text):
            found += [text[at : mark.start()], _Gap(names[mark.group()])]
            at = mark.end()
        return [*found, text[at:]]

    html = in_body = False
    for line in _logical_lines(model):
        in_body = in_body or line == b"\r\n"
        if line.startswith(b"Content-Type:"):
            html = line.startswith(b"Content-Type: text/html")
        words = parted(quopri.decodestring(line).rstrip(b"\r\n").decode(errors="replace"))
        if not in_body and line.startswith(b"Date: "):
            yield from (b"Date: ", _DATE, b"\r\n")
        elif in_body and len(words) > 1 and marks.key.encode() not in line:
            parts = (one if isinstance(one, _Gap) else _quoted(one) for one in words)
            yield _Words(tuple(parts), html)
        else:  # a header, or a boundary, which the key is part of
            for one in parted(line.decode("latin-1")):
                yield one if isinstance(one, _Gap) else one.encode("latin-1")


def _logical_lines(message: bytes) -> Iterator[bytes]:
    """Yield a message by lines, those together that quoted-printable broke."""
    broken: list[bytes] = []
    for line in message.splitlines(keepends=True):
        broken.append(line)
        if not line.endswith(b"=\r\n"):
            yield b"".join(broken)
            broken.clear()
    yield b"".join(broken)


def _joined(pieces: Iterator[_Piece]) -> tuple[_Piece, ...]:
    """Return the same pieces, no two of which are octets that stand side by side."""
    found: list[_Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, bytes) and isinstance(last, bytes):
            found[-1] = last + piece
        else:
            found.append(piece)
    return tuple(found)


def _filled(frame: tuple[_Piece, ...], reader: Personal, date: str) -> bytes:
    """Return the message of one reader."""
    words = {name: getattr(reader, name) for name in _NAMES} | {_DATE.name: date}
    in_text = _Encoded(words, _quoted)
    in_html = _Encoded(words, lambda word: _quoted(str(escape(word))))
    filled = []
    for piece in frame:
        if isinstance(piece, bytes):
            filled.append(piece)
        elif isinstance(piece, _Gap):
            filled.append(words[piece.name].encode("ascii"))
        else:
            filled.append(_line(piece.parts, in_html if piece.html else in_text))
    return b"".join(filled)


class _Encoded(dict[str, str]):
    """Words as they stand in lines, each encoded where it is first wanted."""

    def __init__(self, words: Mapping[str, str], encode: Callable[[str], str]) -> None:
        super().__init__()
        self._words, self._encode = words, encode

    def __missing__(self, name: str) -> str:
        self[name] = encoded = self._encode(self._words[name])
        return encoded


def _line(parts: Iterable[str | _Gap], words: Mapping[str, str]) -> bytes:
    """Return a line with its gaps filled, as the content manager encodes it."""
    whole = "".join([part if isinstance(part, str) else words[part.name] for part in parts])
    if whole.endswith((" ", "\t")):  # which goes as it is but at the end of a line (RFC 2045, 6.7)
        text = quopri.decodestring(whole).decode("latin-1")
        encoded = quoprimime.body_encode(text, _LINE_LENGTH, "\r\n")
    else:
        encoded = "=\r\n".join(_broken(whole))
    return f"{encoded}\r\n".encode("ascii")


def _quoted(text: str) -> str:
    """Return words in quoted-printable, in one line that is not at its end yet."""
    if text.isascii() and text.isprintable() and "=" not in text:
        return text
    octets = text.encode().decode("latin-1")
    return quoprimime.body_encode(f"{octets}.", maxlinelen=3 * len(octets) + 4)[:-1]


def _broken(line: str) -> Iterator[str]:
    """Yield a line of quoted-printable in as many as it takes, no octet of it torn apart."""
    start = 0
    while len(line) - start > _LINE_LENGTH:
        stop = start + _LINE_LENGTH - 1
        torn = line.find("=", stop - 2, stop)
        stop = stop if torn < 0 else torn
        yield line[start:stop]
        start = stop
    yield line[start:]
