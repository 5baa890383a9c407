"""`personal`: the secret address of one person's own calendar, made, made anew or revoked."""

from collections.abc import Callable

from scheduler.actions.subscribe import NotSubscribed
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.moment import Instant
from scheduler.notification.tokens import feed_digest
from scheduler.store.protocol import Memory, Store


class AddressShownBefore(InterimError):
    """A calendar whose address was shown when it was made, and is kept nowhere."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"the address of the calendar of {address} was shown when it was made and is kept "
            "nowhere; make another with --rotate, which ends the first"
        )


class NoCalendarToRevoke(InterimError):
    """A person whose own calendar has no address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} has no calendar of their own; nothing was changed")


def open_calendar(
    store: Store, address: str, *, rotate: bool, make: Callable[[], str], now: Instant
) -> str:
    """Return the secret that opens the calendar of who is subscribed under an address.

    It is made by `make` and can never be shown again. With `rotate` it takes the place of an
    earlier one. Raises `BadAddress`, `NotSubscribed` or `AddressShownBefore`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        spelt = memory.spelling(parsed)
        if not memory.wishes_of(spelt):
            raise NotSubscribed(parsed, None)
        if memory.has_feed_token(spelt) and not rotate:
            raise AddressShownBefore(parsed)
        return give_secret(memory, spelt, make, now)


def revoke_calendar(store: Store, address: str, now: Instant) -> None:
    """Let nothing open the calendar of an address; raises `BadAddress` or `NoCalendarToRevoke`."""
    parsed = parse_address(address)
    with store.writing() as memory:
        if not memory.revoke_feed_token(memory.spelling(parsed), now):
            raise NoCalendarToRevoke(parsed)


def give_secret(memory: Memory, address: str, make: Callable[[], str], now: Instant) -> str:
    """Return a new secret that opens the calendar of an address from now on, and alone."""
    secret = make()
    digest = feed_digest(secret)
    if digest is None:
        raise ValueError("what was made is no secret of ours")
    memory.give_feed_token(digest, address, now)
    return secret


def calendar_path(secret: str) -> str:
    """Return the path below the site under which a secret opens its calendar."""
    return f"personal/{secret}.ics"
