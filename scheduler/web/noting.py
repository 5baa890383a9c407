"""The access log: what was asked and answered, without what is secret in an address."""

import re
from typing import TextIO

from starlette.types import Scope

_SECRET = re.compile(r"(?<=^/)(unsubscribe|personal|confirm)/[^/]+")
_UNSEEN = re.compile(r"[^\x21-\x7e]")


class Log:
    """Writes one line for each answer: address, method, path, status and octets of the body.

    The token of a path is never written, nor is anything behind a question mark.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def note(self, scope: Scope, status: int, octets: int) -> None:
        """Write the line of one answer."""
        client = scope.get("client")
        address = client[0] if client else "-"
        path = shown_path(scope["path"])
        self._stream.write(f"{address} {scope['method']} {path} {status} {octets}\n")
        self._stream.flush()


def shown_path(path: str) -> str:
    """Return a path as it may be logged: tokens hidden, and on one line whatever was asked."""
    return _UNSEEN.sub("?", _SECRET.sub(r"\1/-", path))
