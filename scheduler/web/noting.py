"""The access log: what was asked and answered, without what is secret in an address."""

import re
from asyncio import get_running_loop
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TextIO

from scheduler.model.moment import Instant
from scheduler.web.asking import RequestLine

ROUND_SECONDS = 0.1
_REMEMBERED = 256  # of paths: the same ones are asked for again and again
# Anywhere, also where a prefix or capitals make it a wrong address: the secret is a right one.
_SECRET = re.compile(r"(?i)(/(?:unsubscribe|personal|confirm))/.+", re.DOTALL)
# What has the form of a token stands nowhere else either. Names of what is published are in small
# letters; of the characters of tokens chance leaves no capital and no underscore to one in 100,000.
_TOKEN = re.compile(r"(?<![\w-])(?=[a-z0-9-]*[A-Z_])[\w-]{22,}", re.ASCII)
_UNSEEN = re.compile(r"[^\x21\x23-\x7e]")  # nor a quotation mark, which ends what was asked


class Log:
    """Writes one line for each answer in the common log format, in rounds.

    Within a round, which begins with an answer, the clock is read and the stream flushed once.
    The token of a path is never written, nor is anything behind a question mark. `clock` gives
    the present instant. Lines that a full disk does not take are lost, and no answer with them.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], Instant]) -> None:
        self._stream, self._clock = stream, clock
        self._at = ""  # between two rounds

    def note(self, host: str | None, line: RequestLine, status: int, octets: int) -> None:
        """Write the line of one answer; `host` is who asked, where that is known."""
        at = self._at or self._begin()
        asked = f"{line.method} {shown_path(line.path)} HTTP/{line.version}"
        with suppress(OSError):
            self._stream.write(f'{_seen(host or "-")} - - [{at}] "{asked}" {status} {octets}\n')

    def _begin(self) -> str:
        """Begin a round; return its time."""
        self._at = self._clock().utc.strftime("%d/%b/%Y:%H:%M:%S +0000")
        get_running_loop().call_later(ROUND_SECONDS, self._end)
        return self._at

    def _end(self) -> None:
        self._at = ""
        with suppress(OSError):
            self._stream.flush()


@lru_cache(_REMEMBERED)
def shown_path(path: str) -> str:
    """Return a path as it may be logged: tokens hidden, and on one line whatever was asked."""
    return _seen(_TOKEN.sub("-", _SECRET.sub(r"\1/-", path)))


def _seen(text: str) -> str:
    return _UNSEEN.sub("?", text)
