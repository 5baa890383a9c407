"""What the links of a confirmation letter do: a subscription is confirmed, or declined."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.actions.auditing import note_subscription
from scheduler.actions.personal import give_secret
from scheduler.model.audit import BY_LINK
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription, SubscriptionRequest
from scheduler.notification.tokens import Purpose, verify
from scheduler.store.protocol import Memory, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that can be confirmed, and whether its person has a calendar of their own."""

    request: SubscriptionRequest
    has_calendar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A request that was confirmed; `secret` opens the person's own calendar, None as before."""

    request: SubscriptionRequest
    secret: str | None


def asked(store: Store, secret: bytes, token: str, now: Instant) -> Asked | None:
    """Return what the link of a letter would confirm; None where there is nothing (any more)."""
    with store.reading() as memory:
        request = _standing(memory, secret, token, now)
        if request is None:
            return None
        return Asked(request=request, has_calendar=memory.has_feed_token(request.address))


def confirm(
    store: Store,
    secret: bytes,
    token: str,
    *,
    anew: bool,
    make: Callable[[], str],
    now: Instant,
) -> Confirmed | None:
    """Subscribe the person to whom a letter went, once; None where nothing waits for that.

    Who has no calendar of their own is given one, its secret made by `make`; who has one keeps
    it, or with `anew` is given another secret in the place of the first.
    """
    with store.writing() as memory:
        request = _standing(memory, secret, token, now)
        if request is None:
            return None
        _subscribe(memory, request, now)
        memory.drop_request(request.id)
        made = None
        if anew or not memory.has_feed_token(request.address):
            made = give_secret(memory, request.address, make, now)
        return Confirmed(request=request, secret=made)


def decline(store: Store, secret: bytes, token: str) -> bool:
    """Forget what was asked for in somebody's name; False for a token that is not ours."""
    number = verify(secret, token, Purpose.DECLINE)
    if number is None:
        return False
    with store.writing() as memory:
        memory.drop_request(number)
    return True


def _standing(
    memory: Memory, secret: bytes, token: str, now: Instant
) -> SubscriptionRequest | None:
    number = verify(secret, token, Purpose.CONFIRM)
    request = None if number is None else memory.request(number)
    if request is None or now >= request.expires:
        return None
    # Somebody may have been subscribed since, under the same address in another spelling.
    return replace(request, address=memory.spelling(request.address))


def _subscribe(memory: Memory, request: SubscriptionRequest, now: Instant) -> None:
    """Subscribe to each group; who is subscribed to one already keeps what else they chose."""
    known = {wish.group: wish for wish in memory.wishes_of(request.address)}
    for group in request.groups:
        new = Subscription(
            address=request.address,
            group=group,
            zone=request.zone,
            language=request.language,
            since=now,
        )
        wish = replace(known.get(group, new), zone=request.zone, language=request.language)
        note_subscription(memory, memory.subscribe(wish), who=BY_LINK, at=now)
