"""What the link in a letter does: recognises whom it was made for, and takes them from the list."""

from scheduler.actions.confirm import decline
from scheduler.model.subscription import Subscription
from scheduler.notification.tokens import Purpose, verify
from scheduler.store.protocol import Store


def holder(store: Store, secret: bytes, token: str) -> tuple[bool, Subscription | None]:
    """Return whether a token is one of ours, and its subscription if that still stands."""
    number = verify(secret, token) or verify(secret, token, Purpose.LEAVE_ALL)
    if number is None:
        return verify(secret, token, Purpose.DECLINE) is not None, None
    with store.reading() as memory:
        return True, memory.subscription(number)


def leaves_all(secret: bytes, token: str) -> bool:
    """Tell whether a token takes its holder from the lists of all groups, as those of digests."""
    return verify(secret, token, Purpose.LEAVE_ALL) is not None


def leave(store: Store, secret: bytes, token: str) -> bool:
    """Take the holder of a token from the list of its group, or from all where it is for all.

    Returns False for a token that is not ours.

    Who was only asked to confirm is forgotten; who has left already has nothing more to do.
    """
    if decline(store, secret, token):
        return True
    genuine, wish = holder(store, secret, token)
    if wish is not None:
        with store.writing() as memory:
            memory.unsubscribe(wish.address, None if leaves_all(secret, token) else wish.group)
    return genuine
