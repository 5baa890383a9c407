"""What a client asks for, and what it says of the copy that it holds."""

import re
from functools import lru_cache
from typing import NamedTuple

RawHeaders = list[tuple[bytes, bytes]]

MOST_PLAIN_OCTETS = 2048
_REMEMBERED = 1024  # of whole requests: programs of one kind send the same octets again and again
_PLAIN = re.compile(
    rb"(GET|HEAD) (/[A-Za-z0-9_./~-]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]++:[\t -~]*+\r\n)++)\r\n"
)
# What changes how a connection goes on, or who is asking, is for the whole server to understand.
_NOT_PLAIN = frozenset(
    (
        b"connection", b"content-length", b"expect", b"forwarded", b"te", b"transfer-encoding",
        b"upgrade", b"x-forwarded-for", b"x-forwarded-proto",
    )
)  # fmt: skip
_NO_WEIGHT = re.compile(r"q\s*=\s*0(\.0{0,3})?")


class Asked(NamedTuple):
    """What a client says of the copy it holds, and whether it takes gzip."""

    tags: str | None
    since: str | None
    takes_gzip: bool


class RequestLine(NamedTuple):
    """The first line of a request: method, path without what is behind a question mark, version."""

    method: str
    path: str
    version: str = "1.1"


class PlainRequest(NamedTuple):
    """A whole request of the kind nearly all are of: to read a path, with nothing unusual."""

    line: RequestLine
    asked: Asked


@lru_cache(_REMEMBERED)
def plain_request(data: bytes) -> PlainRequest | None:
    """Return what some octets ask for; None where they are not one whole plain request."""
    found = _PLAIN.fullmatch(data) if len(data) <= MOST_PLAIN_OCTETS else None
    if found is None:
        return None
    method, path, lines = found.groups()
    headers = [
        (name.lower(), value.strip(b" \t"))
        for name, _, value in (line.partition(b":") for line in lines.split(b"\r\n")[:-1])
    ]
    named = [name for name, _ in headers]
    if named.count(b"host") != 1 or not _NOT_PLAIN.isdisjoint(_unless_kept(headers)):
        return None
    return PlainRequest(RequestLine(method.decode(), path.decode()), what_is_asked(headers))


def _unless_kept(headers: RawHeaders) -> list[bytes]:
    return [name for name, value in headers if (name, value.lower()) != _KEPT]


_KEPT = (b"connection", b"keep-alive")


def what_is_asked(headers: RawHeaders) -> Asked:
    """Return what headers say, their names in lower case; of a repeated one the parts together."""
    tags = since = accepted = None
    for name, value in headers:
        if name == b"if-none-match":
            tags = _joined(tags, value)
        elif name == b"if-modified-since":
            since = value.decode("latin-1")
        elif name == b"accept-encoding":
            accepted = _joined(accepted, value)
    return Asked(tags, since, accepted is not None and _takes_gzip(accepted))


def _joined(before: str | None, value: bytes) -> str:
    """Return a list with another header of its name added (RFC 9110, 5.3)."""
    text = value.decode("latin-1")
    return text if before is None else f"{before}, {text}"


def _takes_gzip(accepted: str) -> bool:
    """Tell whether a client takes gzip, as RFC 9110, 12.5.3 has it."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = not _NO_WEIGHT.fullmatch(weight.strip())
    return weights.get("gzip", weights.get("*", False))
