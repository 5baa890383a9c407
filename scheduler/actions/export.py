"""`export`: all that is kept of one person."""

from dataclasses import dataclass

from scheduler.model.address import parse_address
from scheduler.model.audit import AuditRow
from scheduler.model.kept import Kept
from scheduler.model.suppression import Suppression
from scheduler.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What is kept of a person, the rows of the audit on them, and what stands for them there.

    `suppression` says why nothing is sent to them, also where that alone was not forgotten.
    `elsewhere` names tables where their address stands in what somebody wrote, such as a plan.
    """

    address: str
    person: str
    kept: Kept
    suppression: Suppression | None
    rows: tuple[AuditRow, ...]
    elsewhere: tuple[str, ...]


def export(store: Store, address: str) -> Exported:
    """Return all that is kept of the person at an address; raises `BadAddress`."""
    parsed = parse_address(address)
    # By the door for writing: the digest's key is made where nobody was recorded before.
    with store.writing() as memory:
        person = memory.person_digest(parsed)
        return Exported(
            address=parsed,
            person=person,
            kept=memory.kept_of(parsed),
            suppression=memory.suppression(parsed),
            rows=memory.audit(person=person),
            elsewhere=memory.traces(parsed),
        )
