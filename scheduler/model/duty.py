"""Duties: what somebody owes a meeting by a deadline, such as its minutes."""

from dataclasses import dataclass

from scheduler.model.moment import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """That a meeting, by its UID, has what its deadlines of a kind are for; who said so, and when.

    Whatever it is, so that nobody has to be reminded of it any more.
    """

    group: str
    meeting: str
    kind: str
    at: Instant
    by: str | None = None
