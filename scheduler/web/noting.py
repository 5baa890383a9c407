"""The access log: what was asked and answered, without what is secret in an address."""

import re
from typing import TextIO

# Also where a slash too many or capitals make it a wrong address: the secret is a right one.
_SECRET = re.compile(r"(?i)^(/+(?:unsubscribe|personal|confirm))/.+", re.DOTALL)
_UNSEEN = re.compile(r"[^\x21-\x7e]")


class Log:
    """Writes one line for each answer: address, method, path, status and octets of the body.

    The token of a path is never written, nor is anything behind a question mark.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def note(self, host: str | None, method: str, path: str, status: int, octets: int) -> None:
        """Write the line of one answer; `host` is who asked, where that is known."""
        self._stream.write(f"{host or '-'} {method} {shown_path(path)} {status} {octets}\n")
        self._stream.flush()


def shown_path(path: str) -> str:
    """Return a path as it may be logged: tokens hidden, and on one line whatever was asked."""
    return _UNSEEN.sub("?", _SECRET.sub(r"\1/-", path))
