"""What the link in a letter does: recognises whom it was made for, and takes them from the list."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduler.actions.auditing import note_leaving
from scheduler.actions.confirm import decline
from scheduler.actions.invitations import leave_invitations
from scheduler.model.attendee import Attendee, MailingList
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription, SubscriptionRequest
from scheduler.notification.tokens import Purpose, verify
from scheduler.store.protocol import Memory, Store

Holder = Subscription | Attendee | MailingList | SubscriptionRequest
_FINDING: Mapping[str, Callable[[Memory, int], Holder | None]] = {
    "subscriptions": lambda memory, number: memory.subscription(number),
    "attendees": lambda memory, number: memory.attendee(number),
    "mailing_lists": lambda memory, number: memory.mailing_list(number),
    "requests": lambda memory, number: memory.request(number),
}
_BY_PURPOSE = {
    Purpose.UNSUBSCRIBE: "subscriptions",
    Purpose.LEAVE_ALL: "subscriptions",
    Purpose.INVITATION: "attendees",
    Purpose.MAILING_LIST: "mailing_lists",
    Purpose.DECLINE: "requests",
}


def holder(store: Store, secret: bytes, token: str) -> tuple[bool, Holder | None]:
    """Return whether a token is one of ours, and whom it was made for if that still stands."""
    for purpose, table in _BY_PURPOSE.items():
        number = verify(secret, token, purpose)
        if number is not None:
            with store.reading() as memory:
                return True, _found(memory, table, number)
    return False, None


def _found(memory: Memory, table: str, number: int) -> Holder | None:
    """Return what a letter was written for, or what that was merged into since."""
    merged_into = memory.merged_into(table, number)
    return _FINDING[table](memory, merged_into or number)


def leaves_all(secret: bytes, token: str) -> bool:
    """Tell whether a token takes its holder from the lists of all groups, as those of digests."""
    return verify(secret, token, Purpose.LEAVE_ALL) is not None


def leave(store: Store, secret: bytes, token: str, now: Instant) -> bool:
    """Send the holder of a token no more letters of its group, or of all where it is for all.

    Returns False for a token that is not ours. Who was only asked to confirm is forgotten; who has
    left already has nothing more to do. By whichever letter somebody leaves, they are neither
    reminded nor invited any more.
    """
    if decline(store, secret, token):
        return True
    genuine, found = holder(store, secret, token)
    if isinstance(found, MailingList):
        with store.writing() as memory:
            memory.save_mailing_list(replace(found, left=found.left or now))
    elif isinstance(found, Subscription | Attendee):
        group = None if leaves_all(secret, token) else found.group
        with store.writing() as memory:
            removed = memory.unsubscribe(found.address, group)
            if removed + leave_invitations(memory, found.address, group):
                note_leaving(memory, found.address, group, at=now)
    return genuine
