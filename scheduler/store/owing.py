"""What may be asked of the store about who still owes something."""

from collections.abc import Iterable
from typing import Protocol

from scheduler.model.contribution import Contribution
from scheduler.model.duty import Done


class Submissions(Protocol):
    """Who submitted what; an address is the same however it is capitalised."""

    def submissions(self, addresses: Iterable[str]) -> tuple[Contribution, ...]:
        """Return the contributions that were submitted from some addresses, by group and id."""

    def submissions_of(self, address: str) -> tuple[Contribution, ...]:
        """Return the contributions that were submitted from one address, by group and id."""


class Duties(Protocol):
    """Which duties of meetings are done, as somebody said."""

    def done(self, group: str | None = None) -> tuple[Done, ...]:
        """Return the duties of one group, or of all, that are done, by meeting and kind."""

    def record_done(self, done: Done) -> None:
        """Remember that a duty is done, in the place of what was said of it before."""

    def drop_done(self, meeting: str, kind: str) -> bool:
        """Take back that a duty is done; False where nobody had said so."""
