"""What the link in a letter does: recognises whom it was made for, and takes them from the list."""

from scheduler.actions.auditing import note_leaving
from scheduler.actions.confirm import decline
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.notification.tokens import Purpose, verify
from scheduler.store.protocol import Store


def holder(store: Store, secret: bytes, token: str) -> tuple[bool, Subscription | None]:
    """Return whether a token is one of ours, and its subscription if that still stands."""
    number = verify(secret, token)
    if number is None:
        return verify(secret, token, Purpose.DECLINE) is not None, None
    with store.reading() as memory:
        return True, memory.subscription(number)


def leave(store: Store, secret: bytes, token: str, now: Instant) -> bool:
    """Take the holder of a token from the list of its group; False for a token that is not ours.

    Who was only asked to confirm is forgotten; who has left already has nothing more to do.
    """
    if decline(store, secret, token):
        return True
    genuine, wish = holder(store, secret, token)
    if wish is not None:
        with store.writing() as memory:
            if memory.unsubscribe(wish.address, wish.group):
                note_leaving(memory, wish.address, wish.group, at=now)
    return genuine
