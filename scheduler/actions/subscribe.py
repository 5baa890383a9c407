"""`subscribe` and `unsubscribe`: who is told."""

from collections.abc import Mapping

from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.address import parse_address
from scheduler.model.group import Group
from scheduler.model.moment import Instant, zone_named
from scheduler.model.subscription import Subscription
from scheduler.store.protocol import Store
from scheduler.wording.languages import speaker


class NotSubscribed(InterimError):
    """An address that is not told anything it could be taken from."""

    def __init__(self, address: str, group: str | None) -> None:
        place = f"to {group}" if group else "to any group"
        super().__init__(f"{address} is not subscribed {place}; nothing was changed")


def subscribe(
    store: Store,
    address: str,
    group: str,
    *,
    zone: str | None,
    language: str | None,
    groups: Mapping[str, Group],
    now: Instant,
) -> Subscription:
    """Subscribe one address to a group; again, it renews zone and language.

    Raises `BadAddress`, `UnknownGroup`, `UnknownZone` or `UnknownLanguage`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        settings = known_group(group, memory, groups)
        zone_named(zone or settings.zone)
        speaker(language or settings.language)
        wish = Subscription(
            address=parsed,
            group=group,
            zone=zone or settings.zone,
            language=language or settings.language,
            since=now,
        )
        return memory.subscribe(wish)


def unsubscribe(store: Store, address: str, group: str | None) -> int:
    """Take an address from one group, or from all; returns from how many.

    Raises `BadAddress` or `NotSubscribed`.
    """
    parsed = parse_address(address)
    with store.writing() as memory:
        count = memory.unsubscribe(parsed, group)
    if not count:
        raise NotSubscribed(parsed, group)
    return count
