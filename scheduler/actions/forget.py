"""`forget`: nothing is kept of a person any more."""

from dataclasses import dataclass

from scheduler.model.address import parse_address
from scheduler.model.audit import UNNAMED, Deed
from scheduler.model.kept import Kept
from scheduler.model.moment import Instant
from scheduler.store.protocol import Memory, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was kept of a person until now, and the tables where their address stands still.

    There it is part of what somebody wrote, such as who approved a plan.
    """

    address: str
    kept: Kept
    elsewhere: tuple[str, ...]


def forget(store: Store, address: str, *, who: str = UNNAMED, now: Instant) -> Forgotten:
    """Take away all that is kept under an address, in one transaction, and its traces in the files.

    A second time it finds nothing, and makes sure of the traces. Raises `BadAddress`, and
    `DatabaseBusy` where what was forgotten may still have left traces.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        kept = memory.kept_of(parsed)
        if kept:
            memory.forget_person(parsed, now)
            _note(memory, parsed, kept, who, now)
        elsewhere = memory.traces(parsed)
    store.scrub()
    return Forgotten(address=parsed, kept=kept, elsewhere=elsewhere)


def _note(memory: Memory, address: str, kept: Kept, who: str, at: Instant) -> None:
    details = {
        "subscriptions": len(kept.subscriptions),
        "requests": len(kept.requests),
        "letters": len(kept.letters),
        "calendars": len(kept.calendars),
        "suppressions": len(kept.suppressions),
        "refusals": kept.refusals,
        "contributions": len(kept.contributions),
    }
    person = memory.person_digest(address)
    memory.record(Deed(verb="forget", who=who, at=at, person=person, details=details))
