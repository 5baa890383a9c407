"""`subscribers`: who is told about which group, and what each of them chose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.group import Group
from scheduler.model.subscription import Subscription
from scheduler.store.protocol import Memory, Store


class NobodyThere(InterimError):
    """An address that was asked for and is on no list, or not on that of the group."""

    def __init__(self, address: str, group: str | None) -> None:
        place, among = (group, f" --group {group}") if group else ("any group", "")
        super().__init__(
            f"{address} is not subscribed to {place}; 'interim subscribers{among}' lists who is"
        )


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscription, and whether its address is one that nothing is sent to."""

    wish: Subscription
    is_suppressed: bool


def list_subscribers(
    store: Store, groups: Mapping[str, Group], *, group: str | None, address: str | None
) -> tuple[Subscriber, ...]:
    """Return the subscriptions of all, of one group, of one address: by group, then by address.

    Capitals make no other address. Raises `UnknownGroup`, `BadAddress`, or `NobodyThere` where an
    address is on none of these lists.
    """
    parsed = None if address is None else parse_address(address)
    with store.reading() as memory:
        if group is not None:
            known_group(group, memory, groups)
        found = tuple(_found(memory, group, parsed))
    if parsed is not None and not found:
        raise NobodyThere(parsed, group)
    return tuple(sorted(found, key=_place))


def _place(one: Subscriber) -> tuple[str, str, str]:
    return one.wish.group, one.wish.address.casefold(), one.wish.address


def _found(memory: Memory, group: str | None, address: str | None) -> Iterator[Subscriber]:
    any_suppressed = bool(memory.suppressions())
    for wish in memory.subscriptions(group):
        if address is None or wish.address.casefold() == address.casefold():
            kept = any_suppressed and memory.suppression(wish.address) is not None
            yield Subscriber(wish, kept)
