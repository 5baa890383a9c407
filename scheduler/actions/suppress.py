"""`suppress`: an address that no letter goes to, whoever subscribed it."""

from scheduler.actions.auditing import note_suppression
from scheduler.actions.invitations import tell_what_was_missed
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.audit import UNNAMED
from scheduler.model.moment import Instant
from scheduler.model.suppression import Suppression
from scheduler.store.protocol import Store


class NotSuppressed(InterimError):
    """An address that nothing keeps letters from."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} is not suppressed; nothing was changed: 'interim suppress' lists "
            "the addresses that are"
        )


def suppress(
    store: Store, address: str, reason: str | None, now: Instant, who: str = UNNAMED
) -> Suppression:
    """Send nothing to an address from now on; raises `BadAddress`."""
    suppression = Suppression(address=parse_address(address), reason=reason, at=now)
    with store.writing() as memory:
        memory.suppress(suppression)
        note_suppression(memory, "suppress", suppression.address, who=who, at=now)
    return suppression


def lift(store: Store, address: str, now: Instant, who: str = UNNAMED) -> str:
    """Send to an address again, what invitations did not tell it meanwhile too.

    Returns it as it is written; raises `NotSuppressed`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        if not memory.lift(parsed):
            raise NotSuppressed(parsed)
        tell_what_was_missed(memory, memory.spelling(parsed))
        note_suppression(memory, "lift", parsed, who=who, at=now)
    return parsed


def list_suppressions(store: Store) -> tuple[Suppression, ...]:
    """Return the addresses that nothing is sent to."""
    with store.reading() as memory:
        return memory.suppressions()
