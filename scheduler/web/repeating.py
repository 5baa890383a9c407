"""Whole answers, kept for those who ask for the same in the same octets."""

from collections.abc import Sequence
from typing import NamedTuple

from scheduler.web.asking import RequestLine

MOST_KEPT = 256
MOST_JOINED_OCTETS = 64 * 1024


class Whole(NamedTuple):
    """An answer as it is written to a connection, and what is noted of it."""

    parts: Sequence[bytes]
    line: RequestLine
    status: int
    octets: int


class Repeated:
    """Answers by the octets that ask for them, all of them good until one moment.

    That moment is the next look for another publication, so nothing has to be forgotten singly;
    and as it comes soon, no answer keeps an old date. Both verbs are told which moment it is.
    """

    def __init__(self) -> None:
        self._answers: dict[bytes, Whole] = {}
        self._until = 0.0

    def get(self, data: bytes, until: float) -> Whole | None:
        """Return the answer to some octets, None where it has to be made."""
        return self._answers.get(data) if until == self._until else None

    def keep(self, data: bytes, answer: Whole, until: float) -> None:
        """Keep an answer, and forget those that were good until another moment."""
        if until != self._until:
            self._answers.clear()
            self._until = until
        if len(self._answers) < MOST_KEPT:
            self._answers[data] = answer


def joined(head: bytes, date: bytes, body: bytes) -> Sequence[bytes]:
    """Return the parts of an answer: one, unless copying it would cost more than another part."""
    start = b"%bdate: %b\r\n\r\n" % (head, date)
    return (start + body,) if len(body) <= MOST_JOINED_OCTETS else (start, body)
