"""What may be asked of the store about deeds, and about a person as a whole."""

from typing import Protocol

from scheduler.model.audit import AuditRow, Deed
from scheduler.model.kept import Kept
from scheduler.model.moment import Instant


class Audit(Protocol):
    """Who did what when; rows are added and never changed."""

    def record(self, deed: Deed) -> AuditRow:
        """Add a deed to the chain, in the transaction of what it tells of, and return its row."""

    def audit(
        self, group: str | None = None, since: Instant | None = None, person: str | None = None
    ) -> tuple[AuditRow, ...]:
        """Return the rows, oldest first: all, or those of a group, from an instant on, of a person.

        A person is named by the digest that `person_digest` returns.
        """

    def audit_head(self) -> AuditRow | None:
        """Return the newest row, None where there is none."""

    def person_digest(self, address: str) -> str:
        """Return what stands for an address in the audit, the same however it is capitalised.

        It is made with a key of the store's own, which is made at the first use: behind the door
        for reading that use raises `RuntimeError`.
        """


class People(Protocol):
    """All that is kept of one person; an address is the same however it is capitalised."""

    def kept_of(self, address: str) -> Kept:
        """Return all that is kept under an address."""

    def forget_person(self, address: str, at: Instant) -> None:
        """Take away what is kept under an address.

        Letters keep all but the recipient and the last error; those that wait, or are on their
        way, are cancelled. Was the address suppressed, it stays so, by its digest alone. The audit
        has no addresses and stays. `Store.scrub` leaves no traces of it in the files.
        """

    def traces(self, address: str) -> tuple[str, ...]:
        """Return in which tables, sorted, an address stands beside what is kept under it."""
