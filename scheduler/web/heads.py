"""The head of an answer, made once in both forms in which it is sent."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

from scheduler.web.asking import RawHeaders


class Head(NamedTuple):
    """The headers of an answer, and its status line and headers as the octets of HTTP/1.1.

    The octets have no `Date` yet and no empty line at the end.
    """

    raw: RawHeaders
    octets: bytes


def head_of(status: int, headers: Mapping[str, str]) -> Head:
    """Return the head of an answer."""
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    lines = (b"%b: %b\r\n" % header for header in raw)
    start = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
    return Head(raw, start + b"".join(lines))
